import { setImmediate } from 'node:timers/promises';
import { OneAtATime } from './one-at-a-time.js';

describe('work that is done by one at a time', () => {
  it('is done once more for all who ask while it runs, and never twice at once', async () => {
    let running = 0;
    let runs = 0;
    const work = new OneAtATime(async () => {
      expect(++running).toBe(1);
      const run = ++runs;
      await setImmediate();
      running--;
      return run;
    });
    const first = work.run();
    const others = [work.run(), work.run(), work.run()];
    expect([await first, ...(await Promise.all(others))]).toEqual([1, 2, 2, 2]);
    expect(await work.run()).toBe(3);
  });

  it('goes on after a run that failed', async () => {
    let runs = 0;
    const work = new OneAtATime(async () => {
      await setImmediate();
      if (++runs === 1) throw new Error('the first');
      return runs;
    });
    const first = work.run();
    const second = work.run();
    await expect(first).rejects.toThrow('the first');
    expect(await second).toBe(2);
  });
});
