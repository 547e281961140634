import { safeText } from '../domain/error-text.js';
import { oneLineOf } from '../domain/one-line.js';
import { isFunction } from './lazy.js';
import { parseCall } from './parse-call.js';
/**
 * Captures process warnings and crashes; returns how to stop. Crashes through `uncaughtExceptionMonitor` only:
 * a listener for `unhandledRejection` would keep a dying process alive.
 */
export function captureProcess(capture) {
    const onWarning = (warning) => {
        capture({ ...parseCall('warn', warning, []), context: 'process' });
    };
    const onCrash = (thrown, origin) => {
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
