import { type LogEntry } from '../../../domain/log-entry.js';
import { type TextRedactor } from '../../../domain/text-redactor.js';
import { type ParsedLine } from '../formats/line-format.js';
import { entriesOf } from '../lines/entries-of.js';
import { type RawLine } from '../lines/raw-line.js';

/** How the lines of a file are read. */
export class LineReading {
  constructor(
    readonly maxLineBytes: number,
    readonly instance: string,
    readonly parse: (text: string) => ParsedLine,
    readonly redact: TextRedactor | undefined,
  ) {}

  entriesOf(lines: readonly RawLine[]): LogEntry[] {
    return entriesOf(lines, this);
  }
}
