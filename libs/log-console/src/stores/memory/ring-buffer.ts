import { jsonOfSnapshot, type Snapshot } from '../../domain/snapshot.js';
import { LOG_LEVELS } from '../../domain/log-level.js';
import { type LogRecord } from '../../domain/log-entry.js';

/** The fields few entries have; kept as one object so that the others cost nothing. */
export type Links = Pick<
  LogRecord,
  'requestId' | 'traceId' | 'spanId' | 'operation' | 'instance' | 'truncated' | 'continues'
>;

/** Slots of a new ring: few, because a process may hold a hundred rings with a few lines each. */
const FIRST_SLOTS = 64;

/**
 * Storage of the memory store: a struct of arrays, slot = (id - an id) mod slots, bounded by entries and by bytes; the
 * slots double on demand. It knows ids and slots; what a reader is told is the store's business. Bytes: one per UTF-16 code unit of the texts
 * held (what they take in memory, and in UTF-8, where they are ASCII).
 */
export class RingBuffer {
  levels: Uint8Array;
  times: Float64Array;
  messages: string[];
  contexts: (string | undefined)[];
  stacks: (string | undefined)[];
  /** JSON text, or an object of a few primitives that nobody else can change, until somebody asks for its JSON. */
  #data: (string | Snapshot | undefined)[];
  links: (Links | undefined)[];
  #sizes: Uint32Array;
  #slots: number;
  /** The id that the first slot was given to, when the slots were made. */
  #firstSlot: number;
  // Slots are counted, not computed: the remainder of a number above 2^31 costs as much as the rest of a write.
  #nextSlot = 0;
  #oldestSlot = 0;

  /** The oldest id held; one more than `newest` when nothing is. */
  oldest: number;
  /** The last id given; one less than `first` when none was. */
  newest: number;
  bytes = 0;
  evicted = 0;
  readonly heldByLevel = new Float64Array(LOG_LEVELS.length);
  readonly acceptedByLevel = new Float64Array(LOG_LEVELS.length);

  constructor(
    readonly first: number,
    readonly capacity: number,
    readonly maxBytes: number,
  ) {
    const slots = (this.#slots = Math.min(capacity, FIRST_SLOTS));
    this.levels = new Uint8Array(slots);
    this.times = new Float64Array(slots);
    this.#sizes = new Uint32Array(slots);
    this.messages = new Array<string>(slots).fill('');
    this.contexts = new Array<string | undefined>(slots).fill(undefined);
    this.stacks = new Array<string | undefined>(slots).fill(undefined);
    this.#data = new Array<string | Snapshot | undefined>(slots).fill(undefined);
    this.links = new Array<Links | undefined>(slots).fill(undefined);
    this.#firstSlot = first;
    this.oldest = first;
    this.newest = first - 1;
  }

  get size(): number {
    return this.newest - this.oldest + 1;
  }

  slot(id: number): number {
    return (id - this.#firstSlot) % this.#slots;
  }

  /** The JSON text of an entry's data. */
  dataAt(slot: number): string | undefined {
    const data = this.#data[slot];
    return typeof data === 'object' ? (this.#data[slot] = jsonOfSnapshot(data)) : data;
  }

  /** Writes the next entry, evicting what no longer fits. */
  push(
    level: number,
    time: number,
    message: string,
    context: string | undefined,
    stack: string | undefined,
    data: string | Snapshot | undefined,
    dataSize: number,
    links: Links | undefined,
  ): void {
    if (this.newest - this.oldest + 1 >= this.#slots) {
      if (this.#slots < this.capacity) this.#grow();
      else {
        // What is evicted here is overwritten right below.
        this.#uncount(this.#nextSlot);
        this.evicted++;
      }
    }
    const slot = this.#nextSlot;
    this.#nextSlot = slot + 1 === this.#slots ? 0 : slot + 1;
    this.newest++;
    let size = message.length + dataSize;
    this.levels[slot] = level;
    this.times[slot] = time;
    this.messages[slot] = message;
    // Most entries have few of these and reuse a slot that had none either: a read is cheaper than a write.
    if (context !== undefined || this.contexts[slot] !== undefined) this.contexts[slot] = context;
    if (context !== undefined) size += context.length;
    if (stack !== undefined || this.stacks[slot] !== undefined) this.stacks[slot] = stack;
    if (stack !== undefined) size += stack.length;
    if (data !== undefined || this.#data[slot] !== undefined) this.#data[slot] = data;
    if (links !== undefined || this.links[slot] !== undefined) this.links[slot] = links;
    this.#sizes[slot] = size;
    this.bytes += size;
    this.heldByLevel[level]++;
    this.acceptedByLevel[level]++;
    if (this.bytes > this.maxBytes) this.evictTo(this.maxBytes);
  }

  /** Evicts the oldest entries until at most so many bytes are held; the newest entry stays. */
  evictTo(bytes: number): void {
    while (this.bytes > bytes && this.oldest < this.newest) this.#evict();
  }

  /** Removes everything up to an id that is held; returns how many. */
  clear(upTo: number): number {
    const from = this.oldest;
    while (this.oldest <= upTo) this.#drop();
    return this.oldest - from;
  }

  /** Twice the slots; the oldest entry comes to the first of them. */
  #grow(): void {
    const from = this.#oldestSlot;
    const held = this.#slots;
    const slots = (this.#slots = Math.min(this.capacity, held * 2));
    const numbers = <T extends Uint8Array | Uint32Array | Float64Array>(old: T, longer: T): T => {
      longer.set(old.subarray(from));
      longer.set(old.subarray(0, from), held - from);
      return longer;
    };
    const values = <T>(old: T[], none: T): T[] =>
      old.slice(from).concat(old.slice(0, from), new Array<T>(slots - held).fill(none));
    this.levels = numbers(this.levels, new Uint8Array(slots));
    this.times = numbers(this.times, new Float64Array(slots));
    this.#sizes = numbers(this.#sizes, new Uint32Array(slots));
    this.messages = values(this.messages, '');
    this.contexts = values(this.contexts, undefined);
    this.stacks = values(this.stacks, undefined);
    this.#data = values(this.#data, undefined);
    this.links = values(this.links, undefined);
    this.#firstSlot = this.oldest;
    this.#oldestSlot = 0;
    this.#nextSlot = held;
  }

  #evict(): void {
    this.#drop();
    this.evicted++;
  }

  #drop(): void {
    const slot = this.#oldestSlot;
    this.#uncount(slot);
    this.messages[slot] = '';
    if (this.contexts[slot] !== undefined) this.contexts[slot] = undefined;
    if (this.stacks[slot] !== undefined) this.stacks[slot] = undefined;
    if (this.#data[slot] !== undefined) this.#data[slot] = undefined;
    if (this.links[slot] !== undefined) this.links[slot] = undefined;
  }

  /** Takes the oldest entry, which is in this slot, out of the counters. */
  #uncount(slot: number): void {
    this.#oldestSlot = slot + 1 === this.#slots ? 0 : slot + 1;
    this.oldest++;
    this.bytes -= this.#sizes[slot];
    this.heldByLevel[this.levels[slot]]--;
  }
}
