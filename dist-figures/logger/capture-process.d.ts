import { type LogRecord } from '../domain/log-entry.js';
/**
 * Captures process warnings and crashes; returns how to stop. Crashes through `uncaughtExceptionMonitor` only:
 * a listener for `unhandledRejection` would keep a dying process alive.
 */
export declare function captureProcess(capture: (record: LogRecord) => void): () => void;
