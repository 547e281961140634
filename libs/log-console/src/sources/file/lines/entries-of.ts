import { type LogEntry } from '../../../domain/log-entry.js';
import { type TextRedactor } from '../../../domain/text-redactor.js';
import { utf8Length } from '../../../domain/utf8.js';
import { parsePlain } from '../formats/plain.js';
import { type ParsedLine } from '../formats/line-format.js';
import { isContinuation } from './continuation.js';
import { beginsInKey, endsKey, isFullKeyLine, leavesKeyOpen, mayBeInKey } from './private-key-lines.js';
import { entryOf, type LineGroup } from './entry-of.js';
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
    maker.add(line, line.isRest === true || (index === 0 && options.continuesFirst === true)),
  );
  return maker.finished();
}

/** One that lines are still added to. */
interface Group extends LineGroup {
  readonly stack: string[];
  end: number;
  bytes: number;
  dropped: number;
  /** Characters of the stack. */
  size: number;
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
    if (!this.#group) return;
    this.#entries.push(entryOf(this.#group, this.#options.instance, this.#options.redact));
    this.#group = undefined;
  }
}

/** The entry so far, as {@link isContinuation} looks at it. */
function aboveOf({ head, stack }: Group): ParsedLine {
  return stack.length === 0 || head.stack !== undefined ? head : { ...head, stack: stack[0] };
}

function droppedOf(line: RawLine, text: string): number {
  return line.isCut ? Math.max(0, line.bytes - utf8Length(text)) : 0;
}
