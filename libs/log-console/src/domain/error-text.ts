const MAX_CAUSES = 5;
const MAX_ERRORS = 20;

/** True for errors of every realm, also where `instanceof` fails. */
export function isError(value: unknown): value is Error {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value instanceof Error || Object.prototype.toString.call(value) === '[object Error]')
  );
}

/** What stands where reading a value threw: `[Threw: <the message>]`. */
export function threwText(error: unknown): string {
  try {
    return `[Threw: ${String(isError(error) ? error.message : error)}]`;
  } catch {
    return '[Threw: an error that cannot be read]';
  }
}

/** `Name: message` of an error, whatever its getters do. */
export function errorTitle(error: Error): string {
  const name = textOf(error, 'name');
  const message = textOf(error, 'message');
  return message === '' ? name : `${name}: ${message}`;
}

/** The stack of an error, then those of its causes (5 deep) and of an AggregateError's errors (20), each with its title. */
export function errorStack(error: Error): string {
  return [...stackParts(error, '', MAX_CAUSES, new Set())].join('\n');
}

function* stackParts(error: Error, label: string, depth: number, seen: Set<Error>): Generator<string> {
  if (seen.has(error)) {
    yield `${label}[Circular]`;
    return;
  }
  seen.add(error);
  const title = errorTitle(error);
  const stack = textOf(error, 'stack');
  // A stack is a snapshot: it lacks a message that was set after the error was made.
  yield label + (stack.includes(title) ? stack : `${title}\n${stack}`.trimEnd());
  if (depth === 0) return;
  const cause = valueOf(error, 'cause');
  const errors = valueOf(error, 'errors');
  if (cause !== undefined && cause !== null) yield* nested(cause, 'Caused by: ', depth, seen);
  if (!Array.isArray(errors)) return;
  const list = errors as unknown[];
  for (const [index, inner] of list.slice(0, MAX_ERRORS).entries()) {
    yield* nested(inner, `Error ${index + 1} of ${list.length}: `, depth, seen);
  }
}

function nested(value: unknown, label: string, depth: number, seen: Set<Error>): Iterable<string> {
  return isError(value) ? stackParts(value, label, depth - 1, seen) : [label + safeText(value)];
}

function textOf(error: Error, key: string): string {
  const value = valueOf(error, key);
  return value === undefined ? '' : safeText(value);
}

/** `String(value)`, or what it threw. */
export function safeText(value: unknown): string {
  try {
    return String(value);
  } catch (error) {
    return threwText(error);
  }
}

function valueOf(error: Error, key: string): unknown {
  try {
    return (error as unknown as Record<string, unknown>)[key];
  } catch (thrown) {
    return threwText(thrown);
  }
}
