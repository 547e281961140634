import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { describeWith } from '../support/services.js';
import { accountOf, LINES, NOTHING_LOST, ROTATIONS } from './account.js';
import { expectAllHeld } from './copied-and-truncated.js';
import { FollowedFile } from './followed-file.js';
import { shell, writeLines } from './numbered-writer.js';

jest.setTimeout(60_000);

describeWith('logrotate', `${LINES} lines of a file that logrotate rotates ${ROTATIONS} times`, (command) => {
  let file: FollowedFile;
  beforeEach(async () => (file = await FollowedFile.open()));
  afterEach(() => file.close());

  /** Rotates whatever the time is, as `logrotate -f` does; the writer is told by `postrotate`. */
  async function write(directives: string, { deletes = false, isDated = false } = {}): Promise<void> {
    const configuration = join(file.folder, 'logrotate.conf');
    let last = 0;
    await writeLines(file.path, async ({ pid }) => {
      // What is deleted before somebody looks at it can be read by nobody.
      if (deletes) await file.isHeld();
      // One date is one name.
      while (isDated && Math.floor(Date.now() / 1000) === last) await setTimeout(10);
      last = Math.floor(Date.now() / 1000);
      const again = directives.includes('copytruncate') ? '' : `postrotate\nkill -HUP ${pid}\nendscript\n`;
      writeFileSync(configuration, `${file.path} {\nrotate 20\n${directives}\n${again}}\n`, {
        mode: 0o600,
      });
      await shell('"$LOGROTATE" -f -s state logrotate.conf', file.folder, { LOGROTATE: command });
      last = Math.floor(Date.now() / 1000);
    });
  }

  it.each([
    ['create', 'create 0600\nnocompress', {}],
    ['create and dates', 'create 0600\nnocompress\ndateext\ndateformat -%s', { isDated: true }],
  ])('with %s: everybody gets each of them once, in order', async (_, directives, how) => {
    await write(directives, how);
    expect(accountOf(await file.streamed())).toEqual(NOTHING_LOST);
    expect(accountOf(await file.polled)).toEqual(NOTHING_LOST);
    const back = await file.pagedBack();
    expect(accountOf(back)).toEqual(NOTHING_LOST);
    expect(accountOf(await file.readOn(back))).toEqual(NOTHING_LOST);
  });

  it('with delaycompress: who follows gets each of them once, in order', async () => {
    await write('create 0600\ncompress\ndelaycompress', { deletes: true });
    expect(accountOf(await file.streamed())).toEqual(NOTHING_LOST);
    expect(accountOf(await file.polled)).toEqual(NOTHING_LOST);
    const back = await file.pagedBack();
    expect(accountOf(back, file.linesOnDisk())).toEqual(NOTHING_LOST);
    expect(accountOf(await file.readOn(back), file.linesOnDisk())).toEqual(NOTHING_LOST);
  });

  it('with copytruncate: everybody gets once what the copies and the file hold', async () => {
    await write('copytruncate\nnocompress');
    await expectAllHeld(file);
  });
});
