import { type OperationOptions } from './operation.js';

const MAX_NAME = 200;
const KNOWN = ['by', 'data', 'cancellable'];

/** Throws a TypeError that names what is wrong. */
export function checkOperation(what: string, name: unknown, options: unknown): asserts name is string {
  checkName(what, 'name', name);
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    refuse(what, 'options', options, 'an object');
  const unknown = Object.keys(options).find((key) => !KNOWN.includes(key));
  if (unknown !== undefined)
    throw new TypeError(`${what}: unknown option ${unknown}; accepted: ${KNOWN.join(', ')}.`);
  const { by, cancellable } = options as OperationOptions;
  if (by !== undefined) checkName(what, 'options.by', by);
  if (cancellable !== undefined && typeof cancellable !== 'boolean')
    refuse(what, 'options.cancellable', cancellable, 'true or false');
}

/** Throws a TypeError for what cannot be called. */
export function checkFunction<F>(what: string, name: string, value: F): asserts value is NonNullable<F> {
  if (typeof value !== 'function') refuse(what, name, value, 'a function');
}

function checkName(what: string, name: string, value: unknown): void {
  if (typeof value !== 'string' || value.length === 0 || value.length > MAX_NAME)
    refuse(what, name, value, `a text of 1 to ${MAX_NAME} characters`);
}

/** Of a text only its length is told: it may hold a secret. */
function refuse(what: string, name: string, value: unknown, accepted: string): never {
  const given =
    typeof value === 'string'
      ? `a text of ${value.length} characters`
      : value === null || typeof value === 'undefined' || typeof value === 'boolean'
        ? String(value)
        : Array.isArray(value)
          ? 'an array'
          : typeof value === 'object'
            ? 'an object'
            : `a ${typeof value}`;
  throw new TypeError(`${what}: ${name} is ${given}; accepted: ${accepted}.`);
}
