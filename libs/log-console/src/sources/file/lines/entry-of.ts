import { type LogEntry } from '../../../domain/log-entry.js';
import { oneLine } from '../../../domain/one-line.js';
import { takeSnapshot } from '../../../domain/snapshot.js';
import { type TextRedactor } from '../../../domain/text-redactor.js';
import { toJsonText } from '../../../domain/to-json-text.js';
import { type ParsedLine } from '../formats/line-format.js';
import { endsKey, KEY_BEGINS, leavesKeyOpen } from './private-key-lines.js';

/** A line and those below it that belong to it. */
export interface LineGroup {
  /** What the first line says. */
  readonly head: ParsedLine;
  /** Whether it belongs to an entry that was handed out before. */
  readonly continues: boolean;
  /** Whether the first line stands in a private key that began above it. */
  readonly beginsInKey: boolean;
  /** The other lines. */
  readonly stack: readonly string[];
  /** Where the last of them ends. */
  readonly end: number;
  /** Bytes of all of them, and how many of those were left out. */
  readonly bytes: number;
  readonly dropped: number;
}

/** The entry that lines are, with its secrets masked. */
export function entryOf(group: LineGroup, instance: string, redact: TextRedactor | undefined): LogEntry {
  const { head, beginsInKey } = group;
  const mask = (text: string): string => (redact ? redact.text(text) : text);
  const maskInKey = (text: string, isInKey: boolean): string =>
    isInKey && redact ? maskedInKey(text, redact) : mask(text);
  const data = head.data === undefined ? undefined : safeData(head.data, redact);
  const message = maskInKey(head.message, beginsInKey);
  const stacks = head.stack === undefined ? [] : [mask(head.stack)];
  if (group.stack.length > 0) {
    const isInKey = beginsInKey ? !endsKey(head.message) : leavesKeyOpen(head.message);
    stacks.push(maskInKey(group.stack.join('\n'), isInKey));
  }
  // Their order is that of the JSON.
  const entry = { id: group.end } as { -readonly [K in keyof LogEntry]: LogEntry[K] };
  if (head.time !== undefined) entry.time = head.time;
  entry.level = head.level;
  if (head.context !== undefined) entry.context = mask(head.context);
  entry.message = message === '' && data !== undefined ? oneLine(JSON.stringify(data)) : message;
  if (stacks.length > 0) entry.stack = stacks.join('\n');
  if (data !== undefined) entry.data = data;
  if (head.requestId !== undefined) entry.requestId = mask(head.requestId);
  if (head.traceId !== undefined) entry.traceId = mask(head.traceId);
  if (head.spanId !== undefined) entry.spanId = mask(head.spanId);
  entry.instance = instance;
  if (group.dropped > 0) entry.truncated = { bytes: group.bytes, kept: group.bytes - group.dropped };
  if (group.continues) entry.continues = true;
  return entry;
}

/** The redactor's own rule masks what stands in a key; where that is off, nothing is taken for one. */
function maskedInKey(text: string, redact: TextRedactor): string {
  const masked = redact.text(KEY_BEGINS + text);
  return masked.startsWith(KEY_BEGINS) ? masked.slice(KEY_BEGINS.length) : masked;
}

/** The data as a store would keep it: eight levels deep, masked. */
function safeData(data: unknown, redact: TextRedactor | undefined): unknown {
  const taken = takeSnapshot(data, redact);
  if (taken && taken.size !== Infinity) return taken.snapshot;
  return JSON.parse(toJsonText(data, Infinity, undefined, undefined, redact).json) as unknown;
}
