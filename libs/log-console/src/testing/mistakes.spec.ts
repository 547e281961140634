import { setImmediate } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { formatCursor, parseCursor, type Cursor } from '../domain/cursor.js';
import { type Gap, type LogBatch } from '../domain/log-batch.js';
import { type LogEntry, type LogRecord } from '../domain/log-entry.js';
import { type LogFilter } from '../domain/log-filter.js';
import { type Cleared, type ReadRequest } from '../domain/log-source.js';
import { ArrayStore } from './array.store.js';
import {
  describeLogSource,
  describeLogStore,
  type SourceHarness,
  type SourceOptions,
  type TestRunner,
} from './index.js';

/** Makes a right store wrong. */
type Change = (store: ArrayStore) => void;

const RESTARTED: Gap = { reason: 'restarted', missed: null };

const skips = answer((batch, _, store) => ({ ...batch, next: store.cursor(store.newest) }));
const repeats = answer((batch, { after }) =>
  after && batch.size > 0 ? { ...batch, next: moved(batch.next, -1) } : batch,
);
const tellsOfNoGap = answer(({ gap: _, ...batch }) => batch);
const ignoresSignals = wait((waitAfter, cursor, { timeoutMs }) => waitAfter(cursor, { timeoutMs }));
const neverWakes: Change = (store) => {
  store.waiting.add = () => store.waiting;
};
const prevIsOldest = answer((batch, _, store) => ({ ...batch, prev: store.cursor(store.oldest) }));
const neverSaysItIsTheOldest = answer((batch, { before }) =>
  before ? { ...batch, prev: moved(batch.prev, -1) } : batch,
);
const alwaysFinished: Change = (store) => {
  store.isFinished = () => true;
};
const neverFinishes: Change = (store) => {
  store.isFinished = () => false;
};
const holdsBack = answer((batch, { after, filter }) =>
  filter && after && batch.size === 0 ? { ...batch, next: after } : batch,
);

