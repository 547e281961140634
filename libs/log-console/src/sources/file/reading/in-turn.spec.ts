import { setImmediate } from 'node:timers/promises';
import { inTurn } from './in-turn.js';

describe('reads of all files of a process', () => {
  it('run four at once, in the order in which they were asked for, whether they fail or not', async () => {
    let running = 0;
    let most = 0;
    const begun: number[] = [];
    const read = async (index: number): Promise<number> => {
      begun.push(index);
      most = Math.max(most, ++running);
      await setImmediate();
      running--;
      if (index % 3 === 0) throw new Error('unreadable');
      return index;
    };
    const all = Array.from({ length: 50 }, (_, index) => index);
    for (let again = 0; again < 2; again++) {
      begun.length = most = 0;
      const ends = await Promise.allSettled(all.map((index) => inTurn(() => read(index))));
      const expected = all.map((index) => (index % 3 === 0 ? 'rejected' : 'fulfilled'));
      expect([ends.map(({ status }) => status), begun, most]).toEqual([expected, all, 4]);
    }
  });
});
