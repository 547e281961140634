import { LOG_LEVELS } from '../../domain/log-level.js';

/** How each entry of a list begins; what is logged can hold it too, in the list of a parameter. */
const NEXT = ',{"id":';
const LEVEL = '","level":"';
const INITIALS = LOG_LEVELS.map((level) => level.charCodeAt(0));

/**
 * The JSON of entries, comma-separated, as one text; its characters may be bytes (latin1), so that places in the text are
 * places in the bytes. Where it is not `count` entries, undefined.
 */
export class EntryList {
  private constructor(
    readonly text: string,
    /** Where each entry begins. */
    readonly starts: readonly number[],
  ) {}

  static of(text: string, count: number): EntryList | undefined {
    let starts = candidates(text);
    if (starts.length !== count) starts = topLevel(text);
    return starts.length === count && text.startsWith('{"id":') ? new EntryList(text, starts) : undefined;
  }

  /** How many entries of each level there are from one to before another, by {@link LOG_LEVELS}. */
  levels(from = 0, to = this.starts.length): number[] {
    const counts = LOG_LEVELS.map(() => 0);
    for (let index = from; index < to; index++) {
      const at = this.text.indexOf(LEVEL, this.starts[index]) + LEVEL.length;
      counts[INITIALS.indexOf(this.text.charCodeAt(at))]++;
    }
    return counts;
  }

  /** Where an entry ends. */
  end(index: number): number {
    return index + 1 < this.starts.length ? this.starts[index + 1] - 1 : this.text.length;
  }
}

function candidates(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf(NEXT); at >= 0; at = text.indexOf(NEXT, at + NEXT.length)) starts.push(at + 1);
  return starts;
}

/** Walks through the JSON: the commas between the entries are those outside of every bracket and text. */
function topLevel(text: string): number[] {
  const starts = [0];
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') at = endOfText(text, at);
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    else if (char === ',' && depth === 0) starts.push(at + 1);
  }
  return starts;
}

function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
