import { type LogEntry, type LogRecord } from './log-entry.js';
import { levelIndex } from './log-level.js';
import { type TextRedactor } from './text-redactor.js';
import { toJsonText } from './to-json-text.js';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const ID = /^[A-Za-z0-9._:=+/@-]{1,128}$/;
const LINKS = {
  requestId: ID,
  traceId: ID,
  spanId: ID,
  operation: ID,
  instance: /^[A-Za-z0-9_.-]{1,64}$/,
} as const;
const LINK_FORMS = Object.entries(LINKS) as [keyof typeof LINKS, RegExp][];
/** What was cut to 200 keys or items has one more that says so. */
const MAX_KEYS = 201;

/** An entry as somebody else has written it down. */
export type WrittenEntry = Partial<Record<keyof LogEntry, unknown>>;

/**
 * What we know of an entry, of the types we write, masked as it would be now: rules may have been added since, and
 * somebody without them may have written it. Undefined for what is no entry.
 */
export function knownEntry(id: number, written: WrittenEntry, redactor?: TextRedactor): LogEntry | undefined {
  const { time, level, context, message, stack, data, truncated, continues } = written;
  if (typeof level !== 'string' || levelIndex(level) < 0 || typeof message !== 'string') return undefined;
  const masked = (text: string): string => redactor?.text(text) ?? text;
  const entry: { -readonly [Key in keyof LogEntry]?: LogEntry[Key] } = { id };
  if (typeof time === 'string' && TIME.test(time) && !Number.isNaN(Date.parse(time))) entry.time = time;
  entry.level = level as LogRecord['level'];
  if (typeof context === 'string') entry.context = masked(context);
  entry.message = masked(message);
  if (typeof stack === 'string') entry.stack = masked(stack);
  if (data !== undefined)
    entry.data = JSON.parse(toJsonText(data, Infinity, MAX_KEYS, undefined, redactor).json) as unknown;
  for (const [key, form] of LINK_FORMS) {
    const link = written[key];
    if (typeof link === 'string' && form.test(link)) entry[key] = link;
  }
  if (continues === true) entry.continues = true;
  if (isTruncated(truncated)) entry.truncated = { bytes: truncated.bytes, kept: truncated.kept };
  return entry as LogEntry;
}

function isTruncated(value: unknown): value is NonNullable<LogRecord['truncated']> {
  const { bytes, kept } = (value ?? {}) as { bytes?: unknown; kept?: unknown };
  return Number.isSafeInteger(bytes) && Number.isSafeInteger(kept);
}
