import { errorStack, errorTitle, isError, safeText } from '../domain/error-text.js';
import { type LogRecord } from '../domain/log-entry.js';

/**
 * Captures process warnings and crashes; returns how to stop. Crashes through `uncaughtExceptionMonitor` only:
 * a listener for `unhandledRejection` would keep a dying process alive.
 */
export function captureProcess(capture: (record: LogRecord) => void): () => void {
  const onWarning = (warning: Error): void => {
    capture({ level: 'warn', context: 'process', message: errorTitle(warning), stack: errorStack(warning) });
  };
  const onCrash = (error: unknown, origin: string): void => {
    const failure = isError(error)
      ? { message: `${origin}: ${errorTitle(error)}`, stack: errorStack(error) }
      : { message: `${origin}: ${safeText(error)}` };
    capture({ level: 'fatal', context: 'process', ...failure });
  };
  process.on('warning', onWarning);
  process.on('uncaughtExceptionMonitor', onCrash);
  return () => {
    process.off('warning', onWarning);
    process.off('uncaughtExceptionMonitor', onCrash);
  };
}
