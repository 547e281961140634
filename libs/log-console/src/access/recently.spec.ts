import { Recently } from './recently.js';

describe('What goes on', () => {
  it('begins once, and again after a minute without it', () => {
    const recently = new Recently();
    const times = [0, 2, 30, 89, 149, 150, 210];
    expect(times.map((seconds) => recently.begins('a', seconds * 1000))).toEqual([
      true,
      false,
      false,
      false,
      true,
      false,
      true,
    ]);
  });

  it('is told from others', () => {
    const recently = new Recently();
    expect([recently.begins('a', 0), recently.begins('b', 0), recently.begins('a', 1)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('forgets what was longest ago rather than fill the memory', () => {
    const recently = new Recently();
    for (let index = 0; index <= 1000; index++) recently.begins(`key ${index}`, index);
    expect([recently.begins('key 1000', 1001), recently.begins('key 0', 1001)]).toEqual([false, true]);
  });
});
