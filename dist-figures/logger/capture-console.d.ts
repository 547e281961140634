import { type LogRecord } from '../domain/log-entry.js';
/** Captures `console.*` calls beside printing them, but for texts to ignore; returns how to stop. */
export declare function captureConsole(capture: (record: LogRecord) => void, ignores: (text: string) => boolean): () => void;
