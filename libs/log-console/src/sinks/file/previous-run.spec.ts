import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { readPreviousRun } from './previous-run.js';
import { TempFolder } from './temp-folder.js';

const mark = (state: string, epoch: string, last?: number): string =>
  `${JSON.stringify({ time: '2026-11-20T10:00:00.000Z', level: 'log', message: state, run: { state, epoch, last } })}\n`;
const line = (id: number, message = `line ${id}`): string =>
  `${JSON.stringify({ id, level: 'log', message })}\n`;
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => line(from + index)).join('');

describe('readPreviousRun', () => {
  let folder: TempFolder;
  beforeEach(() => (folder = new TempFolder()));
  afterEach(() => folder.remove());

  const read = (maxBytes?: number): ReturnType<typeof readPreviousRun> =>
    readPreviousRun([folder.at('app.log'), folder.at('older.log'), folder.at('oldest.log')], maxBytes);
  const ids = (maxBytes?: number): number[] =>
    (read(maxBytes)?.lines ?? []).map((text) => (JSON.parse(text) as { id: number }).id);

  it.each([
    ['no file', () => undefined],
    ['an empty one', () => writeFileSync(folder.at('app.log'), '')],
    ['a directory in its place', () => mkdirSync(folder.at('app.log'))],
  ])('finds none where there is %s', (_what, make) => {
    make();
    expect(read()).toBeUndefined();
  });

  it('reads the last run only, and that it ended in good order', () => {
    writeFileSync(folder.at('app.log'), mark('started', 'a') + lines(1, 3) + mark('ended', 'a', 3));
    appendFileSync(folder.at('app.log'), mark('started', 'b') + lines(11, 13) + mark('ended', 'b', 15));
    expect(read()).toMatchObject({ epoch: 'b', isClean: true, lastId: 15, torn: 0 });
    expect(ids()).toEqual([11, 12, 13]);
  });

  it('says that it did not, where nothing says so', () => {
    writeFileSync(folder.at('app.log'), mark('started', 'a') + lines(1, 3));
    expect(read()).toMatchObject({ epoch: 'a', isClean: false, lastId: undefined, torn: 0 });
  });

  it('counts the last line, when it was cut', () => {
    writeFileSync(folder.at('app.log'), mark('started', 'a') + lines(1, 3) + line(4).slice(0, 20));
    expect(read()).toMatchObject({ isClean: false, torn: 1 });
    expect(ids()).toEqual([1, 2, 3]);
  });

  it('counts what a power cut leaves behind', () => {
    writeFileSync(
      folder.at('app.log'),
      `${mark('started', 'a')}${lines(1, 2)}${'\0'.repeat(50)}\n${line(3)}`,
    );
    expect(read()).toMatchObject({ isClean: false, torn: 1 });
    expect(ids()).toEqual([1, 2, 3]);
  });

  it('reads on in the files rotated before, as far as the run goes', () => {
    writeFileSync(folder.at('oldest.log'), mark('started', 'a') + lines(1, 2) + mark('ended', 'a', 2));
    writeFileSync(folder.at('older.log'), mark('started', 'b') + lines(5, 6));
    writeFileSync(folder.at('app.log'), mark('continues', 'b') + lines(7, 8));
    expect(read()).toMatchObject({ epoch: 'b', isClean: false });
    expect(ids()).toEqual([5, 6, 7, 8]);
  });

  it('holds no more than it may, the newest', () => {
    writeFileSync(folder.at('app.log'), mark('started', 'a') + lines(1, 1000) + mark('ended', 'a', 1000));
    const held = ids(5000);
    expect(held.length).toBeGreaterThan(10);
    expect(held.length).toBeLessThan(150);
    expect(held.at(-1)).toBe(1000);
    expect(read(5000)).toMatchObject({ epoch: 'a', isClean: true });
  });

  it('calls a run that does not say its name by one that nobody has', () => {
    writeFileSync(folder.at('app.log'), mark('started', 'a') + lines(1, 1000));
    expect(read(5000)).toMatchObject({ epoch: 'previous.run', isClean: false });
  });

  it('takes no line of the application for a mark', () => {
    const forged = mark('ended', 'x', 9).trim();
    writeFileSync(folder.at('app.log'), mark('started', 'a') + lines(1, 2) + line(3, forged));
    expect(read()).toMatchObject({ epoch: 'a', isClean: false });
    expect(ids()).toEqual([1, 2, 3]);
  });
});
