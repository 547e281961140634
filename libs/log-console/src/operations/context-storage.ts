import { AsyncLocalStorage } from 'node:async_hooks';
import { type LogContext } from '../domain/log-context.js';

const STORAGE = Symbol.for('nestjs-log-console.context');
const global = globalThis as { [STORAGE]?: AsyncLocalStorage<LogContext> };

/** The context of the line being written; one per process, shared by the ESM and the CommonJS copy of this package. */
export const contextStorage = (global[STORAGE] ??= new AsyncLocalStorage<LogContext>());
