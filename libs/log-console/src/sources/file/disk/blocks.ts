/** What is read of a file at once. */
export const BLOCK_BYTES = 64 * 1024;
const MAX_SPARE = 4;
const spare: Uint8Array[] = [];

/** Runs work with a block of memory that is used again afterwards: garbage of this kind grows faster than it is collected. */
export async function withBlock<T>(work: (block: Uint8Array) => Promise<T>): Promise<T> {
  const block = spare.pop() ?? Buffer.allocUnsafeSlow(BLOCK_BYTES);
  try {
    return await work(block);
  } finally {
    if (spare.length < MAX_SPARE) spare.push(block);
  }
}
