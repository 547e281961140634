import { BLOCK_BYTES, withBlock } from '../disk/blocks.js';
import { type OpenFile } from '../disk/open-file.js';

const LF = 0x0a;

/** Remembers how far the end of one long line was looked for, so that it is not looked for from its start again. */
export class UnendedLine {
  #inode = '';
  #start = -1;
  #searched = 0;

  /** Whether the line that starts there, which had no end when it was last read, still has none. */
  async isStill(file: OpenFile, start: number): Promise<boolean> {
    if (file.inode !== this.#inode || start !== this.#start || file.size < this.#searched) return false;
    return withBlock(async (memory) => {
      while (this.#searched < file.size) {
        const block = await file.read(this.#searched, this.#searched + BLOCK_BYTES, memory);
        if (block.length === 0 || block.includes(LF)) return false;
        this.#searched += block.length;
      }
      return true;
    });
  }

  /** No end was found from there to the end of the file. */
  remember({ inode, size }: OpenFile, start: number): void {
    if (size - start <= BLOCK_BYTES) return;
    this.#inode = inode;
    this.#start = start;
    this.#searched = size;
  }
}
