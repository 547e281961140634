import { type TextRedactor } from './text-redactor.js';
/** A value as JSON. `dropped`: UTF-8 bytes of texts that were cut to keep to the limit. */
export interface JsonText {
    readonly json: string;
    readonly dropped: number;
}
/**
 * Turns any value into JSON text in one pass, reading each property once; never throws.
 *
 * Depth ≤ 8 (the value itself is 1, deeper: `[Depth]`), ≤ 200 keys or items per level (then `+N keys`; after 20,000
 * values at once), cycles are `[Circular]`, what throws is `[Threw: …]`. A Map is an array of pairs, a Set an array;
 * BigInt, Symbol, NaN, infinities and invalid dates are their text, undefined is `[undefined]`, a function
 * `[Function: name]`, a Buffer `<Buffer 68 69>`, an Error its name, message, stack, own properties and cause. Texts are
 * cut once the limit is reached.
 * @param maxBytes about how much JSON to make
 * @param maxKeys keys or items per level
 * @param original the object that the value is a copy of: within the value, it is a cycle
 * @param redactor masks secrets in texts, and whatever stands under a secret key, before anything is cut
 */
export declare function toJsonText(value: unknown, maxBytes: number, maxKeys?: number, original?: object, redactor?: TextRedactor): JsonText;
/** An integer with as many digits as a card number has at least. */
export declare function mayBeCard(value: number): boolean;
