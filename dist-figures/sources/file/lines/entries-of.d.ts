import { type LogEntry } from '../../../domain/log-entry.js';
import { type TextRedactor } from '../../../domain/text-redactor.js';
import { type ParsedLine } from '../formats/line-format.js';
import { type RawLine } from './raw-line.js';
/** How lines become entries. */
export interface EntriesOptions {
    /** Reads a line. */
    readonly parse: (text: string) => ParsedLine;
    /** Masks secrets. Default: nobody. */
    readonly redact?: TextRedactor | undefined;
    /** The process that reads the file. */
    readonly instance: string;
    /** Whether the first line is the rest of one whose beginning was handed out before. */
    readonly continuesFirst?: boolean;
}
/**
 * The entries that lines are, in order. Lines that belong to the one above (stacks, causes, indented lines, the body of a
 * private key) are its `stack`; where there is none above in what was read, they are an entry that `continues`. So the
 * same lines read together are the same entries, wherever else it is read from; read apart they are more, never others.
 * An id is the offset of the end of the entry's last line. The empty rest of a line is no entry.
 */
export declare function entriesOf(lines: Iterable<RawLine>, options: EntriesOptions): LogEntry[];
