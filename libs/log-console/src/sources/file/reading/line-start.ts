import { BLOCK_BYTES, withBlock } from '../disk/blocks.js';
import { type OpenFile } from '../disk/open-file.js';

const LF = 0x0a;

/** Where the line starts that the byte before this place belongs to, or would; not looked for below `floor`. */
export function lineStart(file: OpenFile, before: number, floor = 0): Promise<number> {
  return withBlock(async (memory) => {
    for (let to = before; to > floor; to -= BLOCK_BYTES) {
      const from = Math.max(floor, to - BLOCK_BYTES);
      const at = (await file.read(from, to, memory)).lastIndexOf(LF);
      if (at >= 0) return from + at + 1;
    }
    return floor;
  });
}
