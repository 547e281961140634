import { formatCursor, type Cursor } from '../../domain/cursor.js';

/** A generation's name in cursors. */
export function epochOf(base: number): string {
  return base.toString(36);
}

/** The generation a name stands for; undefined for one that none has. */
export function baseOf(epoch: string): number | undefined {
  const base = parseInt(epoch, 36);
  return Number.isSafeInteger(base) && epochOf(base) === epoch ? base : undefined;
}

export function cursorAt(base: number, id: number): Cursor {
  return formatCursor(epochOf(base), id);
}
