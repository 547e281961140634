import { Injectable, Logger, NotFoundException } from '@nestjs/common';
import { openingStock } from './catalogue.js';
import { spoken } from './location.js';
import { NotEnoughStockException } from './not-enough-stock.exception.js';
import { available, isBelowMinimum, type StockItem } from './stock-item.js';
import type { StockLine } from './stock-line.js';

/** Knows what lies where, and promises it to orders. */
@Injectable()
export class StockService {
  private readonly logger = new Logger(StockService.name);
  readonly #items = new Map(openingStock().map((item) => [item.sku, item]));

  list(): StockItem[] {
    return [...this.#items.values()];
  }

  listBelowMinimum(): StockItem[] {
    return this.list().filter(isBelowMinimum);
  }

  /** The item of this sku, or a 404. */
  find(sku: string): StockItem {
    const item = this.#items.get(sku);
    if (!item) throw new NotFoundException(`No item has the sku ${sku}`);
    return item;
  }

  /** Promises all lines to an order, or none of them (404 unknown sku, 409 not enough). */
  reserve(orderId: number, lines: readonly StockLine[]): void {
    for (const { sku, quantity } of lines) {
      const free = available(this.find(sku));
      if (quantity > free) throw new NotEnoughStockException(sku, quantity, free);
    }
    for (const { sku, quantity } of lines) {
      const item = this.find(sku);
      this.logger.debug(`Reserving ${quantity} of ${sku} at ${spoken(item.location)} for order ${orderId}`);
      this.#change(item, () => (item.reserved += quantity));
    }
  }

  /** Takes reserved pieces off the shelves. */
  dispatch(lines: readonly StockLine[]): void {
    for (const { sku, quantity } of lines) {
      const item = this.find(sku);
      item.quantity -= quantity;
      item.reserved -= quantity;
      this.logger.verbose(`${sku}: ${quantity} taken from ${spoken(item.location)}, ${item.quantity} left`);
    }
  }

  /** Puts delivered pieces on the shelf. */
  receive(sku: string, quantity: number): void {
    const item = this.find(sku);
    this.#change(item, () => (item.quantity += quantity));
    const { location, quantity: onShelf } = item;
    this.logger.log(`${quantity} of ${sku} put away on shelf ${spoken(location)}`, {
      sku,
      quantity,
      onShelf,
    });
  }

  /** Corrects the quantity after a count. */
  count(sku: string, counted: number): StockItem {
    const item = this.find(sku);
    const expected = item.quantity;
    if (counted < item.reserved) throw new NotEnoughStockException(sku, item.reserved, counted);
    this.#change(item, () => (item.quantity = counted));
    if (counted === expected) this.logger.log(`Count of ${sku} is right: ${counted} pieces`);
    else
      this.logger.warn(`Count of ${sku} differs: ${counted} instead of ${expected}`, {
        sku,
        counted,
        expected,
      });
    return item;
  }

  /** Tells when a change takes the item below its minimum, or back above it. */
  #change(item: StockItem, change: () => void): void {
    const before = isBelowMinimum(item);
    change();
    const { sku, minimum } = item;
    if (isBelowMinimum(item) === before) return;
    if (before) this.logger.log(`Stock of ${sku} is above its minimum again`, { sku, minimum });
    else
      this.logger.warn(`Stock of ${sku} is below its minimum`, { sku, available: available(item), minimum });
  }
}
