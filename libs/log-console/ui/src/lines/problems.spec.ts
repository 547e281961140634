import { LEVELS } from './filters.js';
import { LineList } from './line-list.js';
import { nextProblem, problemsSince } from './problems.js';
import { Rows } from './rows.js';
import { sampleBatch, sampleEntry, T0 } from './sample-lines.js';

const list = new LineList();
const levels = ['error', 'log', 'log', 'fatal', 'warn', 'error'] as const;
list.add(sampleBatch(levels.map((level, index) => sampleEntry(index + 1, { level }))), T0);
list.add(sampleBatch([sampleEntry(3, { level: 'error' })], { epoch: 'e2' }), T0);

describe('the next problem', () => {
  const rows = new Rows(list);
  rows.show({ filters: { levels: LEVELS, search: '', contexts: [] }, folds: true });

  it.each([
    ['after', -1, 1, 0],
    ['after', 0, 1, 3],
    ['after', 5, 1, 7],
    ['after', 7, 1, -1],
    ['before', 8, -1, 7],
    ['before', 5, -1, 3],
    ['before', 0, -1, -1],
  ] as const)('%s row %i', (_, from, direction, expected) => {
    expect(nextProblem(rows.rows, from, direction)).toBe(expected);
  });
});

describe('problems since somebody looked', () => {
  it.each([
    ['never', undefined, 4, 0],
    ['at the newest', { epoch: 'e2', id: 3 }, 0, undefined],
    ['before the restart', { epoch: 'e1', id: 6 }, 1, 7],
    ['at the first', { epoch: 'e1', id: 1 }, 3, 3],
    ['at one that is held no more', { epoch: 'e0', id: 9 }, 4, 0],
  ])('looked %s', (_, place, count, first) => {
    expect(problemsSince(list.lines, place)).toEqual({ count, first });
  });
});
