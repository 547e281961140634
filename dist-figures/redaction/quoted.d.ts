import { type Place } from './sticky.js';
/** A quote, escaped or not. */
export declare const QUOTE: RegExp;
/** What a quote opens, up to the same quote; or to the end of the text, where it was cut. */
export declare function quoted(text: string, at: number): Place | undefined;
/** A list or an object, up to the bracket that closes it, or to the end of the text. */
export declare function structure(text: string, start: number): Place;
