import { type Place } from './sticky.js';
/** What is not the value but says where it comes from: of a statement, a template, the environment or a program. */
export declare const PLACEHOLDER: RegExp;
/** Before the next blank; of a long word its beginning. */
export declare function hasMoreThanLetters(text: string, start: number): boolean;
/** Not a word: letters and digits together, or other characters too. */
export declare function looksSecret(value: string, atLeast: number): boolean;
/** Without the marks of the sentence around it; undefined when it only says that there is no secret. */
export declare function checked(found: Place | undefined, text: string): Place | undefined;
/** Somebody has masked it before. */
export declare function isMasked(text: string, at: number): boolean;
