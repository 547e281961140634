declare const brand: unique symbol;

/** A place in a source, `<epoch>-<id>`: always exclusive, "what comes after this". */
export type Cursor = string & {
  /** Keeps other texts out; it does not exist. */
  readonly [brand]: true;
};

/** What a cursor says. Without an epoch it was a bare integer, the last id seen. */
export interface Place {
  /** The epoch; absent: of whatever epoch is asked. */
  readonly epoch?: string;
  /** The last id seen. */
  readonly id: number;
}

/** How a cursor is written, for error messages. */
export const CURSOR_GRAMMAR =
  'a cursor "<epoch>-<id>" as handed out in next or prev, or the last id seen as a whole number';

const CURSOR = /^(?:([A-Za-z0-9._]{1,128})-)?(0|[1-9][0-9]{0,15})$/;

/** Writes a place as a cursor. */
export function formatCursor(epoch: string, id: number): Cursor {
  return `${epoch}-${id}` as Cursor;
}

/** The cursor from which a place handed out as `prev` is read forward: the same place, looked at from before it. */
export function justBefore(cursor: Cursor): Cursor {
  const at = cursor.lastIndexOf('-');
  return formatCursor(cursor.slice(0, at), Number(cursor.slice(at + 1)) - 1);
}

/** Reads `<epoch>-<id>` or a bare integer up to 2^53; undefined for anything else. */
export function parseCursor(text: string): Place | undefined {
  const match = CURSOR.exec(text);
  const id = Number(match?.[2] ?? NaN);
  if (!match || !Number.isSafeInteger(id)) return undefined;
  return match[1] === undefined ? { id } : { epoch: match[1], id };
}
