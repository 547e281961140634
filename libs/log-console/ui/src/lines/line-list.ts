import type { LogLevel } from '../../../src/domain/log-level.js';
import { type Batch, type Cleared, type Hello } from '../reading/wire.js';
import { entryLine, timeOf } from './entry-line.js';
import { afterId, fill, type Missing } from './gap-arithmetic.js';
import { fileChange } from './file-change.js';
import { firstIdOf, gapLine, lastIdOf } from './gap-line.js';
import { HeldLines, type Limits } from './held-lines.js';
import { type GapLine, type Line } from './line.js';
import { cursorOf, placeOf } from './place.js';
import { MAX_WIDTH, seqInGap, seqOfRest, widthOf } from './seqs.js';

const LIMITS: Limits = { lines: 20_000, chars: 32 * 2 ** 20, slack: 0.1 };

/** What is added: a batch of the server, or a gap of this page. */
export type Arrived = Pick<Batch, 'epoch' | 'entries' | 'prev'> & { readonly gap?: Missing | undefined };

/** What the page holds, oldest first. */
export class LineList {
  readonly #limits: Limits;
  readonly #isFile: boolean;
  readonly #held = new HeldLines();
  /** By epoch: the last id that came, or was said to be missing. */
  readonly #reached = new Map<string, number>();
  /** By epoch: up to where entries were cleared for everyone, and up to where there is a row that says so. */
  readonly #gone = new Map<string, number>();
  readonly #toldCleared = new Map<string, number>();
  readonly #startedAt = new Map<string, number | undefined>();
  #removed = 0;
  #removedAtCleaning = 0;
  #trims = true;
  /** The last one that came. */
  #epoch: string | undefined;
  #oldest: string | undefined;
  #newest: string | undefined;

  constructor({ isFile = false, ...limits }: Partial<Limits> & { readonly isFile?: boolean } = {}) {
    this.#limits = { ...LIMITS, ...limits };
    this.#isFile = isFile;
  }

  /** Oldest first; ask again after every change. */
  get lines(): readonly Line[] {
    return this.#held.lines;
  }

  /** Goes up when something else happened than appending at the end and removing at the start. */
  get revision(): number {
    return this.#held.revision;
  }

  /** Number of entries held. */
  get entries(): number {
    return this.#held.tally.entries;
  }

  /** Entries held by level. */
  get counts(): Readonly<Record<LogLevel, number>> {
    return this.#held.tally.counts;
  }

  /** Entries held by part. */
  get contexts(): ReadonlyMap<string, number> {
    return this.#held.tally.contexts;
  }

  /** Entries held by the process that wrote them. */
  get instances(): ReadonlyMap<string, number> {
    return this.#held.tally.instances;
  }

  /** How many entries were removed at the start because the list was full. */
  get removed(): number {
    return this.#removed;
  }

  /** Cursor to read older entries before; undefined when the source holds nothing older, or the view was cleaned. */
  get oldest(): string | undefined {
    return this.#oldest;
  }

  /** Cursor of the newest entry that came. */
  get newest(): string | undefined {
    return this.#newest;
  }

  /** False while somebody reads further up: nothing is removed at the start. */
  get trims(): boolean {
    return this.#trims;
  }

  set trims(trims: boolean) {
    this.#trims = trims;
    this.#trim();
  }

  /** The last id of an epoch that came, or was said to be missing; -1 when nothing came. */
  reached(epoch: string): number {
    return this.#reached.get(epoch) ?? -1;
  }

  /** Tells when the server began the life named by an epoch, for the row of a restart. */
  started({ epoch, startedAt }: Pick<Hello, 'epoch' | 'startedAt'>): void {
    this.#startedAt.set(epoch, timeOf(startedAt));
  }

