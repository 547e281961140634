import type { Gap } from '../../../src/domain/log-batch.js';
import { type Arrived } from './line-list.js';

/** Adds up what could not be kept, so that one gap can stand for all of it. */
export class LetGo {
  /** How many lines; null where nobody can know it. */
  missed: number | null = 0;
  #epoch = '';
  #prev = '';
  #from: number | undefined;
  #to: number | undefined;

  /** Lets go of lines, or of a gap, that came after all the others; `prev` of their batch. */
  add(epoch: string, prev: string, { from, to, missed }: Pick<Gap, 'from' | 'to' | 'missed'>): void {
    if (missed === 0) return;
    const isFirst = this.missed === 0;
    if (isFirst) this.#prev = prev;
    // A range can only be told where it lies in one life of the source, and all of it is known.
    const joins = isFirst || (this.#epoch === epoch && this.#to !== undefined);
    this.#from = joins && to !== undefined ? (isFirst ? from : this.#from) : undefined;
    this.#to = joins ? to : undefined;
    this.#epoch = epoch;
    this.missed = this.missed === null || missed === null ? null : this.missed + missed;
  }

  /** The gap to show in their place; undefined when nothing was let go. */
  asArrived(): Arrived | undefined {
    if (this.missed === 0) return undefined;
    const range =
      this.#from === undefined || this.#to === undefined ? {} : { from: this.#from, to: this.#to };
    const gap = { reason: 'page' as const, missed: this.missed, ...range };
    return { epoch: this.#epoch, prev: this.#prev, entries: [], gap };
  }
}
