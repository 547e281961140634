import { type ParsedLine } from './line-format.js';
/** Any line, by what it looks like: its first character tells which formats are tried. Nothing is remembered from line to line. */
export declare function parseAuto(text: string): ParsedLine;
