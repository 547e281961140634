import { BLOCK_BYTES, withBlock } from '../disk/blocks.js';
const LF = 0x0a;
/** Where the line starts that the byte before this place belongs to, or would; not looked for below `floor`. */
export function lineStart(file, before, floor = 0) {
    return withBlock(async (memory) => {
        for (let to = before; to > floor; to -= BLOCK_BYTES) {
            const from = Math.max(floor, to - BLOCK_BYTES);
            const at = (await file.read(from, to, memory)).lastIndexOf(LF);
            if (at >= 0)
                return from + at + 1;
        }
        return floor;
    });
}
