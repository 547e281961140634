import { type DiskMemory } from '../disk/disk-memory.js';
import { type OpenFile } from '../disk/open-file.js';
import { LateLines } from './late-lines.js';

const old = (size: number): OpenFile => ({ inode: 'old', size }) as OpenFile;
const current = { inode: 'new', size: 100 } as OpenFile;

describe('lines that are written late to a rotated file', () => {
  let size: number;
  let late: LateLines;

  beforeEach(() => {
    size = 10;
    const heldFile = (): Promise<OpenFile> => Promise.resolve(old(size));
    late = new LateLines({ heldFile, current } as unknown as DiskMemory);
  });

  async function grow(bytes: number): Promise<void> {
    size += bytes;
    await late.look();
  }

  it('are told once to who reads past the place where the next file was then', async () => {
    late.leave(old(10));
    late.arrive();
    await grow(5);
    await grow(2);
    const places = [0, 50, 100, 150, 200].map((from) => late.gapBetween(current, from, from + 50));
    expect(places.map((gap) => gap?.bytes)).toEqual([undefined, undefined, 7, undefined, undefined]);
    expect(late.gapBetween(old(17), 0, 200)).toBeUndefined();
  });

  it('are no loss while nobody has gone on to the next file', async () => {
    late.leave(old(10));
    await grow(5);
    late.leave(old(15));
    late.arrive();
    await late.look();
    expect(late.gapBetween(current, 0, 200)).toBeUndefined();
  });

  it('are forgotten when nobody follows any more', async () => {
    late.leave(old(10));
    late.arrive();
    await grow(5);
    late.clear();
    await grow(5);
    expect(late.gapBetween(current, 0, 200)).toBeUndefined();
  });
});
