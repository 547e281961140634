import { Injectable, Logger } from '@nestjs/common';
import { Pauses } from '../common/pauses.js';
import { Random } from '../common/random.js';
import type { StockLine } from '../stock/stock-line.js';
import { SupplierTimeoutError } from './supplier-timeout.error.js';

const timeoutSeconds = 5;
const slowMs = 1500;

/** Asks a supplier's system for the delivery note: usually quick, sometimes slow, sometimes not there. */
@Injectable()
export class SupplierClient {
  private readonly logger = new Logger(SupplierClient.name);

  constructor(
    private readonly random: Random,
    private readonly pauses: Pauses,
  ) {}

  /** What the supplier says it sent; rejects with a SupplierTimeoutError. */
  async deliveryNote(supplier: string, lines: readonly StockLine[]): Promise<StockLine[]> {
    const tookMs = this.#latencyMs();
    await this.pauses.wait(Math.min(tookMs, timeoutSeconds * 1000));
    if (tookMs > timeoutSeconds * 1000) throw new SupplierTimeoutError(supplier, timeoutSeconds);
    if (tookMs < slowMs) this.logger.debug(`${supplier} sent the delivery note after ${tookMs} ms`);
    else this.logger.warn(`${supplier} took ${(tookMs / 1000).toFixed(1)} s to answer`, { supplier, tookMs });
    return lines.map((line) => this.#noted(line));
  }

  #latencyMs(): number {
    const mood = this.random.next();
    if (mood < 0.55) return this.random.whole(80, 600);
    if (mood < 0.85) return this.random.whole(slowMs, 4000);
    return Infinity;
  }

  /** Now and then fewer pieces arrive than were noted. */
  #noted({ sku, quantity }: StockLine): StockLine {
    return { sku, quantity: quantity + (this.random.chance(0.06) ? this.random.whole(1, 4) : 0) };
  }
}
