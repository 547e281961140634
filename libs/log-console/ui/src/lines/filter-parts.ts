import type { LogLevel } from '../../../src/domain/log-level.js';

/** Nest's levels, gravest first. */
export const LEVELS: readonly LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'];

/** What is on at the first visit: Debug and Detail are not. */
export const DEFAULT_LEVELS: readonly LogLevel[] = ['fatal', 'error', 'warn', 'log'];

/** The filters that have exact values of an entry. */
export const LINKS = ['requestId', 'operation', 'instance'] as const;
