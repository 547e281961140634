import { appendFileSync, chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { bearer, OPERATOR, PEOPLE } from '../access/people.js';
import { EventReader } from '../reading/event-reader.js';
import { AppFolder, type RunningApp } from '../support/app-process.js';
import { ADAPTERS } from '../support/host-app.js';
import { plainLines } from './file-host.js';

// The package is compiled for a process of its own.
jest.setTimeout(30_000);

/** Root may read everything: the application gives its rights up. */
const NOBODY = 65_534;
const GIVE_UP = `if (process.getuid() === 0) {
  process.setgroups([]);
  process.setgid(${NOBODY});
  process.setuid(${NOBODY});
}`;

describe.each(ADAPTERS)('A log file that its reader may not read for a while, on %s', (adapter) => {
  const apps = new AppFolder();
  const readers: EventReader[] = [];
  let folder: string;
  let app: RunningApp | undefined;

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'log-console-files-')));
    chmodSync(folder, 0o755);
    for (const name of ['app.log', 'other.log']) writeFileSync(join(folder, name), plainLines(1));
    const options = JSON.stringify({
      access: { tokens: PEOPLE },
      forward: false,
      files: ['app', 'other'].map((id) => ({ id, path: join(folder, `${id}.log`), format: 'plain' })),
    });
    app = await apps.start(adapter, { terminal: false, options, prepare: GIVE_UP });
  });
  afterAll(async () => {
    for (const reader of readers) reader.close();
    await app?.stop();
    apps.remove();
    rmSync(folder, { recursive: true });
  });

  async function follow(id: string): Promise<EventReader> {
    const url = `http://127.0.0.1:${app!.port}/log-console/api/files/${id}/stream`;
    const reader = await EventReader.open(url, bearer(OPERATOR));
    readers.push(reader);
    await reader.until(() => reader.entries.length === 1);
    return reader;
  }

  it('is told to be unavailable, and goes on without a loss when it can be read again', async () => {
    const [reader, neighbour] = [await follow('app'), await follow('other')];
    const changes = (): unknown[] => reader.named('file').map(({ data }) => data.change);
    chmodSync(join(folder, 'app.log'), 0);
    await reader.until(() => changes().length === 1);
    expect(reader.named('file')[0].data).toMatchObject({
      change: 'unavailable',
      reason: 'permission denied',
    });
    appendFileSync(join(folder, 'app.log'), plainLines(2, 1));
    appendFileSync(join(folder, 'other.log'), plainLines(2, 1));
    await neighbour.until(() => neighbour.entries.length === 3);
    expect(reader.messages).toEqual(['line 0']);
    chmodSync(join(folder, 'app.log'), 0o644);
    await reader.until(() => reader.entries.length === 3);
    appendFileSync(join(folder, 'app.log'), plainLines(1, 3));
    await reader.until(() => reader.entries.length === 4);
    expect(reader.messages).toEqual(['line 0', 'line 1', 'line 2', 'line 3']);
    expect([changes(), reader.gaps]).toEqual([['unavailable', 'returned'], []]);
    expect(neighbour.named('file')).toEqual([]);
  });
});
