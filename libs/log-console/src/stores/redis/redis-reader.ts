import { parseCursor, type Cursor, type Place } from '../../domain/cursor.js';
import { type Gap, type LogBatch } from '../../domain/log-batch.js';
import { type ReadRequest } from '../../domain/log-source.js';
import { Examination } from './examine.js';
import { baseOf, cursorAt, epochOf } from './places.js';
import { RedisBatch } from './redis-batch.js';
import { type Meta, type Page, type RedisLog } from './redis-log.js';
import { type StreamBatch } from './stream-batch.js';

/** The last batches, for readers that keep up: they need not ask Redis, each for itself. */
export interface Tail {
  /** The batches after an id of a generation, if it has them all. */
  after(base: number, id: number): Page | undefined;
}

/** A place and the generation it belongs to; without one it is before everything held. */
interface Start {
  readonly id: number;
  readonly base: number | undefined;
  readonly isKnown: boolean;
}

const FROM_OLDEST: Start = { id: 0, base: undefined, isKnown: true };
const UNKNOWN: Start = { id: 0, base: undefined, isKnown: false };
const RESTARTED: Gap = { reason: 'restarted', missed: null };

/** Reads the shared log by cursor: ids only go up, so the same cursor means the same place on every instance. */
export class RedisReader {
  readonly #log: RedisLog;
  readonly #tail: Tail;
  /** The last answer to a reader that keeps up. */
  #memo: { readonly asked: string; readonly batch: LogBatch } | undefined;

  constructor(
    log: RedisLog,
    tail: Tail,
    readonly instance: string,
  ) {
    this.#log = log;
    this.#tail = tail;
  }

  async read(request: ReadRequest): Promise<LogBatch> {
    if (request.before !== undefined) return this.#before(request.before, request);
    if (request.after !== undefined) return this.#after(request.after, request);
    return this.#newest(request);
  }

