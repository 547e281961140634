import { type LogEntry } from './log-entry.js';
import { LOG_LEVELS, levelIndex, type LogLevel } from './log-level.js';

/** Which entries a reader wants; every part that is given must match. */
export interface LogFilter {
  /** One of these levels. */
  readonly level?: readonly LogLevel[];
  /** Exact names, or prefixes ending in `*`. */
  readonly context?: readonly string[];
  /** Case-insensitive substring of message, context, stack and data. */
  readonly search?: string;
  /** Exactly this request. */
  readonly requestId?: string;
  /** Exactly this operation. */
  readonly operation?: string;
  /** Exactly this process. */
  readonly instance?: string;
  /** At this time (RFC 3339) or later. */
  readonly from?: string;
  /** Before this time (RFC 3339). */
  readonly to?: string;
}

/** What a filter looks at in one entry; `level` is its index, `time` milliseconds, `data` JSON text. */
export interface Filterable {
  readonly level: number;
  readonly time: number;
  readonly context: string | undefined;
  readonly message: string;
  readonly stack: string | undefined;
  readonly data: string | undefined;
  readonly requestId: string | undefined;
  readonly operation: string | undefined;
  readonly instance: string | undefined;
}

/** An entry as a filter looks at it. Its data is made text only for one that searches. */
export function filterableOf(entry: LogEntry): Filterable {
  const { context, message, stack, requestId, operation, instance, time } = entry;
  return {
    level: levelIndex(entry.level),
    time: time === undefined ? NaN : Date.parse(time),
    context,
    message,
    stack,
    get data() {
      return entry.data === undefined ? undefined : JSON.stringify(entry.data);
    },
    requestId,
    operation,
    instance,
  };
}

/** Makes the test for a filter; undefined when the filter lets everything through. */
export function compileFilter(filter: LogFilter | undefined): ((entry: Filterable) => boolean) | undefined {
  const tests = filter ? [...testsOf(filter)] : [];
  return tests.length === 0 ? undefined : (entry) => tests.every((test) => test(entry));
}

function* testsOf(filter: LogFilter): Generator<(entry: Filterable) => boolean> {
  const { level, context, search, requestId, operation, instance } = filter;
  const levels = new Set(level?.map(levelIndex));
  if (level && levels.size < LOG_LEVELS.length) yield (entry) => levels.has(entry.level);
  if (requestId !== undefined) yield (entry) => entry.requestId === requestId;
  if (operation !== undefined) yield (entry) => entry.operation === operation;
  if (instance !== undefined) yield (entry) => entry.instance === instance;
  if (filter.from !== undefined || filter.to !== undefined) {
    const from = filter.from === undefined ? -Infinity : Date.parse(filter.from);
    const to = filter.to === undefined ? Infinity : Date.parse(filter.to);
    yield (entry) => entry.time >= from && entry.time < to;
  }
  if (context) yield contextTest(context);
  if (search !== undefined && search !== '') yield searchTest(search);
}

function contextTest(wanted: readonly string[]): (entry: Filterable) => boolean {
  const names = new Set(wanted.filter((name) => !name.endsWith('*')));
  const prefixes = wanted.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
  return ({ context }) =>
    context !== undefined && (names.has(context) || prefixes.some((prefix) => context.startsWith(prefix)));
}

function searchTest(search: string): (entry: Filterable) => boolean {
  const needle = search.toLowerCase();
  const inJson = JSON.stringify(needle).slice(1, -1);
  const found = (text: string | undefined, what: string): boolean =>
    text?.toLowerCase().includes(what) === true;
  return ({ message, context, stack, data }) =>
    found(message, needle) ||
    found(context, needle) ||
    found(stack, needle) ||
    found(data, needle) ||
    (inJson !== needle && found(data, inJson));
}
