import { type LogEntry } from './log-entry.js';

/** C0 but TAB and LF, DEL, C1: shown, not sent, so that no line can steer a terminal. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;
/** The same, or a colour sequence (SGR), which may stay. */
// eslint-disable-next-line no-control-regex
const CONTROL_OR_SGR = /\x1b\[[0-9;:]{0,64}m|[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/** Whether colour codes are kept. */
export type Ansi = 'none' | 'sgr';

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

/** A text whose control characters are shown, but for TAB and LF. */
export function visible(text: string, ansi: Ansi): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(ansi === 'sgr' ? CONTROL_OR_SGR : CONTROL, (found) =>
      found.length > 1 ? found : `\\x${found.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
}
