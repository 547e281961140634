import { formatCursor, parseCursor, type Cursor, type Place } from '../../../domain/cursor.js';
import { type Gap, type LogBatch } from '../../../domain/log-batch.js';
import { type LogEntry } from '../../../domain/log-entry.js';
import { type ReadRequest } from '../../../domain/log-source.js';
import { type DiskMemory } from '../disk/disk-memory.js';
import { DiskView, type FilePlace, type Younger } from '../disk/disk-view.js';
import { epochOf, NO_FILE, parseEpoch, type FileIdentity } from '../disk/file-identity.js';
import { type OpenFile, TruncatedWhileRead } from '../disk/open-file.js';
import { Examiner } from './examine.js';
import { FileBatch } from './file-batch.js';
import { type LateLines } from './late-lines.js';
import { type LineReading } from './line-reading.js';
import { lineStart } from './line-start.js';
import { readBackward } from './read-backward.js';
import { readForward, type Forward } from './read-forward.js';
import { UnendedLine } from './unended-line.js';
import { isSilent, mayLeave } from './silence.js';

const NOWHERE = epochOf(NO_FILE);
const RESTARTED: Gap = { reason: 'restarted', missed: null };

/** Where reading starts: a file and an offset in it. No file: nothing is there to be read. */
interface Start {
  readonly file: OpenFile | undefined;
  readonly offset: number;
  readonly gap?: Gap;
}

/**
 * Reads a file by cursor, and those it was before it was rotated. Everything it needs to know is in the cursor and on
 * the disk, so that any process goes on where another was. A place in a file is the offset of the end of a line; of
 * `before` it is one more, as ids are whole numbers and it is exclusive. Where there is no file it is the time.
 */
export class FileReader {
  readonly #unended = new UnendedLine();

  constructor(
    readonly place: FilePlace,
    readonly lines: LineReading,
    readonly memory: DiskMemory,
    readonly late: LateLines,
    /** Told of the file behind the path before anything of it is handed out. */
    readonly onSeen: (current: OpenFile) => Promise<void> = () => Promise.resolve(),
  ) {}

  /** Never rejects: where the disk fails there is nothing to be read, and the reader stays where it is. */
  async read(request: ReadRequest): Promise<LogBatch> {
    try {
      // A file that is kept open may be closed just now, one that is read truncated.
      return await this.#read(request).catch(() => this.#read(request));
    } catch {
      const { after, before } = request;
      const stay = (cursor: Cursor | undefined): Cursor | undefined =>
        parseCursor(cursor ?? '')?.epoch === undefined ? undefined : cursor;
      return this.#nothing({ next: stay(after), prev: stay(before) });
    }
  }

