import { LOG_LEVELS } from '../../domain/log-level.js';
import { type TextRedactor } from '../../domain/text-redactor.js';
import { RedisAwayError, type Command, type RedisDriver, type Reply, type Send } from './driver.js';
import { type Keys } from './keys.js';
import { GONE_AFTER_MS, LISTED_MS, scoresIn, textsIn, type Members } from './members.js';
import { SCRIPTS, type Script } from './scripts.js';
import { StreamBatch } from './stream-batch.js';

/** What the log says of itself. */
export interface Meta {
  /** The first id of the generation. */
  readonly base: number;
  /** The last id given; one less than `base` when none was. */
  readonly last: number;
  /** The last id that was cleared; 0: none. */
  readonly cleared: number;
}

/** Some batches, in the order they were asked for. */
export interface Page {
  readonly meta: Meta;
  readonly batches: readonly StreamBatch[];
  /** There may be more of them. */
  readonly more: boolean;
}

/** The counters, in the order of the scripts. */
export interface LogCounts {
  readonly meta: Meta;
  readonly held: number;
  readonly bytes: number;
  readonly evicted: number;
  readonly cleared: number;
  readonly heldByLevel: readonly number[];
  readonly acceptedByLevel: readonly number[];
  /** Where the oldest entry held is; absent when none is. */
  readonly oldest: { readonly id: number; readonly base: number } | undefined;
}

export interface Append {
  readonly writer: string;
  /** Goes up by one with each batch of a writer; the same when a batch is sent again. */
  readonly sequence: number;
  readonly entries: number;
  readonly levels: readonly number[];
  readonly lost: number;
  /** In one piece or more. */
  readonly json: readonly Buffer[];
  readonly instance: string;
  readonly maxEntries: number;
  readonly maxBytes: number;
}

export interface Clear {
  readonly upTo: number | undefined;
  readonly base: number | undefined;
  /** The entry that says so, before and after the number. */
  readonly entry: readonly [string, string];
  readonly event: string;
  readonly instance: string;
}

/** Also undefined: a place it does not know. */
export interface Clearing {
  readonly cleared: number;
  readonly upTo: number;
  readonly base: number;
  /** The id of the entry that says so. */
  readonly last: number;
}

/** What a writer says when it says that it is there. */
export interface Beat {
  readonly facts?: string;
  readonly leaves?: boolean;
  /** Others that are not heard of for so long are declared gone; absent: nobody is. */
  readonly goneAfterMs?: number | undefined;
}

export interface Tended {
  /** How many write. */
  readonly writers: number;
  /** `new`, `known`, or `back`: it was declared gone. */
  readonly state: string;
  /** What those said of themselves that were declared gone by this. */
  readonly gone: readonly string[];
}

const VERSION = 'version';
const CONTEXT = 'context:';
const WEEK_S = 7 * 24 * 60 * 60;
/** Bytes of a page, by what batches took so far. */
const PAGE_BYTES = 1024 * 1024;
const MAX_PAGE = 500;
/** Others clear at the same time. */
const MAX_TRIES = 5;
/** No batch is cut in two by a clear. */
const NOT_CUT = ['', ''];

/** The log in Redis: each method is one round trip, or a few. */
export class RedisLog {
  readonly #driver: RedisDriver;
  /** Bytes and entries of a batch on average, to ask for pages of a good size. */
  #batchBytes = 4096;
  #batchEntries = 1;
  /** The highest id that was given here: Redis may lose it, and must not give it again. */
  #known = 0;

  constructor(
    driver: RedisDriver,
    readonly keys: Keys,
    readonly redactor?: TextRedactor,
  ) {
    this.#driver = driver;
    // Another server process may know less than the one before: its generation begins before anybody reads.
    driver.greeting = (send) => this.tend('', {}, send);
  }

