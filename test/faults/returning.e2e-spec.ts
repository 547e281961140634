import { Logger } from '@nestjs/common';
import { type Gap, type LogBatch, type LogEntry } from 'nestjs-log-console';
import { EventReader } from '../reading/event-reader.js';
import { createLogHost, epochOf, eventually, idOf, logLines, type LogHost } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';
import { bearer, OPERATOR } from '../access/people.js';
import { accountOf } from './accounts.js';
import { ReturningReader } from './returning-reader.js';

/** What a reader is told: gaps and ids, in order. */
type Told = (Gap | number)[];

const toldBy = (batches: readonly Pick<LogBatch, 'gap' | 'entries'>[]): Told =>
  batches.flatMap(({ gap, entries }) => [...(gap ? [gap] : []), ...entries.map(({ id }) => id)]);

describe.each(ADAPTERS)('a client that comes back, on %s', (adapter) => {
  let host: LogHost;
  beforeEach(async () => (host = await createLogHost(adapter, { capacity: 100 })));
  afterEach(() => host.close());

  describe('F29: after a sleep in which the ring turned over', () => {
    it.each(['', 'level=error'])('is told exactly what it missed, time and again (%s)', async (filter) => {
      const from = await host.now();
      const errors = new Set<number>();
      host.service.entries$.subscribe(({ id, level }) => level === 'error' && errors.add(id));
      const passes = (id: number): boolean => filter === '' || errors.has(id);
      const logger = new Logger('Shop');
      const batches: LogBatch[] = [];
      let place = from;
      for (const asleep of [0, 3, 100, 101, 250, 1000]) {
        for (let index = 0; index < asleep; index++)
          logger[index % 3 === 0 ? 'error' : 'log'](`line ${index}`);
        const reader = new ReturningReader(host.at(`stream?${filter}`), place);
        await eventually(() => reader.connections === 1);
        logger.error('awake');
        await reader.upTo(await host.now());
        reader.close();
        batches.push(...reader.batches);
        place = reader.reached;
      }
      const { gaps } = accountOf(batches, { from, to: await host.now(), passes });
      expect(gaps.map(({ reason, missed }) => [reason, missed])).toEqual([
        ['evicted', 1],
        ['evicted', 150],
        ['evicted', 900],
      ]);
    });
  });

  describe('F30: with a place that is not of this life', () => {
    const CURSORS: [string, (newest: string) => string][] = [
      ['another epoch', () => 'earlier-5'],
      ['another epoch, with an id that is held', (newest) => `earlier-${idOf(newest)}`],
      ['an epoch of the longest name', (newest) => `${'e'.repeat(128)}-${idOf(newest)}`],
      ['the next id, which nobody has', (newest) => `${epochOf(newest)}-${idOf(newest) + 1}`],
      ['the far future', (newest) => `${epochOf(newest)}-${Number.MAX_SAFE_INTEGER}`],
      ['this epoch, long before its beginning', (newest) => `${epochOf(newest)}-7`],
      ['an integer of an earlier life', () => '1700000000000000'],
      ['an integer of the future', (newest) => `${idOf(newest) + 1}`],
    ];

    /** Each way of reading on from a cursor: what the reader is told up to the newest. */
    const WAYS: Record<string, (after: string, newest: string) => Promise<Told>> = {
      entries: async (after) => toldBy([await host.entries(`after=${after}`)]),
      'entries that wait': async (after) => toldBy([await host.entries(`after=${after}&wait=20`)]),
      export: async (after) => {
        const { text } = await host.ask(`export?after=${after}`);
        const lines = text.trimEnd().split('\n');
        return lines.map((line) => {
          const { gap, id } = JSON.parse(line) as { gap?: Gap } & LogEntry;
          return gap ?? id;
        });
      },
      stream: (after, newest) => streamed(`stream?after=${after}`, newest),
      'stream with Last-Event-ID': (after, newest) => streamed('stream?limit=0', newest, after),
    };
    const streamed = async (path: string, newest: string, id?: string): Promise<Told> => {
      const headers = { ...bearer(OPERATOR), ...(id === undefined ? {} : { 'last-event-id': id }) };
      const reader = await EventReader.open(host.at(path), headers);
      await reader.until(() => reader.named('message').at(-1)?.id === newest);
      reader.close();
      return toldBy(reader.batches);
    };

    it.each(CURSORS)('%s: it is told so first, then everything held', async (_what, cursorOf) => {
      logLines(150);
      const { newest, oldest } = await host.service.stats();
      const held = Array.from({ length: 100 }, (_, index) => idOf(oldest) + 1 + index);
      const cursor = cursorOf(newest);
      for (const [way, read] of Object.entries(WAYS)) {
        // A bare integer is no Last-Event-ID.
        if (way.endsWith('Last-Event-ID') && !cursor.includes('-')) continue;
        const told = await read(cursor, newest);
        expect([way, ...told]).toEqual([way, { reason: 'restarted', missed: null }, ...held]);
      }
      const tail = (await host.ask(`tail?follow=false&after=${cursor}`)).text.split('\n');
      expect(tail[0]).toMatch(/^--- .*restarted.* ---$/);
      expect(tail.filter((line) => line.startsWith('---'))).toHaveLength(1);
      expect(tail).toHaveLength(102);
    });

    it('a real earlier life: it is told so once, and reads on in this one', async () => {
      const reader = new ReturningReader(host.at('stream'), await host.now());
      logLines(30);
      await reader.upTo(await host.now());
      const { port } = new URL(host.url);
      await host.close();
      host = await createLogHost(adapter, { capacity: 100 }, { port: Number(port) });
      const lines = logLines(30);
      const to = await host.now();
      await reader.upTo(to);
      reader.drop();
      await eventually(() => reader.connections === 3);
      lines.push(...logLines(5));
      await reader.upTo(await host.now());
      reader.close();
      const inThis = reader.batches.filter(({ epoch }) => epoch === epochOf(to));
      expect(inThis.map(({ gap }) => gap)).toEqual([
        { reason: 'restarted', missed: null },
        ...inThis.slice(1).map(() => undefined),
      ]);
      const ids = inThis.flatMap(({ entries }) => entries.map(({ id }) => id));
      expect(ids).toEqual(ids.map((_, index) => ids[0] + index));
      expect(
        inThis
          .flatMap(({ entries }) => entries)
          .slice(-35)
          .map(({ message }) => message),
      ).toEqual(lines);
    });
  });
});
