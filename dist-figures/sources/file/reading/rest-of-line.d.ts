import { type TextRedactor } from '../../../domain/text-redactor.js';
import { type RawLine } from '../lines/raw-line.js';
/**
 * The rest of a line whose beginning was handed out before. Secrets are looked for in the whole line: to read from
 * the middle of one must not show its other half.
 */
export declare function restOfLine(rest: RawLine, beginning: string, redactor: TextRedactor | undefined): RawLine;
