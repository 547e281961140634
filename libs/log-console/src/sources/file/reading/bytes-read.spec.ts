import { jest } from '@jest/globals';
import { OpenFile } from '../disk/open-file.js';
import { TempLog } from '../temp-log.js';

const LINE = 'x'.repeat(149);
const LINES = 10_000;

describe('what is read of a file', () => {
  let log: TempLog;

  beforeEach(() => {
    log = new TempLog(...Array<string>(LINES).fill(LINE));
    log.silence('app.log');
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await log.remove();
  });

  /** The bytes that were asked for so far, without its beginning, by which it is known. */
  const bytesRead = (): (() => number) => {
    const read = jest.spyOn(OpenFile.prototype, 'read');
    return () => read.mock.calls.reduce((sum, [from, to]) => sum + (from === 0 ? 0 : to - from), 0);
  };

  it.each([10, 100, 500, 2000])('for its newest %i lines is little more than these', async (limit) => {
    const bytes = bytesRead();
    const { size } = await log.source().read({ limit });
    expect(size).toBe(limit);
    expect(bytes()).toBeLessThan(limit * (LINE.length + 1) * 1.3 + 8 * 1024);
  });

  it('is nothing for who is up to date', async () => {
    const source = log.source();
    const { next } = await source.read({ limit: 1 });
    const bytes = bytesRead();
    const batch = await source.read({ after: next, limit: 10 });
    expect([batch.next, batch.size, bytes()]).toEqual([next, 0, 0]);
  });
});
