/** A part of a text. */
export interface Place {
    readonly start: number;
    readonly end: number;
}
/** Where a sticky pattern that matches at a place ends; undefined where it does not match. */
export declare function endOf(pattern: RegExp, text: string, at: number): number | undefined;
/** The part that a sticky pattern matches at a place; undefined where that is nothing. */
export declare function place(pattern: RegExp, text: string, start: number): Place | undefined;
