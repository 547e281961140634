import { Injectable, Logger, NotFoundException } from '@nestjs/common';
import { Recent } from '../common/recent.js';
import type { PickList } from '../picking/pick-list.js';
import { PickingService } from '../picking/picking.service.js';
import { NotEnoughStockException } from '../stock/not-enough-stock.exception.js';
import type { StockLine } from '../stock/stock-line.js';
import { StockService } from '../stock/stock.service.js';
import type { Order, OrderRequest } from './order.js';

/** Takes orders: reserves their stock and has them picked. */
@Injectable()
export class OrdersService {
  private readonly logger = new Logger(OrdersService.name);
  readonly #orders = new Recent<Order>();
  #lastId = 48_270;

  constructor(
    private readonly stock: StockService,
    private readonly picking: PickingService,
  ) {
    picking.confirmed$.subscribe((list) => this.#ship(list));
  }

  /** Newest first. */
  list(): Order[] {
    return this.#orders.list();
  }

  /** The order of this number, or a 404. */
  find(id: number): Order {
    const order = this.#orders.find(id);
    if (!order) throw new NotFoundException(`No order has the number ${id}`);
    return order;
  }

  /** Accepts an order with all its lines, or refuses it (404 unknown sku, 409 not enough stock). */
  place({ customer, lines, priority = 'normal' }: OrderRequest): Order {
    for (const { sku } of lines) this.stock.find(sku);
    const id = ++this.#lastId;
    this.logger.verbose(`Order ${id} came in from ${customer}`);
    this.#reserve(id, customer, lines);
    const { id: pickListId, lines: stops } = this.picking.create(id, lines);
    const order: Order = {
      id,
      customer,
      priority,
      state: 'picking',
      pickListId,
      placedAt: new Date().toISOString(),
      lines,
    };
    this.#orders.add(order);
    const data = { orderId: id, items: lines.length, aisle: stops[0].location.aisle };
    this.logger.log(`${priority === 'express' ? 'Express order' : 'Order'} ${id} reserved`, data);
    return order;
  }

  #reserve(orderId: number, customer: string, lines: readonly StockLine[]): void {
    try {
      this.stock.reserve(orderId, lines);
    } catch (error) {
      if (error instanceof NotEnoughStockException) {
        const { sku, asked, free, message } = error;
        this.logger.error(`Order ${orderId} of ${customer} refused. ${message}`, {
          orderId,
          sku,
          asked,
          free,
        });
      }
      throw error;
    }
  }

  #ship({ orderId }: PickList): void {
    const order = this.#orders.find(orderId);
    if (!order) return;
    order.state = 'shipped';
    this.logger.log(`Order ${orderId} shipped to ${order.customer}`, { orderId, priority: order.priority });
  }
}
