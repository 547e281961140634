import { type LogBatch } from '../domain/log-batch.js';
import { type LogEntry } from '../domain/log-entry.js';

const COMMA = new Uint8Array([','.charCodeAt(0)]);

/** What was read for a destination and is not taken yet: one batch at most, however many reads it came from. */
export class Hand {
  #batches: LogBatch[] = [];
  #size = 0;
  #bytes = 0;

  constructor(
    readonly maxEntries: number,
    readonly maxBytes: number,
  ) {}

  get size(): number {
    return this.#size;
  }

  /** What a read may bring; undefined when it is full. */
  get room(): { limit: number; maxBytes: number } | undefined {
    const room = { limit: this.maxEntries - this.#size, maxBytes: this.maxBytes - this.#bytes };
    return room.limit > 0 && room.maxBytes > 0 ? room : undefined;
  }

  add(batch: LogBatch): void {
    if (batch.size === 0) return;
    this.#batches.push(batch);
    this.#size += batch.size;
    for (const piece of batch.encoded?.() ?? []) this.#bytes += piece.length;
  }

  /** All of it as one batch. */
  batch(): LogBatch {
    const [first] = this.#batches;
    const last = this.#batches.at(-1);
    if (!first || !last || first === last) return first;
    const joined = new JoinedBatch(this.#batches, this.#size);
    this.#batches = [joined];
    return joined;
  }

  /** Forgets what was taken: all, or some entries from the first one on. */
  taken(count = this.#size): void {
    const batches = this.#batches;
    this.#batches = [];
    this.#size = this.#bytes = 0;
    let left = count;
    for (const batch of batches) {
      if (left === 0) this.add(batch);
      else if (left < batch.size) this.add(restOf(batch, left));
      left = Math.max(0, left - batch.size);
    }
  }
}

function restOf({ epoch, instance, entries, next, prev, more, size }: LogBatch, from: number): LogBatch {
  return { epoch, instance, entries: entries.slice(from), next, prev, more, size: size - from };
}

/** Some batches that follow one another, as one. */
class JoinedBatch implements LogBatch {
  readonly epoch: LogBatch['epoch'];
  readonly instance: string;
  readonly next: LogBatch['next'];
  readonly prev: LogBatch['prev'];
  readonly more = false;
  declare readonly gap?: NonNullable<LogBatch['gap']>;
  /** Only where all of them have their JSON. */
  declare readonly encoded?: () => readonly Uint8Array[];

  constructor(
    readonly batches: readonly LogBatch[],
    readonly size: number,
  ) {
    const [first, ...others] = batches as [LogBatch, ...LogBatch[]];
    this.epoch = first.epoch;
    this.instance = first.instance;
    this.prev = first.prev;
    this.next = (others.at(-1) ?? first).next;
    if (first.gap) this.gap = first.gap;
    const pieces = batches.map((batch) => batch.encoded?.());
    if (pieces.every((each) => each !== undefined)) {
      const all = pieces.flatMap((each, index) => (index === 0 ? each : [COMMA, ...each]));
      this.encoded = () => all;
    }
  }

  get entries(): readonly LogEntry[] {
    return this.batches.flatMap(({ entries }) => entries);
  }
}
