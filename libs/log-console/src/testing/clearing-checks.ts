import { deepEqual, equal, ok } from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { formatCursor, parseCursor, type Cursor } from '../domain/cursor.js';
import { type LogBatch } from '../domain/log-batch.js';
import { type Cleared, type ClearedEvent, type ClearRequest } from '../domain/log-source.js';
import { type Checks } from './checks.js';
import { FROM_OLDEST, messagesOf, type StoreProbe } from './probe.js';
import { within } from './within.js';

const TOMBSTONE = 'operator-1 cleared 5 entries';

/** What holds of clearing. */
export const clearingChecks: Checks<StoreProbe> = {
  'removes everything, says so in the next entry, and how much it was': async (open) => {
    const probe = await open();
    await probe.log(5);
    const newest = await probe.newest();
    deepEqual(await clear(probe, { by: 'operator-1' }), { cleared: 5, upTo: newest });
    const { entries } = await probe.readOn(FROM_OLDEST, { limit: 10 });
    deepEqual(
      entries.map(({ level, context, message }) => ({ level, context, message })),
      [{ level: 'warn', context: 'LogConsole', message: TOMBSTONE }],
    );
  },

  'keeps what came after upTo': async (open) => {
    const probe = await open();
    await probe.log(5);
    const upTo = await probe.newest();
    await probe.log(3);
    deepEqual(await clear(probe, { upTo, by: 'operator-1' }), { cleared: 5, upTo });
    const { messages, gaps } = await probe.readOn(FROM_OLDEST, { limit: 2 });
    deepEqual([messages, gaps], [[...probe.written.slice(5), TOMBSTONE], []]);
    const { prev } = await probe.read({ limit: 1 });
    deepEqual((await probe.readBack(prev, { limit: 2 })).messages, probe.written.slice(5));
  },

  'takes a bare integer for upTo': async (open) => {
    const probe = await open();
    await probe.log(5);
    const id = (await probe.read({ limit: 2 })).entries[0]?.id ?? NaN;
    const { cleared } = await clear(probe, { upTo: String(id) as Cursor });
    equal(cleared, 4);
  },

  'goes on with the ids where they were': async (open) => {
    const probe = await open();
    await probe.log(5);
    const last = (await probe.read({ limit: 1 })).entries[0]?.id ?? NaN;
    const { epoch } = await probe.read({ limit: 0 });
    await clear(probe);
    await probe.log(2);
    const batch = await probe.read({ limit: 10 });
    deepEqual(
      batch.entries.map(({ id }) => id),
      [last + 1, last + 2, last + 3],
    );
    equal(batch.epoch, epoch);
  },

  'tells a reader behind it once, with the number, and moves its cursor on': async (open) => {
    const probe = await open();
    await probe.log(2);
    const place = await probe.newest();
    await probe.log(5);
    const upTo = await probe.newest();
    await clear(probe, { by: 'operator-1' });
    // The two entries the reader had are no loss of its.
    const first = await probe.read({ after: place, limit: 10 });
    const [from, to] = [idOf(place) + 1, idOf(upTo)];
    deepEqual(first.gap, { reason: 'cleared', from, to, missed: 5 });
    deepEqual(messagesOf(first), ['operator-1 cleared 7 entries']);
    const second = await probe.read({ after: first.next, limit: 10 });
    deepEqual([second.next, second.size, second.gap], [first.next, 0, undefined]);
  },

  'tells a reader that kept up of no gap': async (open) => {
    const probe = await open();
    await probe.log(5);
    const place = await probe.newest();
    await clear(probe, { by: 'operator-1' });
    const { messages, gaps } = await probe.readOn(place, { limit: 10 });
    deepEqual([messages, gaps], [[TOMBSTONE], []]);
  },

  'moves the cursor on where a filter drops the entry that says so': async (open) => {
    const probe = await open();
    await probe.log(5);
    const place = await probe.newest();
    await clear(probe);
    const { messages, next } = await probe.readOn(place, { limit: 10, filter: { search: 'entry 1 ' } });
    deepEqual([messages, next], [[], await probe.newest()]);
  },

  'calls a gap cleared also where a part of it was evicted': async (open) => {
    const probe = await open({ capacity: 8 });
    await probe.log(1);
    const place = await probe.newest();
    await probe.overtake(place);
    const upTo = await probe.newest();
    await clear(probe);
    const { gap } = await probe.read({ after: place, limit: 10 });
    const missed = probe.written.length - 1;
    deepEqual(gap, { reason: 'cleared', from: idOf(place) + 1, to: idOf(upTo), missed });
    await probe.overtake(await probe.newest());
    equal((await probe.read({ after: upTo, limit: 10 })).gap?.reason, 'evicted');
  },

  'answers with nothing older where the place to read back from was cleared': async (open) => {
    const probe = await open();
    await probe.log(5);
    const { prev } = await probe.read({ limit: 2 });
    await clear(probe);
    const batch = await probe.read({ before: prev, limit: 10 });
    deepEqual([batch.prev, batch.size, batch.more], [prev, 0, false]);
  },

  'wakes who waits': async (open) => {
    const probe = await open();
    await probe.log(5);
    const waiting = probe.source.waitAfter(await probe.newest(), { timeoutMs: 600_000 });
    await setImmediate();
    await clear(probe);
    await within('a reader to be woken by a clear', waiting);
  },

  'tells every listener, until it stops listening': async (open) => {
    const probe = await open();
    const heard: ClearedEvent[][] = [[], []];
    const stops = heard.map((events) =>
      probe.store.onEvent?.((event) => event.event === 'cleared' && events.push(event)),
    );
    await probe.log(5);
    const upTo = await probe.newest();
    await clear(probe, { by: 'operator-1' });
    for (const [event, ...more] of heard) {
      ok(event, 'an event');
      const { at, ...rest } = event.data;
      deepEqual([event.event, rest, more], ['cleared', { upTo, by: 'operator-1' }, []]);
      equal(new Date(at).toISOString(), at);
    }
    stops[0]?.();
    await clear(probe);
    deepEqual(
      heard.map(({ length }) => length),
      [1, 2],
    );
    equal('by' in (heard[1]?.[1]?.data ?? {}), false);
  },

  'does nothing, and tells nobody, where there is nothing to clear': async (open) => {
    const probe = await open();
    let events = 0;
    probe.store.onEvent?.(() => events++);
    equal((await clear(probe)).cleared, 0);
    equal((await probe.read({ limit: 10 })).size, 0);
    await probe.log(5);
    const upTo = await probe.newest();
    await clear(probe, { upTo });
    const before = await probe.read({ limit: 10 });
    equal((await clear(probe, { upTo })).cleared, 0);
    const after = await probe.read({ limit: 10 });
    deepEqual([after.next, messagesOf(after), events], [before.next, messagesOf(before), 1]);
  },

  'clears nothing for an upTo of another epoch or beyond the newest, and says so': async (open) => {
    const probe = await open();
    let events = 0;
    probe.store.onEvent?.(() => events++);
    await probe.log(5);
    for (const upTo of unknownPlaces(await probe.read({ limit: 1 }))) {
      const error = await clear(probe, { upTo }).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      // By name: the package may be there twice, as ESM and as CJS.
      equal((error as Error | undefined)?.name, 'UnknownCursorError', `upTo ${JSON.stringify(upTo)}`);
    }
    deepEqual([(await probe.readOn(FROM_OLDEST, { limit: 10 })).messages, events], [probe.written, 0]);
  },
};

/** A store may answer at once or later, throw or reject. */
async function clear({ store }: StoreProbe, request?: ClearRequest): Promise<Cleared> {
  return store.clear(request);
}

function unknownPlaces({ epoch, entries }: LogBatch): Cursor[] {
  const newest = entries[0]?.id ?? NaN;
  return [
    formatCursor('another', newest),
    formatCursor(epoch, newest + 1),
    formatCursor(epoch, newest + 1_000_000),
    String(newest + 1) as Cursor,
    '1' as Cursor,
    'x' as Cursor,
    '' as Cursor,
  ];
}

function idOf(cursor: Cursor): number {
  return parseCursor(cursor)?.id ?? NaN;
}
