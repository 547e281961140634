import { type Gap } from '../domain/log-batch.js';
import { type LogEntry } from '../domain/log-entry.js';
import { type LiveFormat } from './live-format.js';
/** Whether colour codes are kept. */
export type Ansi = 'none' | 'sgr';
/** The lines of `GET tail`. A line at column 0 is always a real entry; what continues it is indented by four spaces. */
export declare function textFormat(ansi?: Ansi): LiveFormat;
/** One entry as text, with its line end. */
export declare function entryText(entry: LogEntry, ansi?: Ansi): string;
/** A gap as a line of its own. */
export declare function gapLine(gap: Gap): string;
/** A gap in words: `19 entries missed (evicted)`. */
export declare function gapText({ missed, reason }: Gap): string;
/** A text whose control characters are shown, but for TAB and LF. */
export declare function visible(text: string, ansi: Ansi): string;
