import { type LogEntry } from '../../../domain/log-entry.js';
import { BLOCK_BYTES, withBlock } from '../disk/blocks.js';
import { type OpenFile } from '../disk/open-file.js';
import { type LineReading } from './line-reading.js';
import { LineSplitter } from '../lines/split-lines.js';
import { type RawLine } from '../lines/raw-line.js';
import { encodeEntry } from './encode-entry.js';
import { type Examiner } from './examine.js';
import { inTurn } from './in-turn.js';
import { lineStart } from './line-start.js';
import { type UnendedLine } from './unended-line.js';
import { restOfLine } from './rest-of-line.js';

const LF = 0x0a;
/** Bytes of lines that are held back at most, to see where the last entry ends. */
const MAX_HELD_BACK = 256 * 1024;

/** What to read of a file. */
export interface ForwardRequest {
  /** The offset after which to read. */
  readonly from: number;
  readonly limit: number;
  readonly maxBytes: number | undefined;
  readonly examiner: Examiner;
  /** Whether a line without an end is handed out. */
  readonly takesRest: boolean;
  readonly unended: UnendedLine;
}

/** Entries, and how far they reach. */
export interface Forward {
  readonly entries: readonly LogEntry[];
  readonly reached: number;
  /** Whether nothing is left that could be handed out now. */
  readonly isAtEnd: boolean;
}

/** Reads on from a place in a file. */
export function readForward(file: OpenFile, lines: LineReading, request: ForwardRequest): Promise<Forward> {
  return inTurn(() => withBlock((memory) => readInto(memory, file, lines, request)));
}

async function readInto(
  memory: Uint8Array,
  file: OpenFile,
  lines: LineReading,
  request: ForwardRequest,
): Promise<Forward> {
  const { from, limit, maxBytes = Infinity, examiner, takesRest, unended } = request;
  const taken: LogEntry[] = [];
  let bytes = 0;
  let reached = from;
  if (limit === 0 || from >= file.size) return { entries: taken, reached, isAtEnd: from >= file.size };
  if (!takesRest && (await unended.isStill(file, from))) return { entries: taken, reached, isAtEnd: true };
  const splitter = new LineSplitter(lines);
  // With it comes the byte before, which says whether a line starts there.
  let block = await file.read(Math.max(0, from - 1), from + BLOCK_BYTES - 1, memory);
  const isInLine = from > 0 && block[0] !== LF;
  const beginning = isInLine ? await beginningOfLine(file, from, lines.maxLineBytes) : undefined;
  if (from > 0) block = block.subarray(1);
  const finished = (line: RawLine): RawLine =>
    beginning !== undefined && line.start === from ? restOfLine(line, beginning, lines.redact) : line;
  let held: RawLine[] = [];
  for (let place = from; ;) {
    held.push(...splitter.push(block, place).map(finished));
    place += block.length;
    const isAtEnd = block.length === 0 || place >= file.size;
    const rest = isAtEnd && takesRest ? splitter.rest : undefined;
    if (rest) held.push(finished(rest));
    // The last entry may go on in the next block.
    const isOpen = !isAtEnd && held.length > 0 && (held.at(-1)?.end ?? 0) - held[0].start < MAX_HELD_BACK;
    const isFull = examiner.spend(() => {
      const entries = lines.entriesOf(held);
      for (const entry of isOpen ? entries.slice(0, -1) : entries) {
        if (taken.length >= limit) return true;
        if (examiner.passes(entry)) {
          bytes += maxBytes === Infinity ? 0 : encodeEntry(entry).length + 1;
          if (taken.length > 0 && bytes - 1 > maxBytes) return true;
          taken.push(entry);
        }
        reached = entry.id;
      }
      if (!isOpen) reached = held.at(-1)?.end ?? reached;
      return false;
    });
    if (isAtEnd && !takesRest && reached === from) unended.remember(file, from);
    if (isFull || isAtEnd || (examiner.isSpent && reached > from))
      return { entries: taken, reached, isAtEnd: isAtEnd && !isFull };
    block = await file.read(place, place + BLOCK_BYTES, memory);
    held = isOpen ? held.filter((line) => line.end > reached) : [];
  }
}

/** What comes before a place in its line, as far as lines are read at all. */
async function beginningOfLine(file: OpenFile, from: number, maxLineBytes: number): Promise<string> {
  const start = await lineStart(file, from, Math.max(0, from - maxLineBytes));
  return Buffer.from(await file.read(start, from)).toString();
}
