import { formatWithOptions } from 'node:util';
import { type LogRecord } from '../domain/log-entry.js';
import { type LogLevel } from '../domain/log-level.js';

const METHODS = {
  log: 'log',
  info: 'log',
  warn: 'warn',
  error: 'error',
  debug: 'debug',
  trace: 'debug',
} as const satisfies Record<string, LogLevel>;
type Method = keyof typeof METHODS;

/** Captures `console.*` calls beside printing them, but for texts to ignore; returns how to stop. */
export function captureConsole(
  capture: (record: LogRecord) => void,
  ignores: (text: string) => boolean,
): () => void {
  let busy = false;
  let stopped = false;
  const methods = Object.keys(METHODS) as Method[];
  const restores = methods.map((method) => {
    const original = console[method];
    const level = METHODS[method];
    const patched = (...args: unknown[]): void => {
      if (busy || stopped) {
        original.apply(console, args);
        return;
      }
      busy = true;
      try {
        const message = textOf(args);
        const stack = method === 'trace' ? { stack: new Error('Trace').stack ?? '' } : {};
        if (!ignores(message)) capture({ level, context: 'console', message, ...stack });
        // Still busy: console.trace prints through console.error.
        original.apply(console, args);
      } finally {
        busy = false;
      }
    };
    console[method] = patched;
    return () => {
      // Somebody who patched console after us keeps it; our part then only passes on.
      if (console[method] === patched) console[method] = original;
    };
  });
  return () => {
    stopped = true;
    for (const restore of restores) restore();
  };
}

function textOf(args: unknown[]): string {
  try {
    return formatWithOptions({ colors: false }, ...args);
  } catch {
    return '[Threw: an argument of console that cannot be shown]';
  }
}
