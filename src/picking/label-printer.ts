import { Injectable, Logger } from '@nestjs/common';
import { Random } from '../common/random.js';

const name = 'Label printer LP-2';

/** Prints shipping labels; on rare occasions it stops, and labels wait until somebody has restarted it. */
@Injectable()
export class LabelPrinter {
  private readonly logger = new Logger(LabelPrinter.name);
  readonly #waiting: number[] = [];
  #restartAt = 0;

  constructor(private readonly random: Random) {}

  /** Prints the order's label, or keeps it until the printer is back. */
  print(orderId: number): void {
    if (this.#waiting.length > 0) this.#keep(orderId);
    else if (this.random.chance(0.01)) this.#stop(orderId);
    else this.logger.debug(`Label of order ${orderId} printed on LP-2`);
  }

  #stop(orderId: number): void {
    this.#waiting.push(orderId);
    this.#restartAt = this.random.whole(3, 6);
    const cause = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    const error = new Error('No answer on /dev/usb/lp2 for 10 seconds', { cause });
    this.logger.fatal(`${name} at packing table 1 stopped answering`, error);
  }

  #keep(orderId: number): void {
    this.#waiting.push(orderId);
    const waiting = this.#waiting.length;
    if (waiting < this.#restartAt) {
      this.logger.warn(`Label of order ${orderId} waits for LP-2`, { orderId, waiting });
      return;
    }
    const printed = this.#waiting.splice(0).join('\n  ');
    this.logger.log(`${name} was restarted, ${waiting} waiting labels printed:\n  ${printed}`);
  }
}
