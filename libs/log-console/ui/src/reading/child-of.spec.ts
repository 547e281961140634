import { expect, jest, test } from '@jest/globals';
import { childOf } from './child-of.js';

test('a child is aborted with its parent, for the same reason, also one that came too late', () => {
  const parent = new AbortController();
  const early = childOf(parent.signal);
  parent.abort('over');
  const late = childOf(parent.signal);
  expect([early.signal.reason, late.signal.reason]).toEqual(['over', 'over']);
});

test('a child goes by itself, and its parent keeps nothing of it', () => {
  const parent = new AbortController();
  const add = jest.spyOn(parent.signal, 'addEventListener');
  const child = childOf(parent.signal);
  child.abort();
  expect(parent.signal.aborted).toBe(false);
  expect(add.mock.calls[0][2]).toEqual({ signal: child.signal });
  expect(childOf(undefined).signal.aborted).toBe(false);
});
