import { formatWithOptions } from 'node:util';
const METHODS = {
    log: 'log',
    info: 'log',
    warn: 'warn',
    error: 'error',
    debug: 'debug',
    trace: 'debug',
};
/** Captures `console.*` calls beside printing them, but for texts to ignore; returns how to stop. */
export function captureConsole(capture, ignores) {
    let busy = false;
    let stopped = false;
    const methods = Object.keys(METHODS);
    const restores = methods.map((method) => {
        const original = console[method];
        const level = METHODS[method];
        const patched = (...args) => {
            if (busy || stopped) {
                original.apply(console, args);
                return;
            }
            busy = true;
            try {
                const message = textOf(args);
                const stack = method === 'trace' ? { stack: new Error('Trace').stack ?? '' } : {};
                if (!ignores(message))
                    capture({ level, context: 'console', message, ...stack });
                // Still busy: console.trace prints through console.error.
                original.apply(console, args);
            }
            finally {
                busy = false;
            }
        };
        console[method] = patched;
        return () => {
            // Somebody who patched console after us keeps it; our part then only passes on.
            if (console[method] === patched)
                console[method] = original;
        };
    });
    return () => {
        stopped = true;
        for (const restore of restores)
            restore();
    };
}
function textOf(args) {
    try {
        return formatWithOptions({ colors: false }, ...args);
    }
    catch {
        return '[Threw: an argument of console that cannot be shown]';
    }
}
