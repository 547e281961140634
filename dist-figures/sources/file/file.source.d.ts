import { type Cursor } from '../../domain/cursor.js';
import { type LogBatch } from '../../domain/log-batch.js';
import { type LogSource, type ReadRequest, type SourceEvent, type Wait } from '../../domain/log-source.js';
import { type TextRedactor } from '../../domain/text-redactor.js';
import { type FormatName } from './formats/index.js';
/** A file, and how its lines are read. */
export interface FileSourceOptions {
    /** What the API calls it. */
    readonly id: string;
    /** What people call it. Default: its id. */
    readonly name?: string | undefined;
    /** Where it is; it may be a symbolic link, which is resolved at each look. */
    readonly path: string;
    /** The directory it must really lie in, whatever links say. Default: anywhere. */
    readonly root?: string | undefined;
    /** How its lines are written. Default `auto`. */
    readonly format?: FormatName | undefined;
    /** Longer lines are cut. Default 256 KiB. */
    readonly maxLineBytes?: number | undefined;
    /** The process that answers. */
    readonly instance: string;
    /** Takes secrets out of its lines. Default: none are. */
    readonly redactor?: TextRedactor | undefined;
}
/** How a file is. */
export interface FileStatus {
    /** Bytes; 0 where it cannot be read. */
    readonly size: number;
    /** When it was last written to, RFC 3339; absent where it cannot be read. */
    readonly modified?: string;
    /** Whether it can be read. */
    readonly state: 'ok' | 'missing' | 'unavailable';
    /** Why it cannot. */
    readonly reason?: string;
    /** How many lines came of late, per second. */
    readonly linesPerSecond: number;
}
/** A log file, through every kind of rotation. */
export declare class FileSource implements LogSource {
    #private;
    readonly id: string;
    readonly name: string;
    constructor(options: FileSourceOptions);
    read(request: ReadRequest): Promise<LogBatch>;
    waitAfter(cursor: Cursor, wait: Wait): Promise<void>;
    onEvent(listener: (event: SourceEvent) => void): () => void;
    /** How the file is now. */
    status(): Promise<FileStatus>;
    /** Ends every wait, and whatever watches. */
    close(): void;
}