/** Each promise of the suites, and mistakes that break it. */
const MISTAKES: Readonly<Record<string, Readonly<Record<string, Change>>>> = {
  'answers without a cursor with the newest entries, oldest first': {
    'newest first': answer((batch) => ({ ...batch, entries: batch.entries.toReversed() })),
    'the oldest': answer((batch, { after, before }, store) =>
      after || before || batch.size < 2 ? batch : { ...batch, entries: store.entries.slice(0, batch.size) },
    ),
  },
  'answers while it is empty with an empty batch, and the place from which to go on': {
    'a place one too far': answer((batch, _, store) =>
      store.entries.length === 0 ? { ...batch, next: moved(batch.next, 1) } : batch,
    ),
  },
  'gives ids that only go up, in one epoch, and cursors that name a place in it': {
    'ids count within a page': withEntries((entry, index) => ({ ...entry, id: index })),
    'an epoch per batch': answer((batch) => ({
      ...batch,
      epoch: `array.${parseCursor(batch.next)?.id ?? 0}`,
    })),
  },
  'says how many entries a batch has, and never more than were asked for': {
    'size is one too many': answer((batch) => ({ ...batch, size: batch.size + 1 })),
    'one more than asked for': ask((request) => ({ ...request, limit: request.limit + 1 })),
  },
  'neither repeats nor skips an entry (pages of 1)': { skips, repeats },
  'neither repeats nor skips an entry (pages of 2)': { skips, repeats },
  'neither repeats nor skips an entry (pages of 7)': { skips, repeats },
  'reads back to the oldest entry, and says so by answering the cursor given (pages of 1)': {
    neverSaysItIsTheOldest,
  },
  'reads back to the oldest entry, and says so by answering the cursor given (pages of 2)': {
    neverSaysItIsTheOldest,
  },
  'reads back to the oldest entry, and says so by answering the cursor given (pages of 7)': {
    neverSaysItIsTheOldest,
  },
  'says next equals the cursor given when, and only when, there is nothing after it': {
    'next moves at the end': answer((batch) => ({
      ...batch,
      next: moved(batch.next, batch.size === 0 ? 1 : 0),
    })),
  },
  'says more while there is more in the direction of reading, and not at its end': {
    never: answer((batch) => ({ ...batch, more: false })),
    always: answer((batch) => ({ ...batch, more: true })),
  },
  'reads before a batch what came before it, from wherever it was read': { prevIsOldest },
  'answers a limit of 0 with no entries, and loses none': {
    'skips to the newest': answer((batch, { limit }, store) =>
      limit === 0 ? { ...batch, next: store.cursor(store.newest) } : batch,
    ),
  },
  'takes 0 for the place before the oldest entry held, without a gap': {
    'a gap': answer((batch, { after }) => (after === '0' ? { ...batch, gap: RESTARTED } : batch)),
  },
  'takes a bare integer for the last id seen, in both directions': {
    'it is foreign after': ask((request) => ({ ...request, after: bareIsForeign(request.after) })),
    'it is foreign before': ask((request) => ({ ...request, before: bareIsForeign(request.before) })),
  },
  'answers a foreign, malformed or future cursor with a gap of unknown size, then from the oldest held': {
    'rejects it': answer((batch) => {
      if (batch.gap?.reason === 'restarted') throw new Error('foreign');
      return batch;
    }),
    'no gap': tellsOfNoGap,
    'a number': gaps((gap) => ({ ...gap, missed: 0 })),
    'waits for the future': answer(({ gap, ...batch }, { after }) =>
      gap && !after?.startsWith('array-1001') ? { ...batch, gap } : batch,
    ),
    'starts at the newest': answer((batch, _, store) =>
      batch.gap ? { ...batch, entries: [], size: 0, next: store.cursor(store.newest) } : batch,
    ),
  },
  'tells of a cursor it does not know where nothing is asked for, too, and only once': {
    'no gap': tellsOfNoGap,
    'told again': answer((batch, { after, limit }) =>
      after && limit === 0 ? { ...batch, next: after } : batch,
    ),
  },
  'answers a cursor it does not know while it is empty': {
    'no gap': answer(({ gap, ...batch }, _, store) =>
      gap && store.entries.length > 0 ? { ...batch, gap } : batch,
    ),
  },
  'answers a foreign cursor to read back from with an empty batch and a gap': {
    'the newest': ask(({ before, ...request }) => ({
      ...request,
      before: before?.startsWith('another') ? undefined : before,
    })),
    'no gap': tellsOfNoGap,
  },
  'takes an integer below its first id for one of an earlier life': {
    'it is the oldest place': ask((request) =>
      request.after === '1' ? { ...request, after: '0' as Cursor } : request,
    ),
    'the place before the first is foreign, too': answer((batch, { after }) =>
      after === 'array-999' ? { ...batch, gap: RESTARTED } : batch,
    ),
  },
  'tells a reader that was overtaken once, with the exact number, before any later entry': {
    'one short': gaps((gap) => ({ ...gap, missed: (gap.missed ?? 0) - 1 })),
    'no gap': tellsOfNoGap,
    'told again': answer((batch, { after }) =>
      after && !batch.gap && batch.size > 0 ? { ...batch, gap: { reason: 'evicted', missed: 1 } } : batch,
    ),
  },
  'tells of it where nothing is asked for, too': { 'no number': gaps((gap) => ({ ...gap, missed: null })) },
  'tells a reader that kept up of no gap, however often the source turned over': {
    'an empty one': answer((batch, { after }, store) =>
      after && store.evicted > 9 ? { ...batch, gap: { reason: 'evicted', missed: 0 } } : batch,
    ),
  },
  'reads from the oldest held for 0 without a gap when the first are gone': {
    'a gap': answer((batch, { after }, store) =>
      after === '0' && store.evicted > 0
        ? { ...batch, gap: { reason: 'evicted', missed: store.evicted } }
        : batch,
    ),
  },
  'answers the cursor given when what came before it is gone': { prevIsOldest },
  'keeps a batch as it was when what it holds is gone from the source': {
    'it shows what the source holds': answer((batch, _, store) =>
      Object.defineProperty(batch, 'entries', { get: () => store.entries.slice(-batch.size) }),
    ),
  },
  'delivered, filtered out and missed add up to the range, at any pace': {
    'what was evicted counts as filtered': answer(({ gap, ...batch }, { filter }) =>
      gap && !filter ? { ...batch, gap } : batch,
    ),
    'one more is delivered twice': repeats,
    'a match is dropped': answer((batch) => (batch.size > 1 ? only(batch, ({ id }) => id % 3 > 0) : batch)),
  },
  'gives back what was written, field by field': {
    'no stack': withEntries(({ stack: _, ...entry }) => entry),
    'data as text': withEntries((entry) => ({ ...entry, data: JSON.stringify(entry.data) })),
    'its own instance': withEntries((entry) => ({ ...entry, instance: 'web-1' })),
  },
  'adds nothing but id, time and instance, and leaves out what is not known': {
    'an empty field': withEntries((entry) => ({ context: undefined, ...entry })),
    'local times': withEntries((entry) => ({ ...entry, time: new Date().toString() })),
    'no instance': withEntries(({ instance: _, ...entry }) => entry),
  },
  'keeps each of the six levels': { 'one level': withEntries((entry) => ({ ...entry, level: 'log' })) },
  'keeps to maxBytes of JSON, but always answers one entry': {
    'no entry': answer((batch, { maxBytes }) =>
      maxBytes === 1 ? { ...batch, entries: [], size: 0 } : batch,
    ),
    'no limit': ask(({ maxBytes: _, ...request }) => request),
    'one entry at most': ask((request) => ({ ...request, limit: request.maxBytes ? 1 : request.limit })),
  },
  'says the same in entries and in their ready-made JSON': {
    'other entries': answer((batch) => ({ ...batch, encoded: () => [Buffer.from('{"id":1}')] })),
    'control characters as they are': answer((batch) => ({
      ...batch,
      encoded: () => [Buffer.from(JSON.stringify(batch.entries).slice(1, -1))],
    })),
  },
  'moves next past what a filter drops, so that nothing is looked at twice': { holdsBack },
  'counts the matching entries for the limit, not those looked at': {
    'filters a page': answer((batch, { filter, limit }) =>
      filter && limit === 2 ? only(batch, ({ id }) => id !== batch.entries[0]?.id) : batch,
    ),
  },
  'filters by everything where nothing is asked for': {
    'an empty filter lets nothing pass': filtering((filter) =>
      Object.keys(filter).length > 0 ? filter : { level: [] },
    ),
  },
  'filters by level: a set': {
    'a threshold': filtering(({ level, ...filter }) => ({ ...filter, level: level?.concat('fatal') })),
  },
  'filters by context: exact names, and prefixes that end in *': {
    'no prefixes': filtering((filter) => ({ context: filter.context?.map((name) => name.replace('*', '')) })),
    'prefixes only': filtering((filter) => ({ context: filter.context?.map((name) => `${name}*`) })),
  },
  'filters by search: a substring of message, context, stack and data, in any case': {
    'only messages': answer((batch, { filter = {} }) =>
      only(batch, ({ message }) => message.toLowerCase().includes(filter.search?.toLowerCase() ?? '')),
    ),
    'a regular expression': filtering((filter) => (filter.search === '.*' ? {} : filter)),
  },
  'filters by requestId, operation and instance: exact': {
    'no requestId': filtering(({ requestId: _, ...filter }) => filter),
    'no operation': filtering(({ operation: _, ...filter }) => filter),
    'no instance': filtering(({ instance: _, ...filter }) => filter),
  },
  'filters by from and to: from ≤ time < to': {
    'to is included': filtering((filter) => ({ ...filter, to: later(filter.to) })),
    'from is excluded': filtering((filter) => ({ ...filter, from: later(filter.from) })),
  },
  'filters by several parts: all of them': {
    'the first': filtering((filter) => (filter.level ? { level: filter.level } : filter)),
  },
  'wakes everyone who waits when there is news': {
    neverWakes,
    'wakes one': (store) => {
      const { append } = store;
      store.append = (record) => {
        const others = [...store.waiting].slice(1);
        others.forEach((wake) => store.waiting.delete(wake));
        append.call(store, record);
      };
    },
  },
  'does not wait where there is something after the cursor already': {
    'it waits': (store) => {
      store.waitAfter = (_, { timeoutMs }) => sleep(store, timeoutMs);
    },
  },
  'does not wait at a cursor it does not know: there is a gap to be told of': {
    'it waits': wait((waitAfter, cursor, limits, store) =>
      store.placeOf(cursor) === undefined ? sleep(store, limits.timeoutMs) : waitAfter(cursor, limits),
    ),
  },
  'goes on waiting while nothing happens': { 'it does not wait': wait(async () => undefined) },
  'ends a wait when its signal aborts, also when it has aborted before': {
    ignoresSignals,
    'only when it has not': wait((waitAfter, cursor, { signal, timeoutMs }) =>
      waitAfter(cursor, signal?.aborted ? { timeoutMs } : { signal, timeoutMs }),
    ),
  },
  'leaves nothing on a signal when a wait is over': {
    'a listener': wait((waitAfter, cursor, limits) => {
      limits.signal?.addEventListener('abort', () => undefined);
      return waitAfter(cursor, limits);
    }),
  },
  'ends a wait when its time is over': {
    'it goes on': wait((waitAfter, cursor, { signal }) => waitAfter(cursor, { signal, timeoutMs: 1e9 })),
  },
  'loses no wake-up between looking and sleeping': {
    'it looks, then sleeps': (store) => {
      store.waitAfter = async (cursor, { timeoutMs }) => {
        if (store.placeOf(cursor) !== store.newest) return;
        await setImmediate();
        await sleep(store, timeoutMs);
      };
    },
  },
  'delivers to a follower everything in order, once, while it is written': { skips, repeats, neverWakes },
  'delivers to a follower with a filter all that matches, in order, once': { repeats, neverWakes },
  'starts a follower without a cursor with the newest entries': {
    'one more': ask((request) => ({ ...request, limit: request.after ? request.limit : request.limit + 1 })),
  },
  'starts a follower that wants no backlog with what comes': {
    'limit 0 is the default': ask((request) => ({ ...request, limit: request.limit || 500 })),
  },
  'ends a follower when its signal aborts': { ignoresSignals },
  'tells a follower that was overtaken how many it missed, and goes on': {
    'one short': gaps((gap) => ({ ...gap, missed: (gap.missed ?? 0) - 1 })),
    'no gap': tellsOfNoGap,
  },
  'gives an entry without a text its data, on one line': {
    'no text': appended((entry, { message }) => ({ ...entry, message })),
    'all of it': appended((entry, { message, data }) => ({
      ...entry,
      message: message === '' && data !== undefined ? JSON.stringify(data) : message,
    })),
  },
  'gives dense ids, in the order of the calls': {
    'a hole': appended((entry, _, store) => {
      if (entry.id === 1020) store.newest++;
      return entry;
    }),
  },
  'keeps what the data said at the time of the call': {
    'keeps the object': appended((entry, { data }) => ({ ...entry, data })),
    'keeps what is in it': appended((entry, { data }) => ({ ...entry, data: { ...(data as object) } })),
  },
  'never throws, whatever the data does, and delivers the entry': {
    throws: appended((entry, { data }) => ({
      ...entry,
      data: JSON.parse(JSON.stringify(data ?? null)) as unknown,
    })),
    'drops it': (store) => {
      const { append } = store;
      store.append = (record) => {
        if (record.message !== 'bigint') append.call(store, record);
      };
    },
  },
  'carries any text, control characters and half characters included': {
    'cleans it': appended((entry) => ({ ...entry, message: entry.message.replace('\ud800', '?') })),
    'cuts it at NUL': appended((entry) => ({ ...entry, context: entry.context?.replace(/\0.*/, '') })),
  },
  'counts what it accepted, holds, evicted and cleared': {
    'not the tombstone': cleared((done, store) => {
      store.accepted.pop();
      return done;
    }),
    'evictions as clears': (store) => {
      const { stats } = store;
      store.stats = () => ({ ...stats.call(store), evicted: 0 });
    },
  },
  'hands out in its counters the places of the oldest and the newest entry': {
    'the oldest entry itself': (store) => {
      const { stats } = store;
      store.stats = () => ({ ...stats.call(store), oldest: store.cursor(store.oldest) });
    },
  },
  'removes everything, says so in the next entry, and how much it was': {
    'no tombstone': cleared((done, store) => {
      store.entries.pop();
      return done;
    }),
    'counts the tombstone': cleared((done) => ({ ...done, cleared: done.cleared + 1 })),
  },
  'keeps what came after upTo': {
    'takes everything': clearing((clear, request) => clear({ by: request?.by })),
  },
  'takes a bare integer for upTo': {
    'it is unknown': clearing((clear, request) => clear({ ...request, upTo: bareIsForeign(request?.upTo) })),
  },
  'goes on with the ids where they were': {
    'starts again': cleared((done, store) => {
      store.newest = store.first - 1;
      return done;
    }),
  },
  'tells a reader behind it once, with the number, and moves its cursor on': {
    'it was an eviction': gaps((gap) => ({ ...gap, reason: 'evicted' })),
    'the cursor stays': answer((batch, { after }) =>
      batch.gap && after ? { ...batch, next: after } : batch,
    ),
    'no gap': tellsOfNoGap,
  },
  'tells a reader that kept up of no gap': {
    'an empty one': answer((batch, { after }, store) =>
      after && store.cleared > 0 ? { ...batch, gap: { reason: 'cleared', missed: 0 } } : batch,
    ),
  },
  'moves the cursor on where a filter drops the entry that says so': { holdsBack },
  'calls a gap cleared also where a part of it was evicted': {
    'it was an eviction': gaps((gap) => ({ ...gap, reason: 'evicted' })),
    'everything is cleared from then on': gaps((gap) => ({ ...gap, reason: 'cleared' })),
  },
  'answers with nothing older where the place to read back from was cleared': { prevIsOldest },
  'wakes who waits': {
    'not for a tombstone': appended(
      (entry) => entry,
      (record, store) => {
        if (record.context === 'LogConsole') store.waiting.clear();
      },
    ),
  },
  'tells every listener, until it stops listening': {
    'for ever': (store) => {
      store.listeners.delete = () => true;
    },
    'one of them': (store) => {
      const { add } = store.listeners;
      store.listeners.add = (listener) => {
        store.listeners.clear();
        return add.call(store.listeners, listener);
      };
    },
  },
  'does nothing, and tells nobody, where there is nothing to clear': {
    'it says so': cleared((done, store) => {
      if (done.cleared === 0) store.append({ level: 'warn', message: 'cleared 0 entries' });
      return done;
    }),
  },
  'clears nothing for an upTo of another epoch or beyond the newest, and says so': {
    'it clears everything': clearing((clear, request, store) =>
      clear(request?.upTo !== undefined && store.placeOf(request.upTo) === undefined ? {} : request),
    ),
    'another error': clearing((clear, request) =>
      clear(request).catch(() => Promise.reject(new Error('unknown'))),
    ),
  },
  'says that it is finished once it is, and not before': {
    alwaysFinished,
    neverFinishes,
  },
  'wakes everyone who waits when it is finished': {
    'tells nobody': finishing((_, store) => {
      store.finished = true;
    }),
    'tells one of them': finishing((finish, store) => {
      store.waiting = new Set([...store.waiting].slice(0, 1));
      finish();
    }),
  },
  'lets nobody wait once it is finished': {
    'waits for more': wait((waitAfter, cursor, limits, store) =>
      store.finished ? sleep(store, limits.timeoutMs) : waitAfter(cursor, limits),
    ),
  },
  'gives everything to who comes when it is finished, and moves no further': {
    'forgets its entries': finishing((finish, store) => {
      store.entries = [];
      finish();
    }),
    'says so in an entry': finishing((finish, store) => {
      finish();
      store.append({ level: 'log', message: 'finished' });
    }),
  },
  'ends a follower after the last entry, whether it waits or comes later': {
    neverFinishes,
    alwaysFinished,
  },
};

