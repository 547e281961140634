import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { type LogBatch } from 'nestjs-log-console';
import { bearer, OPERATOR, PEOPLE } from '../access/people.js';
import { AppFolder, type RunningApp } from '../support/app-process.js';
import { request } from '../support/http-client.js';
import { accountOf, LINES, NOTHING_LOST, numberOf, ROTATIONS } from './account.js';
import { linesIn } from './followed-file.js';
import { shell, writeLines } from './numbered-writer.js';

jest.setTimeout(60_000);

const SHIFT = `for n in 9 8 7 6 5 4 3 2 1; do if [ -e app.log.$n ]; then mv app.log.$n app.log.$((n + 1)); fi; done`;

describe(`${LINES} lines that two processes serve to one client in turn`, () => {
  const apps = new AppFolder();
  const running: RunningApp[] = [];
  let folder: string;

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'log-console-files-')));
    const options = JSON.stringify({
      access: { tokens: PEOPLE },
      forward: false,
      files: [{ id: 'app', path: join(folder, 'app.log'), format: 'plain' }],
    });
    for (const adapter of ['express', 'fastify'] as const)
      running.push(await apps.start(adapter, { terminal: false, options }));
  });
  afterAll(async () => {
    await Promise.all(running.map((app) => app.stop()));
    apps.remove();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    writeFileSync(join(folder, 'app.log'), '');
  });

  /** Each poll goes to the other process, with the cursor of the one before. */
  async function poll(): Promise<LogBatch[]> {
    const batches: LogBatch[] = [];
    const isAtEnd = (): boolean =>
      batches.at(-1)?.entries.some(({ message }) => numberOf(message) === LINES) ?? false;
    for (let cursor = '0', turn = 0; !isAtEnd(); turn++) {
      const url = `http://127.0.0.1:${running[turn % 2].port}/log-console/api/files/app/entries`;
      const { status, json, text } = await request(`${url}?limit=500&wait=5&after=${cursor}`, {
        headers: bearer(OPERATOR),
      });
      if (status !== 200) throw new Error(`${status} ${text}`);
      batches.push(json as LogBatch);
      cursor = (json as LogBatch).next;
    }
    return batches;
  }

  const write = (script: string): Promise<void> =>
    writeLines(join(folder, 'app.log'), ({ pid }) => shell(script, folder, { PID: String(pid) }));

  it(`get there once, in order, over ${ROTATIONS} renamed files`, async () => {
    const polled = poll();
    await write(`${SHIFT}; mv app.log app.log.1; : > app.log; kill -HUP $PID`);
    expect(accountOf(await polled)).toEqual(NOTHING_LOST);
  });

  it(`get there once, in order, over ${ROTATIONS} copies`, async () => {
    const polled = poll();
    await write(`${SHIFT}; cp app.log app.log.1; truncate -s 0 app.log`);
    const { gaps, ...account } = accountOf(await polled, linesIn(folder));
    expect({ ...account, gaps: [] }).toEqual(NOTHING_LOST);
    for (const gap of gaps) expect(gap).toMatchObject({ reason: 'truncated', missed: null });
  });
});
