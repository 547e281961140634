import { factsFrom, instancesFrom, scoresIn, type MemberFacts } from './members.js';

const WEB_1: MemberFacts = {
  ...{ name: 'web-1', host: 'h', pid: 7, version: '1.0.0', startedAt: '2026-11-20T08:00:00.000Z' },
  ...{ behind: 0, dropped: 0, levels: 0 },
};
const NOW = Date.parse('2026-11-20T08:15:42.113Z');
const json = (change: object = {}): string => JSON.stringify({ ...WEB_1, ...change });

describe('what a process says of itself', () => {
  it('is taken as it is, without what else stands there', () => {
    expect(factsFrom(json({ role: 'admin' }))).toEqual(WEB_1);
  });

  it.each([
    ['nothing', undefined],
    ['no JSON', '{'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a name that is none', json({ name: '<b>' })],
    ['no host', json({ host: undefined })],
    ['a long host', json({ host: 'h'.repeat(256) })],
    ['a version that is a number', json({ version: 1 })],
    ['no time', json({ startedAt: 'yesterday' })],
    ['a number that is none', json({ pid: '7' })],
    ['a number below 0', json({ dropped: -1 })],
    ['half a number', json({ behind: 0.5 })],
  ])('is nothing where there is %s', (_what, text) => expect(factsFrom(text)).toBeUndefined());
});

describe('the processes', () => {
  const rows = (members: { up?: [string, number][]; gone?: [string, number][]; facts: [string, string][] }) =>
    instancesFrom({
      ...{ now: NOW, levels: 0 },
      up: new Map(members.up),
      gone: new Map(members.gone),
      facts: new Map(members.facts),
    }).map(({ name, state, pid }) => [name, state, pid]);

  it('come by name, with the time they were heard of', () => {
    const facts = new Map([
      ['b', json({ name: 'web-2' })],
      ['a', json()],
    ]);
    const up = new Map([
      ['b', NOW - 3000],
      ['a', NOW],
    ]);
    const list = instancesFrom({ now: NOW, levels: 0, up, gone: new Map(), facts });
    expect(list.map(({ name, lastSeen }) => [name, lastSeen])).toEqual([
      ['web-1', '2026-11-20T08:15:42.113Z'],
      ['web-2', '2026-11-20T08:15:39.113Z'],
    ]);
  });

  it('are gone when nothing was heard of them for 15 s, whoever has noticed', () => {
    const facts: [string, string][] = [
      ['a', json()],
      ['b', json({ name: 'web-2' })],
      ['c', json({ name: 'web-3' })],
    ];
    const up: [string, number][] = [
      ['a', NOW - 15_000],
      ['b', NOW - 15_001],
    ];
    expect(rows({ up, gone: [['c', NOW]], facts })).toEqual([
      ['web-1', 'up', 7],
      ['web-2', 'gone', 7],
      ['web-3', 'gone', 7],
    ]);
  });

  it('are listed once when one came again, and twice where two have one name', () => {
    const facts: [string, string][] = [
      ['a', json()],
      ['b', json({ pid: 8, startedAt: '2026-11-20T09:00:00.000Z' })],
    ];
    expect(rows({ up: [['b', NOW]], gone: [['a', NOW]], facts })).toEqual([['web-1', 'up', 8]]);
    expect(
      rows({
        up: [
          ['b', NOW],
          ['a', NOW],
        ],
        facts,
      }),
    ).toEqual([
      ['web-1', 'up', 7],
      ['web-1', 'up', 8],
    ]);
  });

  it('are those only that say who they are', () => {
    expect(rows({ up: [['a', NOW]], facts: [] })).toEqual([]);
  });
});

describe('a list of names and scores', () => {
  it('holds no time that is none', () => {
    const reply = ['a', '1', 'b', 'inf', 'c', '9e15'].map((text) => Buffer.from(text));
    expect([...scoresIn(reply)]).toEqual([['a', 1]]);
  });
});
