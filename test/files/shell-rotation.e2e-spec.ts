import { jest } from '@jest/globals';
import { accountOf, ALL, LINES, NOTHING_LOST, ROTATIONS } from './account.js';
import { expectAllHeld } from './copied-and-truncated.js';
import { FollowedFile } from './followed-file.js';
import { shell, writeLines } from './numbered-writer.js';

jest.setTimeout(60_000);

/** Those before it move up. */
const SHIFT = `for n in 9 8 7 6 5 4 3 2 1; do if [ -e app.log.$n ]; then mv app.log.$n app.log.$((n + 1)); fi; done`;
const AGAIN = 'kill -HUP $PID';

describe(`${LINES} lines of a file that a script rotates ${ROTATIONS} times`, () => {
  let file: FollowedFile;
  beforeEach(async () => (file = await FollowedFile.open()));
  afterEach(() => file.close());

  const write = (script: string, before: () => Promise<void> = () => Promise.resolve()): Promise<void> =>
    writeLines(file.path, async ({ pid }) => {
      await before();
      await shell(script, file.folder, { PID: String(pid) });
    });

  it('with mv: everybody gets each of them once, in order', async () => {
    await write(`${SHIFT}; mv app.log app.log.1; : > app.log; ${AGAIN}`);
    expect(accountOf(await file.streamed())).toEqual(NOTHING_LOST);
    expect(accountOf(await file.polled)).toEqual(NOTHING_LOST);
    const back = await file.pagedBack();
    expect(accountOf(back)).toEqual(NOTHING_LOST);
    expect(accountOf(await file.readOn(back))).toEqual(NOTHING_LOST);
  });

  it('with rm: who follows gets each of them once, in order', async () => {
    // What is deleted before somebody looks at it can be read by nobody.
    await write(`rm app.log; : > app.log; ${AGAIN}`, () => file.isHeld());
    expect(accountOf(await file.streamed())).toEqual(NOTHING_LOST);
    expect(accountOf(await file.polled)).toEqual(NOTHING_LOST);
    expect(accountOf(await file.pagedBack(), file.linesOnDisk())).toEqual(NOTHING_LOST);
  });

  it('with cp and truncate: everybody gets once what the copies and the file hold', async () => {
    await write(`${SHIFT}; cp app.log app.log.1; truncate -s 0 app.log`);
    await expectAllHeld(file);
  });

  it('with truncate alone: who follows is told of a gap wherever lines are missing', async () => {
    // Who has seen nothing yet cannot know that something was there.
    await write('truncate -s 0 app.log', () => file.hasBegun());
    const bytesOf = (messages: readonly string[]): number =>
      messages.reduce((sum, message) => sum + message.length + 1, 0);
    const written = bytesOf(ALL.map((line) => `line ${line} ${'x'.repeat(line % 90)}`));
    for (const batches of [await file.streamed(), await file.polled]) {
      const account = accountOf(batches, ALL);
      expect(account).toMatchObject({ doubled: [], misplaced: [], untold: [] });
      expect(account.gaps.length).toBeGreaterThan(0);
      expect(account.gaps.length).toBeLessThanOrEqual(ROTATIONS);
      for (const gap of account.gaps) expect(gap).toMatchObject({ reason: 'truncated', missed: null });
      const told = account.gaps.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
      const got = batches.flatMap(({ entries }) => entries.map(({ message }) => message));
      expect(told).toBeLessThanOrEqual(written - bytesOf(got));
    }
    expect(accountOf(await file.pagedBack(), file.linesOnDisk())).toEqual(NOTHING_LOST);
  });
});
