import { entryText } from '../../domain/entry-text.js';
import { type LogBatch } from '../../domain/log-batch.js';
import { escapeControls } from '../../domain/safe-json.js';

const [LF, COMMA, QUOTE, BACKSLASH] = [...Buffer.from('\n,"\\')] as [number, number, number, number];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [...Buffer.from('{}[]')];

/** The lines of a batch, ready to be written. */
export interface Lines {
  readonly bytes: Buffer;
  /** How many entries are whole in the first so many bytes. */
  wholeIn(bytes: number): number;
}

/** One entry per line, as JSON. */
export function ndjsonLines(batch: LogBatch): Lines {
  const pieces = batch.encoded?.();
  const bytes = pieces ? splitEntries(pieces) : Buffer.from(batch.entries.map(jsonLine).join(''));
  return {
    bytes,
    wholeIn: (length) => {
      let count = 0;
      for (let at = bytes.indexOf(LF); at >= 0 && at < length; at = bytes.indexOf(LF, at + 1)) count++;
      return count;
    },
  };
}

/** As `GET tail` shows them: a line at column 0 is always an entry, what continues it is indented. */
export function textLines({ entries }: LogBatch): Lines {
  const texts = entries.map((entry) => Buffer.from(entryText(entry)));
  return {
    bytes: Buffer.concat(texts),
    wholeIn: (length) => {
      let count = 0;
      for (let end = 0; count < texts.length; count++) {
        end += (texts[count] as Buffer).length;
        if (end > length) break;
      }
      return count;
    },
  };
}

function jsonLine(entry: object): string {
  return `${escapeControls(JSON.stringify(entry))}\n`;
}

/**
 * Puts a line end where a comma stands between two entries: their JSON is shared with all readers and has no line end of
 * its own. A look at the nesting is needed, as any text can stand in a message, and any object in the data.
 */
function splitEntries(pieces: readonly Uint8Array[]): Buffer {
  const bytes = Buffer.concat([...pieces, Buffer.from('\n')]);
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      for (at++; at < bytes.length && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth--;
    else if (byte === COMMA && depth === 0) bytes[at] = LF;
  }
  return bytes;
}
