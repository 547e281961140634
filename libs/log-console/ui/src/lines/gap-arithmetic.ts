import type { Gap } from '../../../src/domain/log-batch.js';
import { type Batch } from '../reading/wire.js';
import { type GapLine } from './line.js';
import { placeOf } from './place.js';

/** What is missing: a gap of the server, or one that this page made itself. */
export type Missing = Pick<Gap, 'from' | 'to' | 'missed' | 'instance'> & {
  readonly reason: Gap['reason'] | 'page';
};

/** What of a gap lies after an id; undefined: nothing. */
export function afterId<G extends Omit<Missing, 'reason'>>(gap: G, id: number): G | undefined {
  const { from, to, missed } = gap;
  if (missed === 0) return undefined;
  if (from === undefined || to === undefined || from > id) return gap;
  if (to <= id) return undefined;
  // Where ids are not dense nobody knows how many of the missing ones are left.
  return { ...gap, from: id + 1, missed: missed === to - from + 1 ? to - id : null };
}

/** What a read of a gap's range found: what is still missing before the entries, the entries, what is missing after them. */
export interface Filling {
  readonly before: Missing | undefined;
  readonly entries: Batch['entries'];
  readonly after: Missing | undefined;
}

/** Splits a gap by what could be read of it from `from` on. Every line missing stays missing or is found. */
export function fill(gap: GapLine & { from: number; to: number }, batch: Batch): Filling {
  const { reason, from, to, missed } = gap;
  // Another life of the source: what is missing can be asked for no more.
  if (batch.epoch !== gap.epoch) return { before: undefined, entries: [], after: { reason, missed } };
  const entries = batch.entries.filter(({ id }) => id >= from && id <= to);
  const lost = batch.gap?.to === undefined ? undefined : batch.gap;
  if (lost?.to !== undefined && lost.to >= to) {
    return { before: { reason: lost.reason, from, to, missed }, entries: [], after: undefined };
  }
  const before = lost && { reason: lost.reason, from, to: lost.to, missed: lost.missed };
  const left =
    missed === null || lost?.missed === null ? null : missed - entries.length - (lost?.missed ?? 0);
  const reached = Math.max(placeOf(batch.next).id, entries.at(-1)?.id ?? 0, from - 1);
  const after =
    left !== null && left <= 0
      ? undefined
      : reached < to
        ? { reason, from: reached + 1, to, missed: left }
        : left === null
          ? undefined
          : { reason, missed: left };
  return { before, entries, after };
}
