import { expect, test } from '@jest/globals';
import { KnownEpochs } from './known-epochs.js';
import { entry } from './testing/fake-server.js';
import { type Batch } from './wire.js';

const batch = (epoch: string, ids: number[]): Batch => {
  const entries = ids.map(entry);
  const [prev, next] = [`${epoch}-${ids[0]}`, `${epoch}-${ids.at(-1)!}`];
  return { epoch, instance: 'web-1', entries, next, prev, more: false };
};

/** What is told of batches, one after the other. */
const told = (...batches: [string, number[]][]): unknown[] => {
  const known = new KnownEpochs();
  return batches.map(([epoch, ids]) => {
    const noted = known.note(batch(epoch, ids));
    return [noted.batch.entries.map(({ id }) => id), noted.batch.next, noted.isBack];
  });
};

test('one life, then another: everything is new', () => {
  expect(told(['a', [1, 2]], ['a', [3]], ['b', [1, 2]])).toEqual([
    [[1, 2], 'a-2', false],
    [[3], 'a-3', false],
    [[1, 2], 'b-2', false],
  ]);
});

test('a life that comes back goes on where it was left, in as many batches as that takes', () => {
  expect(told(['a', [4, 5]], ['b', [1]], ['a', [1, 2]], ['a', [3, 4, 5, 6]], ['a', [7]], ['b', [1]])).toEqual(
    [
      [[4, 5], 'a-5', false],
      [[1], 'b-1', false],
      [[], 'a-5', true],
      [[6], 'a-6', false],
      [[7], 'a-7', false],
      [[], 'b-1', true],
    ],
  );
});

test('a store that lost its newest entries is followed back', () => {
  expect(told(['a', [8, 9]], ['a', [5, 6]])).toEqual([
    [[8, 9], 'a-9', false],
    [[5, 6], 'a-6', false],
  ]);
});
