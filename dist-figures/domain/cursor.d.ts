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
export declare const CURSOR_GRAMMAR = "a cursor \"<epoch>-<id>\" as handed out in next or prev, or the last id seen as a whole number";
/** Writes a place as a cursor. */
export declare function formatCursor(epoch: string, id: number): Cursor;
/** The cursor from which a place handed out as `prev` is read forward: the same place, looked at from before it. */
export declare function justBefore(cursor: Cursor): Cursor;
/** Reads `<epoch>-<id>` or a bare integer up to 2^53; undefined for anything else. */
export declare function parseCursor(text: string): Place | undefined;
export {};
