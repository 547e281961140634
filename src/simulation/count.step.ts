import { Injectable, Logger } from '@nestjs/common';
import { Random } from '../common/random.js';
import { available } from '../stock/stock-item.js';
import { StockService } from '../stock/stock.service.js';
import type { Step } from './step.js';

/** Somebody counts a shelf, and looks at what has to be ordered again. */
@Injectable()
export class CountStep implements Step {
  readonly weight = 4;
  private readonly logger = new Logger('StockTaking');

  constructor(
    private readonly random: Random,
    private readonly stock: StockService,
  ) {}

  run(): void {
    const { sku, quantity, reserved } = this.random.pick(this.stock.list());
    this.logger.debug(`Counting ${sku}`);
    const lost = this.random.chance(0.3) ? this.random.whole(1, 3) : 0;
    this.stock.count(sku, Math.max(reserved, quantity - lost));
    this.#report();
  }

  #report(): void {
    const scarce = this.stock.listBelowMinimum();
    if (scarce.length === 0) return;
    const rows = scarce.map((item) => `${item.sku}  ${available(item)} of ${item.minimum}  ${item.name}`);
    this.logger.log(['To be ordered again:', ...rows].join('\n  '));
  }
}
