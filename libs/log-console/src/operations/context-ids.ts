import { type ContextIds } from '../domain/log-context.js';

const NAMES = ['requestId', 'traceId', 'spanId'] as const;
const MAX = 128;

/** Of whatever code gave: what can be an id, cut to 128 characters. Never throws for a value that can be read. */
export function readIds(given: unknown): ContextIds {
  if (typeof given !== 'object' || given === null) return {};
  const ids: { -readonly [K in keyof ContextIds]: ContextIds[K] } = {};
  for (const name of NAMES) {
    const value = (given as Record<string, unknown>)[name];
    if (typeof value === 'string' && value !== '') ids[name] = value.slice(0, MAX);
    else if (typeof value === 'number' || typeof value === 'bigint') ids[name] = String(value);
  }
  return ids;
}

/** Throws a TypeError that names what is wrong in the values of a context. */
export function checkIds(given: unknown): asserts given is ContextIds {
  if (typeof given !== 'object' || given === null)
    throw new TypeError('context(): the values are no object.');
  for (const [name, value] of Object.entries(given)) {
    if (!(NAMES as readonly string[]).includes(name))
      throw new TypeError(`context(): unknown value ${name}; accepted: ${NAMES.join(', ')}.`);
    const isId = typeof value === 'string' && value.length >= 1 && value.length <= MAX;
    if (value !== undefined && !isId)
      throw new TypeError(`context(): ${name} must be a text of 1 to ${MAX} characters.`);
  }
}
