import { Lock } from './lock.js';

describe('Lock', () => {
  it('is taken by one at a time', () => {
    const lock = new Lock();
    expect([lock.acquire(), lock.acquire()]).toEqual([true, false]);
    lock.release();
    expect(lock.acquire()).toBe(true);
  });

  it('applies what came while it was held when it is released, in order, and is still held meanwhile', () => {
    const lock = new Lock();
    const done: string[] = [];
    lock.acquire();
    for (const name of ['first', 'second'])
      expect(lock.later(() => done.push(`${name}, free: ${String(lock.acquire())}`))).toBe(true);
    expect(done).toEqual([]);
    lock.release();
    expect(done).toEqual(['first, free: false', 'second, free: false']);
    expect(lock.acquire()).toBe(true);
  });

  it('refuses what comes from what waited, so that every chain ends', () => {
    const lock = new Lock();
    const accepted: boolean[] = [];
    const again = (): void => void accepted.push(lock.later(again));
    lock.acquire();
    lock.later(again);
    expect(lock.refuses).toBe(false);
    lock.release();
    expect(accepted).toEqual([false]);
    lock.acquire();
    expect(lock.later(() => undefined)).toBe(true);
  });

  it('keeps 100 actions, and refuses more', () => {
    const lock = new Lock();
    let done = 0;
    lock.acquire();
    const kept = Array.from({ length: 150 }, () => lock.later(() => done++));
    expect(kept.filter(Boolean)).toHaveLength(100);
    expect(lock.refuses).toBe(true);
    lock.release();
    expect([done, lock.refuses]).toEqual([100, false]);
  });

  it('is free again after an action that throws', () => {
    const lock = new Lock();
    lock.acquire();
    lock.later(() => {
      throw new RangeError('Maximum call stack size exceeded');
    });
    expect(() => lock.release()).toThrow(RangeError);
    expect([lock.refuses, lock.acquire()]).toEqual([false, true]);
  });
});