  async append(batch: Append): Promise<{ base: number; last: number }> {
    const { stream, meta, marks, sentBy } = this.keys;
    const { writer, sequence, entries, levels, lost, maxEntries, maxBytes, json, instance } = batch;
    const bytes = json.reduce((sum, piece) => sum + piece.length, 0);
    const numbers = packed([sequence, entries, bytes, maxEntries, maxBytes, this.#known, ...levels]);
    const reply = await this.#run(
      SCRIPTS.append,
      [stream, meta, marks, sentBy(writer)],
      [numbers, String(entries), String(lost), instance, ...json],
    );
    const [base, last] = doublesIn(reply);
    this.#known = Math.max(this.#known, last);
    return { base, last };
  }

  async clear({ upTo, base, entry, event, instance }: Clear): Promise<Clearing | undefined> {
    const { stream, meta, marks } = this.keys;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const { cleared, cut } = await this.#cut(upTo);
      const place = [upTo ?? '', base ?? '', cleared].map(String);
      const args = [...place, ...cut, ...entry, event, instance];
      const reply = (await this.#run(SCRIPTS.clear, [stream, meta, marks], args)) as readonly Reply[];
      if (String(reply[0]) === 'unknown') return undefined;
      if (String(reply[0]) === 'again') continue;
      const [gone, reached, generation, last] = reply.map(Number);
      return { cleared: gone, upTo: reached, base: generation, last };
    }
    throw new RedisAwayError('Somebody else kept clearing.');
  }

  /** Begins a generation where one is needed, and says that a writer is there. */
  async tend(writer: string, beat: Beat = {}, send = this.#send): Promise<Tended> {
    const { stream, meta, marks, writers, gone, processes, levels } = this.keys;
    const { facts = '', leaves = false, goneAfterMs = '' } = beat;
    const args = [WEEK_S, writer, facts, leaves ? 1 : '', goneAfterMs, GONE_AFTER_MS + LISTED_MS];
    const keys = [stream, meta, marks, writers, gone, processes, levels];
    const reply = (await this.#run(SCRIPTS.tend, keys, args.map(String), send)) as readonly Reply[];
    const [count, state, ...lost] = reply.map(String);
    return { writers: Number(count), state, gone: lost };
  }

  /** The processes that write, or wrote a minute ago. */
  async members(): Promise<Members> {
    const { writers, gone, processes } = this.keys;
    const scores = (key: string): Command => ['ZRANGE', key, '0', '-1', 'WITHSCORES'];
    const commands = [scores(writers), scores(gone), ['HGETALL', processes]];
    const [now, levels, ...replies] = await Promise.all([
      this.clock(),
      this.levelsVersion(),
      ...commands.map((command) => this.#send(command)),
    ]);
    const [up, left, facts] = replies;
    return { now, levels, up: scoresIn(up), gone: scoresIn(left), facts: textsIn(facts) };
  }

  /** Milliseconds, by the clock of Redis. */
  async clock(): Promise<number> {
    const [seconds, micros] = ((await this.#send(['TIME'])) as readonly Reply[]).map(Number);
    return seconds * 1000 + Math.floor(micros / 1000);
  }

  /** How often a level was set; 0: never, as far as is known. */
  async levelsVersion(): Promise<number> {
    return wholeOrZero(await this.#send(['HGET', this.keys.levels, VERSION]));
  }

  /** The levels that were set, by context, as they were written. */
  async levels(): Promise<{ readonly version: number; readonly states: ReadonlyMap<string, string> }> {
    const found = textsIn(await this.#send(['HGETALL', this.keys.levels]));
    const states = [...found].filter(([field]) => field.startsWith(CONTEXT));
    return {
      version: wholeOrZero(found.get(VERSION) ?? null),
      states: new Map(states.map(([field, state]) => [field.slice(CONTEXT.length), state])),
    };
  }

  /** Writes the levels of some contexts down, and tells who listens; undefined: of this one none is set any more. */
  async writeLevels(states: ReadonlyMap<string, string | undefined>): Promise<void> {
    const { levels, nudges } = this.keys;
    const commands = [...states].map(([context, state]) =>
      state === undefined ? ['HDEL', levels, CONTEXT + context] : ['HSET', levels, CONTEXT + context, state],
    );
    await Promise.all([...commands, ['HINCRBY', levels, VERSION, '1']].map((command) => this.#send(command)));
    // Who may not publish has written all the same: the others look now and then.
    this.#send(['PUBLISH', nudges, VERSION]).catch(() => undefined);
  }

  async meta(): Promise<Meta> {
    return (await this.#readMeta()) ?? this.#begun();
  }

  /** The batches that have an entry after an id, oldest first. */
  async up(after: number, entries: number): Promise<Page> {
    const count = this.#pageOf(entries);
    const range = ['XRANGE', this.keys.stream, `(0-${Math.max(0, after)}`, '+', 'COUNT', String(count)];
    const { meta, replies } = await this.#read(range);
    return { meta, ...this.#page(replies[0], count) };
  }

  /** The batches that have an entry up to an id, newest first; without one all. */
  async down(from: number | undefined, entries: number): Promise<Page> {
    const count = this.#pageOf(entries);
    const { stream } = this.keys;
    const older = (end: string): Command => ['XREVRANGE', stream, end, '-', 'COUNT', String(count)];
    if (from === undefined) {
      const { meta, replies } = await this.#read(older('+'));
      return { meta, ...this.#page(replies[0], count) };
    }
    if (from <= 0) return { meta: await this.meta(), batches: [], more: false };
    const around: Command = ['XRANGE', stream, `0-${from}`, '+', 'COUNT', '1'];
    const { meta, replies } = await this.#read(around, older(`(0-${from}`));
    const cut = this.#page(replies[0], 1).batches.filter(({ first }) => first <= from);
    const { batches, more } = this.#page(replies[1], count);
    return { meta, batches: [...cut, ...batches], more };
  }

  /** Waits for batches after an id, at most so long; null: there were none. Needs a connection of its own. */
  async next(after: number, waitMs: number, timeoutMs: number): Promise<readonly StreamBatch[] | null> {
    const reply = await this.#driver.send(
      ['XREAD', 'COUNT', '50', 'BLOCK', String(waitMs), 'STREAMS', this.keys.stream, `0-${after}`],
      waitMs + timeoutMs,
    );
    const rows = (reply as readonly (readonly Reply[])[] | null)?.[0]?.[1] ?? null;
    return rows === null ? null : this.#page(rows, Infinity).batches;
  }

  async counts(): Promise<LogCounts> {
    const oldest: Command = ['LINDEX', this.keys.marks, '0'];
    const { meta, numbers, replies } = await this.#read(oldest);
    const [last, entries, , base] = doublesIn(replies[0]);
    const [, , , held = 0, bytes = 0, evicted = 0, cleared = 0, ...byLevel] = numbers;
    return {
      ...{ meta, held, bytes, evicted, cleared },
      heldByLevel: byLevel.slice(0, LOG_LEVELS.length),
      acceptedByLevel: byLevel.slice(LOG_LEVELS.length, 2 * LOG_LEVELS.length),
      oldest: replies[0] === null ? undefined : { id: last - entries + 1, base },
    };
  }

  /** What was cleared so far, and what goes of a batch that is cut in two. */
  async #cut(upTo: number | undefined): Promise<{ cleared: number; cut: Command }> {
    if (upTo === undefined) return { cleared: (await this.meta()).cleared, cut: NOT_CUT };
    const { meta, batches } = await this.down(upTo, 1);
    const batch = batches.at(0);
    const from = Math.max(batch?.first ?? 0, meta.cleared + 1);
    if (batch === undefined || batch.last <= upTo || from > upTo)
      return { cleared: meta.cleared, cut: NOT_CUT };
    // Masked anew it may be another length than what it takes there.
    const bytes = Math.min(batch.bytes(from, upTo).length, batch.byteLength);
    const part = packed([upTo, upTo - from + 1, bytes, batch.base, ...batch.levelsOf(from, upTo)]);
    return { cleared: meta.cleared, cut: [String(batch.last), part] };
  }

  /**
   * Reads, and what the log says of itself. Not in a transaction, in which a Redis without memory refuses reads too: what
   * was cleared is asked for after it, all else before, so that what happens in between is told by the next read.
   */
  async #read(
    ...commands: Command[]
  ): Promise<{ meta: Meta; numbers: readonly number[]; replies: readonly Reply[] }> {
    const [fields, ...replies] = await Promise.all(
      [this.#askMeta, ...commands, this.#askMeta].map((command) => this.#driver.send(command)),
    );
    const before = metaFrom(fields);
    const after = metaFrom(replies.pop() ?? null);
    if (before && after)
      return { meta: { ...before, cleared: after.cleared }, numbers: doublesIn(fields), replies };
    await this.tend('');
    if (await this.#readMeta()) return this.#read(...commands);
    throw new RedisAwayError('Redis keeps nothing.');
  }

  get #askMeta(): Command {
    return ['GET', this.keys.meta];
  }

  async #readMeta(): Promise<Meta | undefined> {
    return metaFrom(await this.#driver.send(this.#askMeta));
  }

  async #begun(): Promise<Meta> {
    await this.tend('');
    const meta = await this.#readMeta();
    if (meta === undefined) throw new RedisAwayError('Redis keeps nothing.');
    return meta;
  }

  #page(reply: Reply, asked: number): Pick<Page, 'batches' | 'more'> {
    const rows = (reply ?? []) as readonly Reply[];
    const batches: StreamBatch[] = [];
    let bytes = 0;
    let entries = 0;
    for (const row of rows) {
      const batch = StreamBatch.from(row, this.redactor);
      if (batch === undefined) continue;
      batches.push(batch);
      bytes += batch.byteLength;
      entries += batch.last - batch.first + 1;
    }
    if (batches.length > 0) {
      this.#batchBytes += (bytes / batches.length - this.#batchBytes) / 4;
      this.#batchEntries += (entries / batches.length - this.#batchEntries) / 4;
    }
    // Somebody else's entry may stand beyond the last id, where it would keep ours out.
    if (batches.length < rows.length) this.tend('').catch(() => undefined);
    return { batches, more: rows.length >= asked };
  }

  /** How many batches to ask for. */
  #pageOf(entries: number): number {
    const wanted = Math.ceil(entries / this.#batchEntries) + 1;
    const bearable = Math.ceil(PAGE_BYTES / this.#batchBytes);
    return Math.max(1, Math.min(wanted, bearable, MAX_PAGE));
  }

  async #run(
    { sha, text }: Script,
    keys: readonly string[],
    args: Command,
    send = this.#send,
  ): Promise<Reply> {
    const rest = [String(keys.length), ...keys, ...args];
    try {
      return await send(['EVALSHA', sha, ...rest]);
    } catch (error) {
      if (!String(error).includes('NOSCRIPT')) throw error;
      return send(['EVAL', text, ...rest]);
    }
  }

  readonly #send: Send = (command) => this.#driver.send(command);
}

function metaFrom(reply: Reply): Meta | undefined {
  const [base = NaN, last = NaN, cleared = NaN] = doublesIn(reply);
  return [base, last, cleared].every(Number.isSafeInteger) ? { base, last, cleared } : undefined;
}

function wholeOrZero(reply: Buffer | string | Reply): number {
  const value = Number(String(reply));
  return Number.isSafeInteger(value) && value > 0 ? value : 0;
}

function packed(numbers: readonly number[]): Buffer {
  return Buffer.from(Float64Array.from(numbers).buffer);
}

/** Numbers as the scripts pack them. */
function doublesIn(reply: Reply): number[] {
  if (!Buffer.isBuffer(reply)) return [];
  return Array.from({ length: Math.floor(reply.length / 8) }, (_, at) => reply.readDoubleLE(at * 8));
}
