import { Injectable } from '@nestjs/common';
import { Random } from '../common/random.js';
import type { OrderRequest } from '../orders/order.js';
import { OrdersService } from '../orders/orders.service.js';
import { available, type StockItem } from '../stock/stock-item.js';
import type { StockLine } from '../stock/stock-line.js';
import { StockService } from '../stock/stock.service.js';
import type { Step } from './step.js';

const customers = [
  'Lindgren Hydraulics',
  'Castello Bakery Machines',
  'Brannigan Lifts',
  'Osei Water Works',
  'Tamm Sawmill',
  'Ferreira Packaging',
  'Kowalski Conveyors',
  'Duval Elevators',
];

/** A customer orders something; about one in twenty wants more than there is. */
@Injectable()
export class OrderStep implements Step {
  readonly weight = 34;

  constructor(
    private readonly random: Random,
    private readonly stock: StockService,
    private readonly orders: OrdersService,
  ) {}

  run(): void {
    const { random } = this;
    const wanted = Array.from({ length: random.whole(1, 3) }, () => random.pick(this.stock.list()));
    const order: OrderRequest = {
      customer: random.pick(customers),
      priority: random.chance(0.15) ? 'express' : 'normal',
      lines: [...new Set(wanted)].map((item) => this.#line(item)),
    };
    this.orders.place(order);
  }

  /** Mostly a handful, sometimes a big order, seldom more than there is. */
  #line(item: StockItem): StockLine {
    const { sku, minimum } = item;
    const size = this.random.next();
    if (size < 0.03) return { sku, quantity: available(item) + this.random.whole(1, 5) };
    return { sku, quantity: this.random.whole(1, Math.ceil(size < 0.1 ? minimum : minimum / 4)) };
  }
}
