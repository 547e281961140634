import { type LogEntry } from '../../domain/log-entry.js';
import { type Reply } from './driver.js';
import { EntryList } from './entry-list.js';

const OWN_ID = /^0-([1-9][0-9]{0,15})$/;

/** One entry of the stream: a batch of log entries with dense ids, the last one's being the stream's. */
export class StreamBatch {
  /** The first id of its generation. */
  readonly base: number;
  readonly first: number;
  readonly last: number;
  /** Entries per level, lowest first. */
  readonly levels: readonly number[];
  /** The process that wrote it. */
  readonly instance: string;
  /** How many entries of its writer were lost before it. */
  readonly lost: number;
  /** Only on the entry that says what was cleared: up to where, and the event. */
  readonly cleared: { readonly upTo: number; readonly by?: string; readonly at: string } | undefined;
  readonly byteLength: number;
  #list: EntryList;
  #bytes: Buffer | undefined;
  #entries: readonly LogEntry[] | undefined;

  /** Undefined for what somebody else has put into the stream. */
  static from(row: Reply): StreamBatch | undefined {
    if (!Array.isArray(row)) return undefined;
    const [id, pairs] = row as [Reply, Reply];
    const last = Number(OWN_ID.exec(String(id))?.[1]);
    if (!Number.isSafeInteger(last) || !Array.isArray(pairs)) return undefined;
    const fields = new Map<string, Buffer>();
    for (let at = 0; at + 1 < pairs.length; at += 2)
      fields.set(String(pairs[at] as Reply), pairs[at + 1] as Buffer);
    try {
      return new StreamBatch(last, fields);
    } catch {
      return undefined;
    }
  }

  private constructor(last: number, fields: ReadonlyMap<string, Buffer>) {
    const count = wholeNumber(fields.get('n'));
    const list = EntryList.of(fields.get('d')?.toString('latin1') ?? '', count);
    if (!list) throw new TypeError('This is none of our batches.');
    this.last = last;
    this.first = last - count + 1;
    this.base = wholeNumber(fields.get('g'));
    this.instance = String(fields.get('i'));
    this.lost = wholeNumber(fields.get('l'));
    this.levels = String(fields.get('v')).split(' ').map(Number);
    const [, upTo, event] = /^(\d+) (.*)$/s.exec(String(fields.get('c') ?? '')) ?? [];
    this.cleared =
      upTo === undefined ? undefined : { ...(JSON.parse(event) as { at: string }), upTo: Number(upTo) };
    this.byteLength = list.text.length;
    this.#list = list;
  }

  /** The entries, parsed once. */
  get entries(): readonly LogEntry[] {
    return (this.#entries ??= JSON.parse(`[${this.bytes(this.first, this.last).toString()}]`) as LogEntry[]);
  }

  /** The JSON of its entries from one id to another, with the ids they have in the shared log. */
  bytes(from: number, to: number): Buffer {
    const { list, bytes } = this.#renumbered();
    return bytes.subarray(list.starts[from - this.first], list.end(to - this.first));
  }

  /** How many bytes the JSON of one entry takes, with its comma. */
  sizeOf(id: number): number {
    const { list } = this.#renumbered();
    return list.end(id - this.first) - list.starts[id - this.first] + 1;
  }

  /** How many entries of each level there are up to an id, from another one on. */
  levelsOf(from: number, to: number): number[] {
    return this.#list.levels(from - this.first, to - this.first + 1);
  }

  /** Its list in the ids of the shared log, which its writer did not know yet. */
  #renumbered(): { readonly list: EntryList; readonly bytes: Buffer } {
    if (!this.#bytes) {
      this.#list = this.#list.renumbered(this.first);
      this.#bytes = Buffer.from(this.#list.text, 'latin1');
    }
    return { list: this.#list, bytes: this.#bytes };
  }
}

function wholeNumber(text: Buffer | undefined): number {
  const value = Number(text ?? NaN);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new TypeError('This is none of our batches.');
}
