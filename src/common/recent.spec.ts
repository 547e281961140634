import { Recent } from './recent.js';

describe('Recent', () => {
  it('lists the newest first and forgets the oldest beyond its limit', () => {
    const recent = new Recent<{ id: number }>(2);
    for (const id of [1, 2, 3]) recent.add({ id });
    expect(recent.list()).toEqual([{ id: 3 }, { id: 2 }]);
    expect(recent.find(1)).toBeUndefined();
    expect(recent.find(3)).toEqual({ id: 3 });
  });
});
