import { type RawLine } from './raw-line.js';

const LF = 0x0a;
const CR = 0x0d;
const BYTE_ORDER_MARK = 0xfeff;
/** A buffer that a long line needed is let go afterwards: many files are followed, few have such lines often. */
const KEPT_BUFFER = 16 * 1024;

/** How long a line may become. */
export interface LineSplitterOptions {
  /** Bytes of a line that are kept; what is longer is cut, counted and skipped. */
  readonly maxLineBytes: number;
}

/**
 * Makes lines of the blocks of a file, given in order. Every byte belongs to exactly one line, wherever the blocks are
 * cut; of a line that is not complete, its first `maxLineBytes` are held and nothing else.
 */
export class LineSplitter {
  readonly #maxLineBytes: number;
  /** The beginning of the line that waits for its LF; a copy, so that blocks may be reused. */
  #held: Buffer | undefined;
  #heldLength = 0;
  /** Where the line that waits starts, and its bytes so far: `#held` has the first of them. */
  #start = 0;
  #bytes = 0;
  #lastByte = 0;
  #isPlaced = false;

  constructor({ maxLineBytes }: LineSplitterOptions) {
    this.#maxLineBytes = maxLineBytes;
  }

  /** Bytes of memory that are taken by the line that waits. */
  get heldBytes(): number {
    return this.#held?.length ?? 0;
  }

  /** Where the next block has to start. */
  get offset(): number {
    return this.#start + this.#bytes;
  }

  /**
   * The lines that end in this block.
   * @param offset where in the file it starts: anywhere for the first block, where the one before ended for the others
   */
  push(block: Uint8Array, offset: number): RawLine[] {
    if (!this.#isPlaced) this.#start = offset;
    this.#isPlaced = true;
    if (offset !== this.offset) throw new RangeError(`The block starts at ${offset}, not at ${this.offset}`);
    const bytes = Buffer.from(block.buffer, block.byteOffset, block.length);
    const lines: RawLine[] = [];
    let from = 0;
    for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, from)) {
      lines.push(
        this.#bytes === 0 ? this.#whole(bytes, from, at, offset + at + 1) : this.#joined(bytes, from, at),
      );
      from = at + 1;
    }
    this.#hold(bytes, from);
    return lines;
  }

  /** What waits for its LF, without half a character or a CR at its end: those wait for what follows them. */
  get rest(): RawLine | undefined {
    const held = this.#held;
    if (held === undefined || this.#bytes === 0) return undefined;
    const known = this.#bytes - (this.#lastByte === CR ? 1 : 0);
    const isCut = known > this.#maxLineBytes;
    const length = isCut
      ? wholeCharacters(held.subarray(0, this.#heldLength), this.#maxLineBytes)
      : completeLength(held.subarray(0, known));
    if (length === 0) return undefined;
    const bytes = isCut ? known : length;
    return {
      start: this.#start,
      end: this.#start + bytes,
      text: textOf(held, 0, length, this.#start),
      bytes,
      isCut,
      hasEnd: false,
    };
  }

  #begin(start: number): void {
    this.#start = start;
    this.#bytes = this.#heldLength = 0;
    if (this.heldBytes > KEPT_BUFFER) this.#held = undefined;
  }

  /** A line that lies in one block. */
  #whole(block: Buffer, from: number, at: number, end: number): RawLine {
    const start = this.#start;
    const bytes = at - from - (at > from && block[at - 1] === CR ? 1 : 0);
    const isCut = bytes > this.#maxLineBytes;
    const length = isCut
      ? wholeCharacters(block.subarray(from, from + this.#maxLineBytes + 1), this.#maxLineBytes)
      : bytes;
    this.#start = end;
    return {
      start,
      end,
      text: textOf(block, from, from + length, start),
      bytes,
      isCut,
      hasEnd: true,
    };
  }

  /** The line that waited, with its end. */
  #joined(block: Buffer, from: number, at: number): RawLine {
    this.#hold(block.subarray(0, at), from);
    const held = (this.#held ?? Buffer.of()).subarray(0, this.#heldLength);
    const bytes = this.#bytes - (this.#lastByte === CR ? 1 : 0);
    const isCut = bytes > this.#maxLineBytes;
    const length = isCut ? wholeCharacters(held, this.#maxLineBytes) : bytes;
    const start = this.#start;
    const end = start + this.#bytes + 1;
    const line = {
      start,
      end,
      text: textOf(held, 0, length, start),
      bytes,
      isCut,
      hasEnd: true,
    };
    this.#begin(end);
    return line;
  }

  /** Keeps the block from there on as a part of the line that waits. */
  #hold(block: Buffer, from: number): void {
    const length = block.length - from;
    if (length <= 0) return;
    // One more than is kept, so that a CR at the end of a line that just fits does not make it too long.
    const wanted = Math.min(length, this.#maxLineBytes + 1 - this.#heldLength);
    if (wanted > 0) {
      const held = this.#grown(this.#heldLength + wanted);
      block.copy(held, this.#heldLength, from, from + wanted);
      this.#heldLength += wanted;
    }
    this.#bytes += length;
    this.#lastByte = block[block.length - 1];
  }

  #grown(length: number): Buffer {
    const held = this.#held;
    if (held && held.length >= length) return held;
    const most = this.#maxLineBytes + 1;
    const grown = Buffer.allocUnsafeSlow(Math.min(most, Math.max(length, 2 * (held?.length ?? 512))));
    held?.copy(grown, 0, 0, this.#heldLength);
    return (this.#held = grown);
  }
}

function textOf(bytes: Buffer, from: number, to: number, start: number): string {
  const text = bytes.toString('utf8', from, to);
  return start === 0 && text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
}

/** How many of the first bytes are kept so that a cut goes between characters: at most three less. */
function wholeCharacters(bytes: Buffer, most: number): number {
  let length = Math.min(most, bytes.length);
  for (let back = 0; back < 3 && length > 0 && isInner(bytes[length]); back++) length--;
  return isInner(bytes[length]) ? Math.min(most, bytes.length) : length;
}

/** How many bytes there are before the beginning of a character at the end. */
function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back];
    if (isInner(byte)) continue;
    return lengthOfCharacter(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Bytes of the character that begins with this one. */
function lengthOfCharacter(first: number): number {
  if (first < 0xc2 || first > 0xf4) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

function isInner(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
