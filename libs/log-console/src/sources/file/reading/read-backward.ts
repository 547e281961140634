import { type LogEntry } from '../../../domain/log-entry.js';
import { BLOCK_BYTES, withBlock } from '../disk/blocks.js';
import { type OpenFile } from '../disk/open-file.js';
import { type RawLine } from '../lines/raw-line.js';
import { LineSplitter } from '../lines/split-lines.js';
import { encodeEntry } from './encode-entry.js';
import { type Examiner } from './examine.js';
import { inTurn } from './in-turn.js';
import { type LineReading } from './line-reading.js';
import { lineStart } from './line-start.js';

const SMALL_BLOCK = 4 * 1024;
/** A guess before any is known, so that for few lines little is read. */
const BYTES_PER_ENTRY = 256;
const LF = 0x0a;
/** Bytes of lines that are held at most, to see where an entry begins. */
const MAX_HELD = 256 * 1024;

/** What to read of a file. */
export interface BackwardRequest {
  /** The end of the last line wanted. */
  readonly to: number;
  readonly limit: number;
  readonly maxBytes: number | undefined;
  readonly examiner: Examiner;
}

/** Entries, oldest first, and how far back they reach. */
export interface Backward {
  readonly entries: readonly LogEntry[];
  /** Where the oldest entry that was looked at starts. */
  readonly reached: number;
}

/** Reads the last entries before a place in a file, in blocks from its end. */
export function readBackward(
  file: OpenFile,
  lines: LineReading,
  request: BackwardRequest,
): Promise<Backward> {
  return inTurn(() => readFromEnd(file, lines, request));
}

async function readFromEnd(file: OpenFile, lines: LineReading, request: BackwardRequest): Promise<Backward> {
  const { to, limit, maxBytes = Infinity, examiner } = request;
  const taken: LogEntry[] = [];
  let bytes = 0;
  let reached = to;
  let held: RawLine[] = [];
  for (let end = to; end > 0 && taken.length < limit;) {
    const perEntry = end === to ? BYTES_PER_ENTRY : Math.ceil((to - end) / taken.length);
    const size = Math.min(BLOCK_BYTES, Math.max(SMALL_BLOCK, (limit - taken.length) * perEntry));
    const segment = [...(await linesBefore(file, end, size, lines.maxLineBytes)), ...held];
    if (segment.length === 0) break; // it was truncated since
    const start = (end = segment[0].start);
    const isFull = examiner.spend(() => {
      const entries = lines.entriesOf(segment);
      // The first may belong to an entry that begins in the block before.
      const isOpen = start > 0 && (entries[0]?.id ?? 0) - start < MAX_HELD;
      for (let index = entries.length - 1; index >= (isOpen ? 1 : 0); index--) {
        if (taken.length >= limit) return true;
        if (examiner.passes(entries[index])) {
          bytes += maxBytes === Infinity ? 0 : encodeEntry(entries[index]).length + 1;
          if (taken.length > 0 && bytes - 1 > maxBytes) return true;
          taken.push(entries[index]);
        }
        reached = index === 0 ? start : entries[index - 1].id;
      }
      held = isOpen ? segment.filter((line) => line.end <= (entries[0]?.id ?? 0)) : [];
      return false;
    });
    if (isFull || (examiner.isSpent && reached < to)) break;
  }
  return { entries: taken.reverse(), reached };
}

/** The whole lines of about the last `size` bytes before a place; one at least, however long it is. */
function linesBefore(file: OpenFile, end: number, size: number, maxLineBytes: number): Promise<RawLine[]> {
  return withBlock(async (memory) => {
    const from = Math.max(0, end - size);
    const block = await file.read(from, end, memory);
    const first = from === 0 ? 0 : block.indexOf(LF) + 1;
    const splitter = new LineSplitter({ maxLineBytes });
    const lines: RawLine[] = [];
    if ((from === 0 || first > 0) && first < block.length) {
      lines.push(...splitter.push(block.subarray(first), from + first));
    } else {
      let place = await lineStart(file, from);
      for (let part = block; place < end && part.length > 0; place += part.length) {
        part = await file.read(place, Math.min(end, place + BLOCK_BYTES), memory);
        lines.push(...splitter.push(part, place));
      }
    }
    return splitter.rest ? [...lines, splitter.rest] : lines;
  });
}