  async #newest(request: ReadRequest): Promise<LogBatch> {
    const page = request.limit === 0 ? await this.#nothing() : await this.#log.down(undefined, request.limit);
    const { meta } = page;
    const { look, reached, base, ends } = await this.#down(page, meta.last, undefined, request);
    return this.#answer(look, {
      base: base ?? meta.base,
      next: cursorAt(meta.base, meta.last),
      prev: reached,
      // The reader finds on from `prev` what this read did not get to.
      more: look.isSpent || (look.left > 0 && ends),
    });
  }

  async #before(cursor: Cursor, request: ReadRequest): Promise<LogBatch> {
    const place = parseCursor(cursor);
    const page = await this.#log.down((place?.id ?? 1) - 1, Math.max(1, request.limit));
    const base = place && (await this.#generationBefore(place, page));
    if (!place || base === undefined) {
      const { meta } = page;
      // A bare integer is handed back as a cursor.
      const prev = place && place.epoch === undefined ? cursorAt(meta.base, place.id) : cursor;
      const next = cursorAt(meta.base, meta.last);
      const epoch = epochOf(meta.base);
      return new RedisBatch({ epoch, instance: this.instance, next, prev, more: false, gap: RESTARTED }, []);
    }
    const {
      look,
      reached,
      base: found = base,
      isOlder,
    } = await this.#down(page, place.id - 1, base, request);
    const prev = reached === place.id ? base : found;
    return this.#answer(look, {
      base: prev,
      next: cursorAt(base, place.id - 1),
      prev: reached,
      more: await isOlder(),
    });
  }

  async #after(cursor: Cursor, request: ReadRequest): Promise<LogBatch> {
    const place = parseCursor(cursor);
    const tail = place && this.#fromTail(place);
    let page = tail ?? (await this.#log.up(place?.id ?? 0, Math.max(1, request.limit)));
    if (tail && !request.filter) return this.#shared(cursor, tail, request);
    const start = await this.#start(place, page);
    if (!start.isKnown && place?.id) page = await this.#log.up(0, Math.max(1, request.limit));
    return this.#up(page, start, request);
  }

  /** Readers that keep up ask for the same thing at the same time, and get the same batch. */
  async #shared(after: Cursor, page: Page, request: ReadRequest): Promise<LogBatch> {
    const { limit, maxBytes } = request;
    const { last, cleared } = page.meta;
    const asked = [after, limit, maxBytes, last, cleared].join(' ');
    if (this.#memo?.asked === asked) return this.#memo.batch;
    const batch = await this.#up(page, await this.#start(parseCursor(after), page), request);
    this.#memo = { asked, batch };
    return batch;
  }

  #fromTail({ epoch, id }: Place): Page | undefined {
    const base = epoch === undefined ? NaN : baseOf(epoch);
    return base === undefined ? undefined : this.#tail.after(base, id);
  }

  /** Where a cursor is, as far as it is one of this log. */
  async #start(place: Place | undefined, { meta, batches }: Page): Promise<Start> {
    if (!place) return UNKNOWN;
    const { epoch, id } = place;
    if (epoch === undefined && id === 0) return FROM_OLDEST;
    const base = epoch === undefined ? meta.base : baseOf(epoch);
    // An integer below the first id comes from an earlier life; `<epoch>-<first - 1>` is this one's beginning.
    const lowest = epoch === undefined ? meta.base : meta.base - 1;
    if (base === meta.base && id >= lowest) return id <= meta.last ? { id, base, isKnown: true } : UNKNOWN;
    return this.#olderGeneration(epoch === undefined ? undefined : base, id, batches);
  }

  /** A place of an older generation is known while entries beside it are held. */
  async #olderGeneration(
    base: number | undefined,
    id: number,
    following: readonly StreamBatch[],
  ): Promise<Start> {
    if (base !== undefined && following.at(0)?.base === base) return { id, base, isKnown: true };
    const [older] = (await this.#log.down(id, 1)).batches;
    if (older === undefined || (base !== undefined && older.base !== base)) return UNKNOWN;
    return { id, base: older.base, isKnown: true };
  }

  async #generationBefore({ epoch, id }: Place, { meta, batches }: Page): Promise<number | undefined> {
    const base = epoch === undefined ? meta.base : baseOf(epoch);
    if (base === meta.base && id >= meta.base) return id <= meta.last + 1 ? base : undefined;
    if (base === undefined || id > meta.last + 1) return undefined;
    const wanted = epoch === undefined ? undefined : base;
    const { batches: following } = await this.#log.up(id - 1, 1);
    const beside = [batches.at(0), following.at(0)].filter((batch) => batch !== undefined);
    return beside.find((batch) => wanted === undefined || batch.base === wanted)?.base;
  }

  async #up(page: Page, start: Start, request: ReadRequest): Promise<LogBatch> {
    const look = new Examination(request);
    let gap = start.isKnown ? undefined : RESTARTED;
    let { id: reached, base } = start;
    let isFirst = true;
    let begin: number | undefined;
    let stops = false;
    let { meta } = page;
    for (;;) {
      for (const batch of page.batches) {
        const first = Math.max(batch.first, meta.cleared + 1, base === undefined ? 0 : reached + 1);
        if (first > batch.last) continue;
        if (isFirst) {
          isFirst = false;
          if (base === undefined) {
            // From the oldest held.
          } else if (base !== batch.base) gap = RESTARTED;
          else if (first > reached + 1) gap = missedBetween(reached + 1, first - 1, meta);
          base = batch.base;
          reached = first - 1;
          begin = first;
        } else if (batch.base !== base || first > reached + 1) {
          stops = true;
          break;
        }
        // A batch holds one gap, before its entries.
        if (batch.lost > 0 && first === batch.first) {
          if (gap || begin !== first || request.limit === 0) {
            stops = true;
            break;
          }
          gap = { reason: 'shipping', missed: batch.lost, instance: batch.instance };
        }
        const last = look.look(batch, first, batch.last);
        reached = last ?? reached;
        if (reached < batch.last) {
          stops = true;
          break;
        }
        if (look.left <= 0) break;
      }
      if (stops || !page.more || look.left <= 0) break;
      page = await this.#log.up(reached, look.left);
      ({ meta } = page);
    }
    if (!stops && isFirst) {
      // Nothing after this place is held.
      if (base !== undefined && base !== meta.base) gap = RESTARTED;
      else if (base !== undefined && reached < meta.last) gap = missedBetween(reached + 1, meta.last, meta);
      base = meta.base;
      reached = meta.last;
      begin = meta.last + 1;
    }
    return this.#answer(look, {
      base: base ?? meta.base,
      next: cursorAt(base ?? meta.base, reached),
      prev: begin ?? reached + 1,
      more: stops || reached < meta.last,
      gap,
    });
  }

  /** Looks from an id down, within one generation. */
  async #down(
    page: Page,
    from: number,
    base: number | undefined,
    request: ReadRequest,
  ): Promise<{
    look: Examination;
    /** The last one looked at. */
    reached: number;
    base: number | undefined;
    /** It ended where an older generation does. */
    ends: boolean;
    isOlder: () => Promise<boolean>;
  }> {
    const look = new Examination(request);
    let reached = from + 1;
    let found = base;
    let isFirst = true;
    for (;;) {
      const { cleared } = page.meta;
      for (const batch of page.batches) {
        const first = Math.max(batch.first, cleared + 1);
        const last = Math.min(batch.last, reached - 1);
        if (first > last) continue;
        const older = { look, reached, base: found, isOlder: () => Promise.resolve(true) };
        if (!isFirst && batch.base !== found) return { ...older, ends: true };
        isFirst = false;
        const lowest = look.look(batch, last, first);
        if (lowest === undefined) return { ...older, ends: false };
        found = batch.base;
        reached = lowest;
        if (lowest > first) return { ...older, reached, base: found, ends: false };
      }
      const isOlder = async (): Promise<boolean> => page.more && (await this.#holdsBefore(reached));
      if (!page.more || look.left <= 0 || look.isSpent)
        return { look, reached, base: found, ends: false, isOlder };
      page = await this.#log.down(reached - 1, look.left);
    }
  }

  async #holdsBefore(id: number): Promise<boolean> {
    const { meta, batches } = await this.#log.down(id - 1, 1);
    return batches.some((batch) => Math.min(batch.last, id - 1) > meta.cleared);
  }

  async #nothing(): Promise<Page> {
    return { meta: await this.#log.meta(), batches: [], more: false };
  }

  #answer(
    look: Examination,
    {
      base,
      next,
      prev,
      more,
      gap,
    }: { base: number; next: Cursor; prev: number; more: boolean; gap?: Gap | undefined },
  ): LogBatch {
    const runs = look.runs.toSorted((one, other) => one.from - other.from);
    const frame = {
      epoch: epochOf(base),
      instance: this.instance,
      next,
      prev: cursorAt(base, prev),
      more,
      gap,
    };
    return new RedisBatch(frame, runs);
  }
}

function missedBetween(from: number, to: number, { cleared }: Meta): Gap {
  return { reason: from <= cleared ? 'cleared' : 'evicted', from, to, missed: to - from + 1 };
}
