import { EncodedBlocks } from './encoded-blocks.js';

const FIRST = 1000;
const BLOCK = 64;

/** Blocks over entries whose JSON names them, and differs in length; `made` counts how often each was made. */
function blocksOf(): { blocks: EncodedBlocks; made: Map<number, number> } {
  const made = new Map<number, number>();
  const blocks = new EncodedBlocks(FIRST, (id) => {
    made.set(id, (made.get(id) ?? 0) + 1);
    return jsonOf(id);
  });
  return { blocks, made };
}

function jsonOf(id: number): string {
  return `{"id":${id},"text":"${'é'.repeat(id % 5)}"}`;
}

function textOf(pieces: readonly Uint8Array[]): string {
  return Buffer.concat(pieces).toString();
}

function jsonOfRange(from: number, to: number): string {
  return Array.from({ length: to - from + 1 }, (_, index) => jsonOf(from + index)).join(',');
}

describe('EncodedBlocks', () => {
  it.each([
    ['one entry', FIRST, FIRST],
    ['a whole block', FIRST, FIRST + BLOCK - 1],
    ['the end of a block', FIRST + 60, FIRST + BLOCK - 1],
    ['across two blocks', FIRST + 60, FIRST + 70],
    ['across many blocks', FIRST + 3, FIRST + 5 * BLOCK + 7],
    ['from the start of one block to the start of another', FIRST + BLOCK, FIRST + 2 * BLOCK],
  ])('joins the JSON of a range with commas: %s', (_, from, to) => {
    const { blocks } = blocksOf();
    expect(textOf(blocks.pieces(from, to))).toBe(jsonOfRange(from, to));
  });

  it('answers an empty range with nothing', () => {
    expect(blocksOf().blocks.pieces(FIRST, FIRST - 1)).toEqual([]);
  });

  it('makes the JSON of each entry once, for any number of readers and ranges', () => {
    const { blocks, made } = blocksOf();
    for (const [from, to] of [
      [10, 20],
      [0, 5],
      [70, 200],
      [0, 300],
      [130, 131],
    ])
      expect(textOf(blocks.pieces(FIRST + from, FIRST + to))).toBe(jsonOfRange(FIRST + from, FIRST + to));
    expect(new Set(made.values())).toEqual(new Set([1]));
  });

  it('makes nothing until somebody reads', () => {
    const { blocks, made } = blocksOf();
    blocks.dropBefore(FIRST + 10);
    expect(made.size).toBe(0);
  });

  it('shares the bytes of a block between readers', () => {
    const { blocks } = blocksOf();
    const [one] = blocks.pieces(FIRST, FIRST + BLOCK - 1);
    const [other] = blocks.pieces(FIRST + 10, FIRST + BLOCK - 1);
    expect([other.buffer, other.byteOffset + other.length]).toEqual([
      one.buffer,
      one.byteOffset + one.length,
    ]);
    expect(other.buffer).toBe(one.buffer);
  });

  it('extends a block that was read before it was full, and leaves what was handed out as it was', () => {
    const { blocks, made } = blocksOf();
    const handedOut = Array.from({ length: BLOCK + 3 }, (_, count) => blocks.pieces(FIRST, FIRST + count));
    for (const [count, pieces] of handedOut.entries())
      expect(textOf(pieces)).toBe(jsonOfRange(FIRST, FIRST + count));
    expect(new Set(made.values())).toEqual(new Set([1]));
  });

  it('makes nothing of what was evicted before the block was first read', () => {
    const { blocks, made } = blocksOf();
    blocks.dropBefore(FIRST + 40);
    expect(textOf(blocks.pieces(FIRST + 40, FIRST + 70))).toBe(jsonOfRange(FIRST + 40, FIRST + 70));
    expect(Math.min(...made.keys())).toBe(FIRST + 40);
  });

  it('makes nothing of what was evicted inside a block between two reads: other entries have its slots', () => {
    const { blocks, made } = blocksOf();
    expect(textOf(blocks.pieces(FIRST + 5, FIRST + 10))).toBe(jsonOfRange(FIRST + 5, FIRST + 10));
    blocks.dropBefore(FIRST + 30);
    expect(textOf(blocks.pieces(FIRST + 30, FIRST + 33))).toBe(jsonOfRange(FIRST + 30, FIRST + 33));
    expect(textOf(blocks.pieces(FIRST + 31, FIRST + 35))).toBe(jsonOfRange(FIRST + 31, FIRST + 35));
    expect([...made.keys()].filter((id) => id > FIRST + 10 && id < FIRST + 30)).toEqual([]);
  });

  it('knows how many bytes each entry takes, its comma included', () => {
    const { blocks, made } = blocksOf();
    for (const id of [FIRST + 70, FIRST + 64, FIRST + 3, FIRST, FIRST + 63])
      expect(blocks.sizeOf(id)).toBe(Buffer.byteLength(jsonOf(id)) + 1);
    expect(new Set(made.values())).toEqual(new Set([1]));
  });

  it('makes a whole block at once where it knows how far that is held, and nothing beyond', () => {
    const { blocks, made } = blocksOf();
    blocks.sizeOf(FIRST + 2, FIRST + 70);
    expect([...made.keys()]).toEqual(Array.from({ length: BLOCK }, (_, index) => FIRST + index));
    blocks.sizeOf(FIRST + 65, FIRST + 70);
    expect(Math.max(...made.keys())).toBe(FIRST + 70);
    expect(blocks.sizeOf(FIRST + 3, FIRST + 70)).toBe(Buffer.byteLength(jsonOf(FIRST + 3)) + 1);
    expect(new Set(made.values())).toEqual(new Set([1]));
  });

  it('forgets the blocks none of whose entries is held, and keeps the others', () => {
    const { blocks, made } = blocksOf();
    blocks.pieces(FIRST, FIRST + 3 * BLOCK - 1);
    blocks.dropBefore(FIRST + 2 * BLOCK - 1);
    // Nothing ever comes back; here it does, to see what is remembered.
    blocks.dropBefore(FIRST);
    blocks.pieces(FIRST, FIRST + 3 * BLOCK - 1);
    expect([0, 1, 2].map((block) => made.get(FIRST + block * BLOCK))).toEqual([2, 1, 1]);
  });

  it('keeps little alive for a reader that stands still, however long the entries: its own, and 64 KiB', () => {
    const blocks = new EncodedBlocks(FIRST, (id) => JSON.stringify({ id, text: 'x'.repeat(100_000) }));
    // Each reads one entry as it comes, and never returns.
    const handedOut = Array.from({ length: BLOCK }, (_, index) =>
      blocks.pieces(FIRST + index, FIRST + index),
    );
    const memory = new Set(handedOut.flat().map(({ buffer }) => buffer));
    const bytes = [...memory].reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect(bytes).toBeLessThan(BLOCK * (100_000 + 64 * 1024));
  });

  it('joins the JSON of entries that are long and short by turns', () => {
    const text = (id: number): string => JSON.stringify({ id, text: 'é'.repeat((id % 3) * 20_000) });
    const blocks = new EncodedBlocks(FIRST, text);
    for (const [from, to] of [
      [3, 3],
      [1, 7],
      [0, 90],
      [62, 66],
      [40, 41],
    ]) {
      const wanted = Array.from({ length: to - from + 1 }, (_, index) => text(FIRST + from + index));
      expect(textOf(blocks.pieces(FIRST + from, FIRST + to))).toBe(wanted.join(','));
    }
    expect(blocks.sizeOf(FIRST + 65)).toBe(Buffer.byteLength(text(FIRST + 65)) + 1);
  });
});
