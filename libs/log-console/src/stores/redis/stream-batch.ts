import { knownEntry, type WrittenEntry } from '../../domain/known-entry.js';
import { type LogEntry } from '../../domain/log-entry.js';
import { LOG_LEVELS, levelIndex } from '../../domain/log-level.js';
import { escapeControls } from '../../domain/safe-json.js';
import { type TextRedactor } from '../../domain/text-redactor.js';
import { type Reply } from './driver.js';

const OWN_ID = /^0-([1-9][0-9]{0,15})$/;
const INSTANCE = /^[A-Za-z0-9_.-]{1,64}$/;
/** Far more than a batch has: some hundred KiB, and one long line. */
const MAX_BYTES = 32 * 1024 * 1024;

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
  /** What its entries take in Redis. */
  readonly byteLength: number;
  /** The JSON of its entries, comma-separated, and where each begins in it. */
  readonly #bytes: Buffer;
  readonly #starts: readonly number[];
  readonly #levels: readonly number[];
  #entries: readonly LogEntry[] | undefined;

  /**
   * Undefined for what somebody else has put into the stream. Whoever may write to Redis may write what looks like a
   * batch: its entries are checked, masked and written anew.
   */
  static from(row: Reply, redactor?: TextRedactor): StreamBatch | undefined {
    if (!Array.isArray(row)) return undefined;
    const [id, pairs] = row as [Reply, Reply];
    const last = Number(OWN_ID.exec(String(id))?.[1]);
    if (!Number.isSafeInteger(last) || !Array.isArray(pairs)) return undefined;
    const fields = new Map<string, Buffer>();
    const json: Buffer[] = [];
    for (let at = 0; at + 1 < pairs.length; at += 2) {
      const name = String(pairs[at] as Reply);
      if (name === 'd') json.push(pairs[at + 1] as Buffer);
      else fields.set(name, pairs[at + 1] as Buffer);
    }
    try {
      return new StreamBatch(last, fields, json, redactor);
    } catch {
      return undefined;
    }
  }

  private constructor(
    last: number,
    fields: ReadonlyMap<string, Buffer>,
    pieces: readonly Buffer[],
    redactor: TextRedactor | undefined,
  ) {
    const count = wholeNumber(fields.get('n'));
    const json = Buffer.concat(pieces);
    this.last = last;
    this.first = last - count + 1;
    this.base = wholeNumber(fields.get('g'));
    this.instance = String(fields.get('i'));
    this.lost = wholeNumber(fields.get('l'));
    if (json.length > MAX_BYTES || !INSTANCE.test(this.instance)) throw new TypeError(NOT_OURS);
    const entries = knownEntries(json, { first: this.first, count, redactor });
    this.cleared = clearedFrom(fields.get('c'));
    this.byteLength = json.length;
    this.#levels = entries.map(({ level }) => levelIndex(level));
    this.levels = this.levelsOf(this.first, last);
    const texts = entries.map((entry) => Buffer.from(escapeControls(JSON.stringify(entry))));
    let at = 0;
    this.#starts = texts.map(({ length }) => (at += length + 1) - length - 1);
    this.#bytes = Buffer.concat(texts.flatMap((text) => [text, COMMA]));
  }

  /** The entries, parsed once. */
  get entries(): readonly LogEntry[] {
    return (this.#entries ??= JSON.parse(`[${this.bytes(this.first, this.last).toString()}]`) as LogEntry[]);
  }

  /** The JSON of its entries from one id to another. */
  bytes(from: number, to: number): Buffer {
    return this.#bytes.subarray(this.#starts[from - this.first], this.#end(to) - 1);
  }

  /** How many bytes the JSON of one entry takes, with its comma. */
  sizeOf(id: number): number {
    return this.#end(id) - this.#starts[id - this.first];
  }

  /** How many entries of each level there are from one id to another. */
  levelsOf(from: number, to: number): number[] {
    const counts = LOG_LEVELS.map(() => 0);
    for (const level of this.#levels.slice(from - this.first, to - this.first + 1)) counts[level]++;
    return counts;
  }

  /** Where the comma after an entry ends. */
  #end(id: number): number {
    return this.#starts[id - this.first + 1] ?? this.#bytes.length;
  }
}

const COMMA = Buffer.from(',');
const NOT_OURS = 'This is none of our batches.';

/** Their writer did not know the ids they have here. */
function knownEntries(
  json: Buffer,
  { first, count, redactor }: { first: number; count: number; redactor: TextRedactor | undefined },
): LogEntry[] {
  const written = JSON.parse(`[${json.toString()}]`) as (WrittenEntry | null)[];
  const entries = written.map((entry, index) => knownEntry(first + index, entry ?? {}, redactor));
  if (entries.length !== count || count === 0 || entries.includes(undefined)) throw new TypeError(NOT_OURS);
  return entries as LogEntry[];
}

function clearedFrom(field: Buffer | undefined): StreamBatch['cleared'] {
  const [, upTo, event] = /^(\d{1,16}) (.*)$/s.exec(String(field ?? '')) ?? [];
  if (upTo === undefined) return undefined;
  const { by, at } = JSON.parse(event) as { by?: unknown; at?: unknown };
  if (typeof at !== 'string') throw new TypeError(NOT_OURS);
  return { upTo: Number(upTo), ...(typeof by === 'string' ? { by } : {}), at };
}

function wholeNumber(text: Buffer | undefined): number {
  const value = Number(text ?? NaN);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new TypeError(NOT_OURS);
}