  async #read(request: ReadRequest): Promise<LogBatch> {
    const view = await DiskView.open(this.place, this.memory);
    try {
      if (view.current) await this.onSeen(view.current);
      if (request.before !== undefined) return await this.#before(view, request.before, request);
      if (request.after !== undefined) return await this.#after(view, request.after, request);
      return await this.#newest(view, request);
    } finally {
      await view.close();
    }
  }

  async #newest(view: DiskView, request: ReadRequest): Promise<LogBatch> {
    const { current } = view;
    if (!current) return this.#nothing();
    return this.#readBack(view, current, await this.#end(current), request);
  }

  async #before(view: DiskView, cursor: Cursor, request: ReadRequest): Promise<LogBatch> {
    const place = parseCursor(cursor);
    const { current } = view;
    const identity = place?.epoch === undefined ? undefined : parseEpoch(place.epoch);
    let file: OpenFile | undefined;
    if (place && identity && epochOf(identity) !== NOWHERE) file = await view.find(identity, place.id - 1);
    else if (place?.epoch === undefined && place && place.id <= (current?.size ?? 0) + 1) file = current;
    if (!file && place?.epoch !== NOWHERE) {
      const next = current ? await this.#cursor(current, await this.#end(current)) : undefined;
      const prev =
        place && place.epoch === undefined ? formatCursor(await this.#epoch(current), place.id) : cursor;
      return this.#nothing({ next, prev, gap: RESTARTED });
    }
    const id = Math.max(1, place?.id ?? 1);
    const given = place?.epoch === undefined ? formatCursor(await this.#epoch(file), id) : cursor;
    if (request.limit === 0)
      return this.#nothing({ prev: given, next: formatCursor(await this.#epoch(file), id - 1) });
    const to = file ? await this.#endBefore(file, id) : 0;
    if (file && to > 0) return this.#readBack(view, file, to, request, true);
    const older = await view.older(file);
    if (older) return this.#readBack(view, older, await this.#end(older), request, true);
    return this.#nothing({ prev: given, next: formatCursor(await this.#epoch(file), id - 1) });
  }

  async #after(view: DiskView, cursor: Cursor, request: ReadRequest): Promise<LogBatch> {
    const start = await this.#startAfter(view, cursor);
    let { offset, gap } = start;
    if (!start.file) {
      const next = start.gap || !parseCursor(cursor)?.epoch ? undefined : cursor;
      return this.#nothing({ next, gap: start.gap });
    }
    if (start.file === view.current) this.late.arrive();
    for (let { file } = start; ;) {
      const younger: Younger | undefined = file === view.current ? undefined : await view.younger(file);
      const leaves = younger !== undefined && mayLeave(file, younger.file, this.memory);
      const { limit, maxBytes, filter } = request;
      const takesRest = leaves || isSilent(file, this.memory);
      const examiner = new Examiner(filter);
      const read: Forward = await readForward(file, this.lines, {
        from: offset,
        limit,
        maxBytes,
        examiner,
        takesRest,
        unended: this.#unended,
      });
      if (read.reached > offset && (await file.isTruncated())) throw new TruncatedWhileRead();
      const isMoved = read.reached > offset || file !== start.file;
      if (younger && leaves && read.isAtEnd && read.reached === offset && !gap && limit > 0) {
        this.late.leave(file);
        const cut = await this.memory.lostBehind(file);
        if (cut > 0) gap = { reason: 'truncated', missed: null, bytes: cut };
        if (younger.lost > 0) gap = { reason: 'rotated', missed: null, bytes: younger.lost + cut };
        [file, offset] = [younger.file, 0];
        continue;
      }
      gap ??= this.late.gapBetween(file, offset, read.reached);
      const isSame = !isMoved && !gap && parseCursor(cursor)?.epoch !== undefined;
      const epoch = epochOf(await file.identity());
      return this.#batch(epoch, read.entries, {
        next: isSame ? cursor : formatCursor(epoch, read.reached),
        prev: formatCursor(epoch, offset + 1),
        more: !read.isAtEnd || leaves,
        gap,
      });
    }
  }

  /** The place in a file that a cursor means, and what lies between. */
  async #startAfter(view: DiskView, cursor: Cursor): Promise<Start> {
    const { current } = view;
    const place = parseCursor(cursor);
    const restarted: Start = { file: current, offset: 0, gap: RESTARTED };
    if (!place) return restarted;
    if (place.epoch === undefined) {
      if (place.id > (current?.size ?? 0)) return restarted;
      return { file: current, offset: place.id };
    }
    const identity = parseEpoch(place.epoch);
    if (!identity) return restarted;
    if (place.epoch === NOWHERE) return { file: await view.firstSince(place.id), offset: 0 };
    const file = await view.find(identity, place.id);
    if (file) return { file, offset: place.id };
    return {
      file: current,
      offset: 0,
      ...(current ? { gap: await this.#lost(identity, place, current) } : {}),
    };
  }

  /** What is said of the lines between a place in a file that is gone and the current file. */
  async #lost(identity: FileIdentity, { id }: Place, current: OpenFile): Promise<Gap> {
    const { inode } = identity;
    const known = this.memory.sizeOf(identity);
    const bytes = known > id ? { bytes: known - id } : {};
    if (current.inode === inode) {
      // As long as it begins as it did, the place is one of the future; unless it was longer once.
      const isFuture = known < id && (await current.beginsAs(identity));
      return isFuture ? RESTARTED : { reason: 'truncated', missed: null, ...bytes };
    }
    return this.memory.knows(inode) ? { reason: 'rotated', missed: null, ...bytes } : RESTARTED;
  }

  /** The last entries before a place; `isBefore`: asked to read back, where `more` means older ones. */
  async #readBack(
    view: DiskView,
    file: OpenFile,
    to: number,
    request: ReadRequest,
    isBefore = false,
  ): Promise<LogBatch> {
    const { limit, maxBytes, filter } = request;
    const examiner = new Examiner(filter);
    const { entries, reached } = await readBackward(file, this.lines, { to, limit, maxBytes, examiner });
    const isWanting = isBefore || (limit > 0 && entries.length < limit);
    const isMore = isWanting && (reached > 0 || (await view.older(file)) !== undefined);
    const epoch = epochOf(await file.identity());
    return this.#batch(epoch, entries, {
      next: formatCursor(epoch, to),
      prev: formatCursor(epoch, reached + 1),
      more: isMore,
    });
  }

  /** The end of the last line of a file; a line without an end counts when nothing more comes. */
  async #end(file: OpenFile): Promise<number> {
    return isSilent(file, this.memory) ? file.size : lineStart(file, file.size);
  }

  /** The end of the last line that ends before an id. */
  async #endBefore(file: OpenFile, id: number): Promise<number> {
    const end = id - 1;
    return end === file.size && isSilent(file, this.memory) ? end : lineStart(file, end);
  }

  async #cursor(file: OpenFile, offset: number): Promise<Cursor> {
    return formatCursor(epochOf(await file.identity()), offset);
  }

  async #epoch(file: OpenFile | undefined): Promise<string> {
    return file ? epochOf(await file.identity()) : NOWHERE;
  }

  #nothing(
    frame: { next?: Cursor | undefined; prev?: Cursor | undefined; gap?: Gap | undefined } = {},
  ): LogBatch {
    // What is made from now on comes after it, also when it is rotated away before somebody looks again.
    const now = Date.now();
    const { next = formatCursor(NOWHERE, now), prev = formatCursor(NOWHERE, now + 1), gap } = frame;
    return this.#batch(parseCursor(next)?.epoch ?? NOWHERE, [], { next, prev, more: false, gap });
  }

  #batch(
    epoch: string,
    entries: readonly LogEntry[],
    frame: { next: Cursor; prev: Cursor; more: boolean; gap?: Gap | undefined },
  ): LogBatch {
    return new FileBatch({ epoch, instance: this.lines.instance, entries, ...frame });
  }
}
