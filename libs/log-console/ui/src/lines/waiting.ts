import { type Batch, type Cleared } from '../reading/wire.js';
import { sizeOf } from './entry-line.js';
import { afterId } from './gap-arithmetic.js';
import { LetGo } from './let-go.js';
import { type LineList } from './line-list.js';
import { placeOf } from './place.js';

type Item = Batch | Cleared;

/** What arrives while the page is paused or somebody reads far up, in order; when it is too much the oldest are let go. */
export class Waiting {
  readonly #limit: number;
  readonly #maxChars: number;
  readonly #list: Pick<LineList, 'reached'> | undefined;
  #items: Item[] = [];
  #letGo = new LetGo();
  /** Clears whose place was let go, by epoch: the last one says all. */
  #clears = new Map<string, Cleared>();
  #reached = new Map<string, number>();
  #count = 0;
  #chars = 0;

  /** How many lines, and how many characters of them, it keeps at most; what the list has reached is passed over. */
  constructor(limit = 20_000, chars = 32 * 2 ** 20, list?: Pick<LineList, 'reached'>) {
    this.#limit = limit;
    this.#maxChars = chars;
    this.#list = list;
  }

  /** How many lines wait. */
  get count(): number {
    return this.#count;
  }

  /** How many lines could not be kept; null where nobody can know it. */
  get missed(): number | null {
    return this.#letGo.missed;
  }

  /** Keeps a batch; what came before is passed over. */
  add(batch: Batch): void {
    const { epoch } = batch;
    const reached = Math.max(this.#reached.get(epoch) ?? -1, this.#list?.reached(epoch) ?? -1);
    const gap = batch.gap && afterId(batch.gap, reached);
    const entries = batch.entries.filter(({ id }) => id > reached);
    if (entries.length === 0 && !gap) return;
    this.#reached.set(epoch, Math.max(reached, gap?.to ?? -1, entries.at(-1)?.id ?? -1));
    this.#push(withGap({ ...batch, entries }, gap));
  }

  /** Somebody cleared the list: what waits of it goes at once, the rest when it is flushed. */
  cleared(cleared: Cleared): void {
    const { epoch, id } = placeOf(cleared.upTo);
    const items = this.#items;
    this.#items = [];
    this.#count = this.#chars = 0;
    for (const item of items) {
      const isOfIt = 'epoch' in item && item.epoch === epoch;
      this.#push(isOfIt ? { ...item, entries: item.entries.filter((entry) => entry.id > id) } : item);
    }
    this.#push(cleared);
  }

  /** Hands everything over, in order, and begins anew. `now`: for rows without a time. */
  flush(into: LineList, now: number): void {
    const letGo = this.#letGo.asArrived();
    if (letGo) into.add(letGo, now);
    for (const cleared of this.#clears.values()) into.cleared(cleared);
    for (const item of this.#items) {
      if ('epoch' in item) into.add(item, now);
      else into.cleared(item);
    }
    this.#items = [];
    this.#letGo = new LetGo();
    this.#clears = new Map();
    this.#reached = new Map();
    this.#count = this.#chars = 0;
  }

  #push(item: Item): void {
    this.#items.push(item);
    if ('epoch' in item) this.#weigh(item.entries, 1);
    while (this.#items.length > this.#limit || this.#count > this.#limit || this.#chars > this.#maxChars) {
      this.#letGoFirst();
    }
  }

  /** Lets go of the oldest item, or of as much of it as is too much. */
  #letGoFirst(): void {
    const item = this.#items.shift();
    if (!item) return;
    if (!('epoch' in item)) {
      this.#clears.set(placeOf(item.upTo).epoch, item);
      return;
    }
    const { epoch, prev, gap, entries } = item;
    if (gap && gap.reason !== 'restarted') this.#letGo.add(epoch, prev, gap);
    const tooMany = this.#chars > this.#maxChars || this.#items.length >= this.#limit;
    const lost = entries.slice(0, tooMany ? entries.length : this.#count - this.#limit);
    this.#weigh(lost, -1);
    this.#letGo.add(epoch, prev, { from: lost[0]?.id, to: lost.at(-1)?.id, missed: lost.length });
    if (lost.length < entries.length) {
      this.#items.unshift(withGap({ ...item, entries: entries.slice(lost.length) }, undefined));
    }
  }

  #weigh(entries: Batch['entries'], by: 1 | -1): void {
    this.#count += by * entries.length;
    for (const entry of entries) this.#chars += by * sizeOf(entry);
  }
}

function withGap({ gap: _, ...batch }: Batch, gap: Batch['gap']): Batch {
  return gap ? { ...batch, gap } : batch;
}
