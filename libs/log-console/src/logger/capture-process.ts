import { safeText } from '../domain/error-text.js';
import { type LogRecord } from '../domain/log-entry.js';
import { oneLineOf } from '../domain/one-line.js';
import { isFunction } from './lazy.js';
import { parseCall } from './parse-call.js';

/**
 * Captures process warnings and crashes; returns how to stop. Crashes through `uncaughtExceptionMonitor` only:
 * a listener for `unhandledRejection` would keep a dying process alive.
 */
export function captureProcess(capture: (record: LogRecord) => void): () => void {
  const onWarning = (warning: unknown): void => {
    capture({ ...parseCall('warn', warning, []), context: 'process' });
  };
  const onCrash = (thrown: unknown, origin: string): void => {
    // A function that was thrown is no lazy message: it is not called.
    const record = parseCall('fatal', isFunction(thrown) ? safeText(thrown) : thrown, []);
    const said = record.message === '' ? oneLineOf(record.data) : record.message;
    capture({ ...record, context: 'process', message: `${origin}: ${said}` });
  };
  process.on('warning', onWarning);
  process.on('uncaughtExceptionMonitor', onCrash);
  return () => {
    process.off('warning', onWarning);
    process.off('uncaughtExceptionMonitor', onCrash);
  };
}