const ALL = Object.entries(MISTAKES).flatMap(([promise, mistakes]) =>
  Object.entries(mistakes).map(([mistake, change]) => ({ promise, mistake, change })),
);

describe('the suites', () => {
  // Only the timers of the suite and of ArrayStore: what is waited for in vain is over at once.
  beforeEach(() =>
    jest.useFakeTimers({ doNotFake: ['Date', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate'] }),
  );
  afterEach(() => jest.useRealTimers());

  it.each(ALL)('notice that a store breaks "$promise": $mistake', async ({ promise, change }) => {
    expect(await fails(promise, change)).toBe(true);
  });

  it('have a mistake here for each of their promises', () => {
    expect([...collect(() => new ArrayStore()).keys()].sort()).toEqual(Object.keys(MISTAKES).sort());
  });

  it('let pass what is right', async () => {
    for (const promise of Object.keys(MISTAKES))
      expect([promise, await fails(promise)]).toEqual([promise, false]);
  });
});

/** Runs one check over a store. */
async function fails(promise: string, change: Change = () => undefined): Promise<boolean> {
  const run = collect((options) => {
    const store = new ArrayStore(options);
    change(store);
    return store;
  }).get(promise);
  if (!run) throw new Error(`There is no promise "${promise}"`);
  let failed: boolean | undefined;
  run().then(
    () => (failed = false),
    () => (failed = true),
  );
  for (let turn = 1; failed === undefined; turn++) {
    await setImmediate();
    // Many more turns than any check needs: what waits now would wait for ever.
    if (turn % 2000 === 0) jest.advanceTimersByTime(4000);
    else if (turn % 50 === 0) jest.advanceTimersByTime(1);
  }
  return failed;
}

/** The tests of both suites; where they are the same, that for stores. */
function collect(factory: (options: SourceOptions) => ArrayStore): Map<string, () => Promise<void>> {
  const tests = new Map<string, () => Promise<void>>();
  const runner: TestRunner = {
    describe: (_, define) => define(),
    test: (name, run) => tests.set(name, run),
  };
  const harness = (options: SourceOptions): SourceHarness => {
    const source = factory(options);
    const write = (records: readonly LogRecord[]): void => records.forEach((record) => source.append(record));
    return { source, write, finish: () => source.finish() };
  };
  describeLogSource('Broken', harness, { runner, finishes: true });
  describeLogStore('Broken', factory, { runner });
  return tests;
}

function answer(change: (batch: LogBatch, request: ReadRequest, store: ArrayStore) => LogBatch): Change {
  return (store) => {
    const read = store.read.bind(store);
    store.read = async (request) => change(await read(request), request, store);
  };
}

function withEntries(change: (entry: LogEntry, index: number) => LogEntry): Change {
  return answer((batch) => ({ ...batch, entries: batch.entries.map(change) }));
}

function gaps(change: (gap: Gap) => Gap): Change {
  return answer((batch) => (batch.gap ? { ...batch, gap: change(batch.gap) } : batch));
}

function ask(change: (request: ReadRequest) => ReadRequest): Change {
  return (store) => {
    const read = store.read.bind(store);
    store.read = (request) => read(change(request));
  };
}

function filtering(change: (filter: LogFilter) => LogFilter): Change {
  return ask((request) => (request.filter ? { ...request, filter: change(request.filter) } : request));
}

function wait(
  change: (
    waitAfter: ArrayStore['waitAfter'],
    cursor: Cursor,
    limits: Parameters<ArrayStore['waitAfter']>[1],
    store: ArrayStore,
  ) => Promise<void>,
): Change {
  return (store) => {
    const waitAfter = store.waitAfter.bind(store);
    store.waitAfter = (cursor, limits) => change(waitAfter, cursor, limits, store);
  };
}

function appended(
  change: (entry: LogEntry, record: LogRecord, store: ArrayStore) => LogEntry,
  before: (record: LogRecord, store: ArrayStore) => void = () => undefined,
): Change {
  return (store) => {
    const append = store.append.bind(store);
    store.append = (record) => {
      before(record, store);
      append(record);
      const entry = store.entries.pop();
      if (entry) store.entries.push(change(entry, record, store));
    };
  };
}

function clearing(
  change: (
    clear: ArrayStore['clear'],
    request: Parameters<ArrayStore['clear']>[0],
    store: ArrayStore,
  ) => Promise<Cleared>,
): Change {
  return (store) => {
    const clear = store.clear.bind(store);
    store.clear = (request) => change(clear, request, store);
  };
}

function cleared(change: (done: Cleared, store: ArrayStore) => Cleared): Change {
  return clearing(async (clear, request, store) => change(await clear(request), store));
}

function finishing(change: (finish: () => void, store: ArrayStore) => void): Change {
  return (store) => {
    const finish = store.finish.bind(store);
    store.finish = () => change(finish, store);
  };
}

function only(batch: LogBatch, passes: (entry: LogEntry) => boolean): LogBatch {
  const entries = batch.entries.filter(passes);
  return { ...batch, entries, size: entries.length };
}

function moved(cursor: Cursor, by: number): Cursor {
  return formatCursor('array', (parseCursor(cursor)?.id ?? NaN) + by);
}

function bareIsForeign(cursor: Cursor | undefined): Cursor | undefined {
  return /^[1-9][0-9]*$/.test(cursor ?? '') ? ('x' as Cursor) : cursor;
}

function later(time: string | undefined): string | undefined {
  return time && new Date(Date.parse(time) + 1).toISOString();
}

/** Waits for the next entry, whatever is there already. */
function sleep(store: ArrayStore, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    store.waiting.add(resolve);
    setTimeout(resolve, timeoutMs);
  });
}
