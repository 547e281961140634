import { type LogEntry } from './log-entry.js';
import { visible, type Ansi } from './visible.js';

/** One entry as text, with its line end. What continues the entry before it has no head of its own, and is indented. */
export function entryText(entry: LogEntry, ansi: Ansi = 'none'): string {
  const { message, stack, data, continues } = entry;
  const tail = data === undefined ? '' : ` ${JSON.stringify(data)}`;
  const body = `${message}${tail}${stack === undefined ? '' : `\n${stack}`}`;
  const text = visible(`${continues ? '\n' : `${headOf(entry)} `}${body}`, ansi);
  // What is left of escapes are colours: none runs into the next entry.
  const reset = text.includes('\x1b') ? '\x1b[0m' : '';
  return `${text.replaceAll('\n', '\n    ').slice(continues ? 1 : 0)}${reset}\n`;
}

/** A time that is not known is a dash: the level alone would begin with blanks, as what continues an entry does. */
function headOf({ time = '-', level, context }: LogEntry): string {
  const head = `${time} ${level.toUpperCase().padStart(7)}`;
  return context === undefined || context === '' ? head : `${head} [${context}]`;
}
