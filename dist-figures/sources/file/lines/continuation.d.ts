import { type ParsedLine } from '../formats/line-format.js';
/**
 * Whether a line belongs to the entry above it: a stack frame or another indented line, a cause, the title of the stack
 * that a logger prints below an error, a blank line inside a stack, what a Python trace ends with.
 * @param previous the entry above as far as it is known, `stack` its first line below the head at least
 */
export declare function isContinuation(text: string, previous?: ParsedLine): boolean;
