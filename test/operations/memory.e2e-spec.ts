import { join } from 'node:path';
import { startApart, type HostApart } from '../faults/host-apart.js';
import { AppFolder } from '../support/app-process.js';

describe('1,000 operations in a row', () => {
  const folder = new AppFolder();
  let host: HostApart;
  beforeAll(async () => {
    host = await startApart(folder, 'express', {}, {}, join(import.meta.dirname, 'importing-app.ts'));
  }, 30_000);
  afterAll(async () => {
    await host.stop();
    folder.remove();
  });

  it('leave the memory of the process as it was, and the last hundred of them', async () => {
    const run = (count: number): Promise<{ heap: number; kept: number }> =>
      host.work(`imports?count=${count}&lines=200`);
    // Until the log of the application is full, and as many operations are kept as will be.
    const before = await run(150);
    const after = await run(1000);
    expect([before.kept, after.kept]).toEqual([100, 100]);
    // What 200 lines take, of each: 40 MiB and more.
    expect(after.heap - before.heap).toBeLessThan(6);
  }, 60_000);
});
