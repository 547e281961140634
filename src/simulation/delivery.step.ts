import { Injectable } from '@nestjs/common';
import { Random } from '../common/random.js';
import { ReceivingService } from '../receiving/receiving.service.js';
import { SUPPLIERS } from '../receiving/suppliers.js';
import { available, type StockItem } from '../stock/stock-item.js';
import type { StockLine } from '../stock/stock-line.js';
import { StockService } from '../stock/stock.service.js';
import type { Step } from './step.js';

/** A lorry brings what is scarcest. */
@Injectable()
export class DeliveryStep implements Step {
  readonly weight = 2.5;

  constructor(
    private readonly random: Random,
    private readonly stock: StockService,
    private readonly receiving: ReceivingService,
  ) {}

  async run(): Promise<void> {
    const supplier = this.random.pick(SUPPLIERS);
    const scarcest = this.stock.list().sort((a, b) => supply(a) - supply(b));
    const lines = scarcest.slice(0, this.random.whole(9, 14)).map((item) => this.#line(item));
    await this.receiving.receive({ supplier, lines });
  }

  #line(item: StockItem): StockLine {
    const missing = item.minimum * 1.8 - available(item);
    return { sku: item.sku, quantity: Math.max(this.random.whole(2, 6), Math.round(missing)) };
  }
}

/** How well an item is supplied; below 1 it is below its minimum. */
function supply(item: StockItem): number {
  return available(item) / item.minimum;
}
