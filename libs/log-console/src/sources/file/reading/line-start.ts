import { type OpenFile } from '../disk/open-file.js';

const BLOCK = 64 * 1024;
const LF = 0x0a;

/** Where the line starts that the byte before this place belongs to, or would; not looked for below `floor`. */
export async function lineStart(file: OpenFile, before: number, floor = 0): Promise<number> {
  for (let to = before; to > floor; to -= BLOCK) {
    const from = Math.max(floor, to - BLOCK);
    const at = (await file.read(from, to)).lastIndexOf(LF);
    if (at >= 0) return from + at + 1;
  }
  return floor;
}
