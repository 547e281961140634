import { type Match, type Rule, type Scan } from './rule.js';
/**
 * Which rules may begin at three letters. A text is walked through once, at a few nanoseconds per letter; rules look only
 * where one of their triggers stands.
 */
export declare class TriggerTable {
    #private;
    /** By the classes of three letters: 1 where rules may begin. */
    readonly places: Uint8Array<ArrayBuffer>;
    constructor(rules: readonly Rule[]);
    /** The first match of the rules that begin at this place of the table and of the text. */
    findAt(place: number, scan: Scan, at: number): Match | undefined;
}
export declare function classOf(code: number): number;
