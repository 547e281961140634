import { rmSync, truncateSync } from 'node:fs';
import { TempLog } from '../temp-log.js';
import { type OpenFile, TruncatedWhileRead } from './open-file.js';
import { openReal } from './open-safely.js';

describe('an open file', () => {
  let log: TempLog;
  let file: OpenFile;

  beforeEach(async () => {
    log = new TempLog('one', 'two');
    file = await openReal(log.path);
  });
  afterEach(async () => {
    await file.close();
    await log.remove();
  });

  it('is not truncated when it has grown', async () => {
    await file.head();
    log.append('three');
    expect(await file.isTruncated()).toBe(false);
  });

  it.each([
    ['and is shorter', []],
    ['and has grown past its size again', ['another one', 'another two']],
  ])('is truncated %s', async (_, lines) => {
    await file.head();
    truncateSync(log.path);
    log.append(...lines);
    expect(await file.isTruncated()).toBe(true);
  });

  it('has no beginning when it was truncated before that was read', async () => {
    truncateSync(log.path);
    await expect(file.head()).rejects.toThrow(TruncatedWhileRead);
    log.append('another one', 'another two');
    await expect(file.head()).resolves.toHaveLength('one\ntwo\n'.length);
  });

  it('stays open when it is deleted while it is looked at', async () => {
    const dropped: OpenFile[] = [];
    const holding = (): OpenFile => {
      rmSync(log.path);
      return file;
    };
    const opened = openReal(log.path, undefined, { holding, drop: (each) => dropped.push(each) });
    await expect(opened).rejects.toMatchObject({ state: 'missing' });
    expect(dropped).toEqual([]);
  });
});
