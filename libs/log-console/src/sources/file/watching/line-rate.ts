import { type OpenFile } from '../disk/open-file.js';

const SAMPLE_BYTES = 64 * 1024;
/** Looks that follow faster are answered with what was found before. */
const SHORTEST_MS = 1000;
const LF = 0x0a;

/** How many lines a file gets per second, from how it grew between two looks and how long its last lines are. */
export class LineRate {
  #last: { readonly inode: string; readonly size: number; readonly at: number } | undefined;
  #rate = 0;

  /** Lines per second since the look before, with one decimal; 0 at the first. */
  async sample(file: OpenFile): Promise<number> {
    const at = performance.now();
    const last = this.#last;
    if (last && at - last.at < SHORTEST_MS) return this.#rate;
    this.#last = { inode: file.inode, size: file.size, at };
    const grown = last?.inode === file.inode ? file.size - last.size : 0;
    if (!last || grown <= 0) return (this.#rate = 0);
    const sample = await file.read(Math.max(0, file.size - Math.min(grown, SAMPLE_BYTES)), file.size);
    const lines = sample.reduce((count, byte) => count + (byte === LF ? 1 : 0), 0);
    const perByte = lines / Math.max(1, sample.length);
    return (this.#rate = Math.round((10_000 * grown * perByte) / (at - last.at)) / 10);
  }
}
