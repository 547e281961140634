import { type LogEntry } from '../../../domain/log-entry.js';
import { oneLine } from '../../../domain/one-line.js';
import { type TextRedactor } from '../../../domain/text-redactor.js';
import { takeSnapshot } from '../../../domain/snapshot.js';
import { toJsonText } from '../../../domain/to-json-text.js';
import { utf8Length } from '../../../domain/utf8.js';
import { parsePlain } from '../formats/plain.js';
import { type ParsedLine } from '../formats/line-format.js';
import { isContinuation } from './continuation.js';
import {
  beginsInKey,
  endsKey,
  isFullKeyLine,
  KEY_BEGINS,
  leavesKeyOpen,
  mayBeInKey,
} from './private-key-lines.js';
import { type RawLine } from './raw-line.js';

/** How lines become entries. */
export interface EntriesOptions {
  /** Reads a line. */
  readonly parse: (text: string) => ParsedLine;
  /** Masks secrets. Default: nobody. */
  readonly redact?: TextRedactor | undefined;
  /** The process that reads the file. */
  readonly instance: string;
  /** Whether the first line is the rest of one whose beginning was handed out before. */
  readonly continuesFirst?: boolean;
}

/** Characters of one stack; what goes on after them is an entry of its own. */
const MAX_STACK = 256 * 1024;
/** What is left out at the cut of a long line that is masked: half a secret is not known as one. */
const MARGIN = 4096;

/**
 * The entries that lines are, in order. Lines that belong to the one above (stacks, causes, indented lines, the body of a
 * private key) are its `stack`; where there is none above in what was read, they are an entry that `continues`. So the
 * same lines read together are the same entries, wherever else it is read from; read apart they are more, never others.
 * An id is the offset of the end of the entry's last line. The empty rest of a line is no entry.
 */
export function entriesOf(lines: Iterable<RawLine>, options: EntriesOptions): LogEntry[] {
  const all = [...lines];
  const { parse, redact } = options;
  const isInKey =
    redact !== undefined &&
    beginsInKey(
      all.map(({ text }) => text),
      (text) => parse(text).message,
    );
  const maker = new EntryMaker(options, isInKey);
  all.forEach((line, index) =>
    maker.add(line, line.isRest || (index === 0 && options.continuesFirst === true)),
  );
  return maker.finished();
}

interface Group {
  readonly head: ParsedLine;
  readonly continues: boolean;
  readonly beginsInKey: boolean;
  readonly stack: string[];
  end: number;
  size: number;
  bytes: number;
  dropped: number;
}

class EntryMaker {
  readonly #options: EntriesOptions;
  readonly #entries: LogEntry[] = [];
  #group: Group | undefined;
  #isInKey: boolean;

  constructor(options: EntriesOptions, isInKey: boolean) {
    this.#options = options;
    this.#isInKey = isInKey;
  }

  finished(): LogEntry[] {
    this.#finish();
    return this.#entries;
  }

  add(line: RawLine, isRest: boolean): void {
    if (isRest && line.text === '') return;
    const text = this.#cutSafely(line);
    const group = this.#group;
    const isBody = this.#isInKey && mayBeInKey(text);
    if (!isRest && (isBody || isContinuation(text, group && aboveOf(group)))) {
      if (group && group.size < MAX_STACK) this.#join(group, line, text);
      else this.#begin(line, text, parsePlain(text), line.start > 0);
    } else if (isRest) this.#begin(line, text, parsePlain(text), true);
    else this.#begin(line, text, this.#options.parse(text), false);
  }

  #begin(line: RawLine, text: string, head: ParsedLine, continues: boolean): void {
    const isFirst = this.#group === undefined;
    this.#finish();
    this.#isInKey ||= isFirst && isFullKeyLine(head.message);
    const beginsInKey = this.#isInKey && mayBeInKey(head.message);
    this.#isInKey = beginsInKey;
    this.#group = {
      head,
      continues,
      beginsInKey,
      stack: [],
      end: line.end,
      size: 0,
      bytes: line.bytes,
      dropped: droppedOf(line, text),
    };
    this.#track(head.message);
  }

  #join(group: Group, line: RawLine, text: string): void {
    group.stack.push(text);
    group.end = line.end;
    group.size += text.length + 1;
    group.bytes += line.bytes;
    group.dropped += droppedOf(line, text);
    this.#track(text);
  }

  #track(text: string): void {
    if (this.#isInKey) this.#isInKey = mayBeInKey(text) && !endsKey(text);
    else this.#isInKey = leavesKeyOpen(text);
  }

  /** Of a cut line, what can be masked for sure. */
  #cutSafely(line: RawLine): string {
    const { redact } = this.#options;
    if (!line.isCut || !redact) return line.text;
    const masked = redact.text(line.text);
    return masked.slice(0, masked.length - Math.min(MARGIN, masked.length >> 1));
  }

  #finish(): void {
    const group = this.#group;
    if (!group) return;
    this.#group = undefined;
    const { redact, instance } = this.#options;
    const { head } = group;
    const mask = (text: string): string => (redact ? redact.text(text) : text);
    const maskKey = (text: string, isInKey: boolean): string => {
      if (!redact || !isInKey) return mask(text);
      const masked = redact.text(KEY_BEGINS + text);
      return masked.startsWith(KEY_BEGINS) ? masked.slice(KEY_BEGINS.length) : masked;
    };
    const data = head.data === undefined ? undefined : safeData(head.data, redact);
    const message = maskKey(head.message, group.beginsInKey);
    const below = group.stack.join('\n');
    const isInKey = group.beginsInKey ? !endsKey(head.message) : leavesKeyOpen(head.message);
    const stacks = [
      ...(head.stack === undefined ? [] : [mask(head.stack)]),
      ...(group.stack.length === 0 ? [] : [maskKey(below, isInKey)]),
    ];
    const entry: { -readonly [K in keyof LogEntry]: LogEntry[K] } = {
      id: group.end,
      ...(head.time === undefined ? {} : { time: head.time }),
      level: head.level,
      ...(head.context === undefined ? {} : { context: mask(head.context) }),
      message: message === '' && data !== undefined ? oneLine(JSON.stringify(data)) : message,
    };
    if (stacks.length > 0) entry.stack = stacks.join('\n');
    if (data !== undefined) entry.data = data;
    if (head.requestId !== undefined) entry.requestId = mask(head.requestId);
    if (head.traceId !== undefined) entry.traceId = mask(head.traceId);
    if (head.spanId !== undefined) entry.spanId = mask(head.spanId);
    entry.instance = instance;
    if (group.dropped > 0) entry.truncated = { bytes: group.bytes, kept: group.bytes - group.dropped };
    if (group.continues) entry.continues = true;
    this.#entries.push(entry);
  }
}

/** The entry so far, as {@link isContinuation} looks at it. */
function aboveOf({ head, stack }: Group): ParsedLine {
  return stack.length === 0 || head.stack !== undefined ? head : { ...head, stack: stack[0] };
}

function droppedOf(line: RawLine, text: string): number {
  return line.isCut ? Math.max(0, line.bytes - utf8Length(text)) : 0;
}

/** The data as a store would keep it: eight levels deep, masked. */
function safeData(data: unknown, redact: TextRedactor | undefined): unknown {
  const taken = takeSnapshot(data, redact);
  if (taken && taken.size !== Infinity) return taken.snapshot;
  return JSON.parse(toJsonText(data, Infinity, undefined, undefined, redact).json) as unknown;
}