  /** Appends what arrived; entries and gaps that were told before are passed over. `now`: for rows without a time. */
  add(batch: Arrived, now: number): void {
    const { epoch, entries, gap } = batch;
    const at = timeOf(entries[0]?.time) ?? now;
    this.#enter(batch, at);
    if (gap && gap.reason !== 'restarted') this.#addGap(epoch, gap, at);
    let reached = this.reached(epoch);
    // An answer that was on its way while somebody cleared holds what is gone.
    const gone = this.#gone.get(epoch) ?? -1;
    for (const entry of entries) {
      if (entry.id <= reached || entry.id <= gone) continue;
      reached = entry.id;
      this.#held.append(entryLine(entry, epoch, this.#held.nextSeq()));
      this.#newest = cursorOf({ epoch, id: reached });
    }
    this.#reached.set(epoch, reached);
    this.#trim();
  }

  /** Adds a batch that was read with `before`; how many entries were new. A batch that was not asked for at `oldest` is ignored. */
  addOlder(batch: Batch, before = this.#oldest): number {
    if (before === undefined || before !== this.#oldest) return 0;
    const { epoch, id } = placeOf(before);
    const isSame = batch.epoch === epoch;
    const { gap } = batch;
    const isNothing = batch.entries.length === 0 && !batch.more;
    // The run before this one; of a cursor that nobody knows the same is said, without anything.
    const isRun = !isSame && gap?.reason === 'restarted' && !isNothing;
    // The entries before those of a file stand in the file that was rotated away.
    const isKnown = isSame || isRun || this.#isFile;
    const entries = isKnown ? batch.entries.filter((entry) => !isSame || entry.id < id) : [];
    const [top] = this.lines;
    const isOther = isRun
      ? top?.kind !== 'restarted'
      : !isSame && entries.length > 0 && fileChange(batch.epoch, epoch) !== 'grown';
    const start = this.#held.seqBefore(0) - entries.length - (isOther ? 1 : 0);
    const lines: Line[] = entries.map((entry, index) => entryLine(entry, batch.epoch, start + index));
    if (isOther) {
      const place = { seq: start + entries.length, epoch, at: top?.at };
      lines.push(
        isRun
          ? gapLine(gap, { ...place, at: this.#startedAt.get(epoch) ?? top?.at })
          : { ...place, kind: 'file', change: 'rotated' },
      );
    }
    this.#held.splice(0, 0, lines);
    this.#oldest = batch.more && isKnown && batch.prev !== before ? batch.prev : undefined;
    return entries.length;
  }

  /** Puts what could be loaded of a gap in its place; what is still missing stays as a smaller gap. Returns the one to go on with. */
  addInto(gap: GapLine, batch: Batch): GapLine | undefined {
    const index = this.indexAfter(gap.seq) - 1;
    const { seq, epoch, from, to } = gap;
    if (this.lines[index] !== gap || from === undefined || to === undefined) return undefined;
    const { before, entries, after } = fill({ ...gap, from, to }, batch);
    const place = { seq, to };
    const found = entries.map((entry) => entryLine(entry, epoch, seqInGap(place, entry.id)));
    const rest = (missing: Missing | undefined): Line[] =>
      missing ? [gapLine(missing, { epoch, at: gap.at, seq: seqOfRest(place, missing.to ?? to) })] : [];
    const [left] = rest(after);
    this.#held.splice(index, 1, [...rest(before), ...found, ...(left ? [left] : [])]);
    return left?.kind === 'gap' && batch.more ? left : undefined;
  }

  /** Removes what somebody cleared, and says who and when, once. */
  cleared({ upTo, by, at }: Cleared): void {
    const { epoch, id } = placeOf(upTo);
    if (id <= (this.#toldCleared.get(epoch) ?? -1)) return;
    this.#toldCleared.set(epoch, id);
    this.#forget(epoch, id);
    const isLater = (line: Line): boolean => line.epoch === epoch && (lastIdOf(line) ?? -1) > id;
    const index = this.lines.findIndex(isLater);
    const row = { kind: 'cleared' as const, epoch, at: timeOf(at), ...(by === undefined ? {} : { by }) };
    if (index < 0) this.#held.append({ ...row, seq: this.#held.nextSeq() });
    else this.#held.splice(index, 0, [{ ...row, seq: this.#held.seqBefore(index) }]);
  }

  /** "Clean my view": removes the lines up to here and hands them over, for {@link restore}. */
  cleanUpTo(seq: number): Line[] {
    this.#oldest = undefined;
    this.#removedAtCleaning = this.#removed;
    return this.#held.takeFirst(this.indexAfter(seq));
  }

  /**
   * Takes a cleaning back, but for what was cleared for everyone since. When the list was full since then, there is no
   * place for them any more and nothing happens.
   */
  restore(lines: readonly Line[]): void {
    const first = this.lines[0]?.seq ?? Infinity;
    const back = lines.filter((line) => line.seq < first && !this.#isGone(line));
    if (back.length === 0 || this.#removed > this.#removedAtCleaning) return;
    this.#held.splice(0, 0, back);
    this.#readOlderFromFirst();
  }

  /** The index of the first line with a larger number. */
  indexAfter(seq: number): number {
    return this.#held.indexAfter(seq);
  }

  /** A new life of the source, or the very first that is heard of it. */
  #enter({ epoch, gap, prev }: Arrived, at: number): void {
    const before = this.#epoch;
    this.#epoch = epoch;
    if (this.#reached.has(epoch)) return;
    const isFirst = before === undefined;
    if (isFirst) this.#oldest = prev;
    if (this.#isFile && gap?.reason !== 'restarted') {
      const change = isFirst ? undefined : fileChange(before, epoch);
      if (change === 'grown') this.#reached.set(epoch, this.reached(before ?? ''));
      else if (change && !gap)
        this.#held.append({ kind: 'file', change, seq: this.#held.nextSeq(), epoch, at });
      return;
    }
    const isRestart = gap?.reason === 'restarted' || !isFirst;
    if (!isRestart) return;
    this.#held.append({
      kind: 'restarted',
      seq: this.#held.nextSeq(),
      epoch,
      at: this.#startedAt.get(epoch) ?? at,
      missed: gap?.reason === 'restarted' ? gap.missed : null,
    });
    this.#reached.set(epoch, -1);
  }

  #addGap(epoch: string, gap: Missing, at: number): void {
    const reached = this.reached(epoch);
    const missing = afterId(gap, reached);
    // Told again, it must not remove its own row.
    if (missing?.reason === 'cleared' && gap.to !== undefined) this.#forget(epoch, gap.to);
    this.#reached.set(epoch, Math.max(reached, gap.to ?? -1));
    if (!missing) return;
    // Numbers are kept free for the entries that may be loaded in its place.
    const { reason, missed } = missing;
    const told = widthOf(missing) > MAX_WIDTH ? { reason, missed } : missing;
    this.#held.append(gapLine(told, { seq: this.#held.nextSeq(widthOf(told)), epoch, at }));
  }

  /** Removes what an epoch held up to an id; of a gap that goes beyond it, that part. */
  #forget(epoch: string, id: number): void {
    this.#gone.set(epoch, Math.max(id, this.#gone.get(epoch) ?? -1));
    const left = this.lines.flatMap((line): Line | [] => {
      if (line.epoch !== epoch || line.kind !== 'gap' || line.to === undefined)
        return this.#isGone(line) ? [] : line;
      return afterId(line, id) ?? [];
    });
    this.#held.splice(0, this.lines.length, left);
    const oldest = this.#oldest === undefined ? undefined : placeOf(this.#oldest);
    if (oldest?.epoch === epoch && oldest.id <= id + 1) this.#oldest = undefined;
  }

  #isGone(line: Line): boolean {
    return line.kind === 'entry' && line.entry.id <= (this.#gone.get(line.epoch) ?? -1);
  }

  #trim(): void {
    const count = this.#trims ? this.#held.excess(this.#limits) : 0;
    if (count === 0) return;
    this.#removed += this.#held.takeFirst(count).filter(({ kind }) => kind === 'entry').length;
    this.#readOlderFromFirst();
  }

  #readOlderFromFirst(): void {
    const first = this.lines.find((line) => firstIdOf(line) !== undefined);
    if (first) this.#oldest = cursorOf({ epoch: first.epoch, id: firstIdOf(first) ?? 0 });
  }
}
