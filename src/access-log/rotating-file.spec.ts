import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RotatingFile } from './rotating-file.js';

describe('RotatingFile', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'warehouse-'))));
  afterEach(() => rm(folder, { recursive: true }));

  const read = (name: string): Promise<string> => readFile(join(folder, 'logs', name), 'utf8');

  it('makes its folder for the first line, and goes on in a file that is there', async () => {
    const file = new RotatingFile(join(folder, 'logs/access.log'), { maxBytes: 100, keep: 1 });
    expect(await readdir(folder)).toEqual([]);
    file.write('one');
    file.write('two');
    await file.close();
    expect(await read('access.log')).toBe('one\ntwo\n');
    file.write('three');
    await file.close();
    expect(await read('access.log')).toBe('one\ntwo\nthree\n');
  });

  it('renames a full file, keeps as many as it shall, and loses no line between them', async () => {
    const file = new RotatingFile(join(folder, 'logs/access.log'), { maxBytes: 20, keep: 2 });
    for (let line = 0; line < 10; line++) file.write(`line ${line}`);
    await file.close();
    expect((await readdir(join(folder, 'logs'))).sort()).toEqual([
      'access.log',
      'access.log.1',
      'access.log.2',
    ]);
    expect((await read('access.log.2')) + (await read('access.log.1')) + (await read('access.log'))).toBe(
      'line 4\nline 5\nline 6\nline 7\nline 8\nline 9\n',
    );
  });

  it('goes on when it cannot write', async () => {
    const file = new RotatingFile(join(folder, 'no\0folder/access.log'), { maxBytes: 20, keep: 2 });
    file.write('lost');
    await expect(file.close()).resolves.toBeUndefined();
  });
});
