import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { EventSource } from 'eventsource';
import { type OperationSummary } from 'nestjs-log-console';
import { bearer, OPERATOR } from '../access/people.js';
import { EventReader } from '../reading/event-reader.js';
import { createLogHost, epochOf, eventually, idOf, messagesOf, type LogHost } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';
import { open, type OpenReply } from '../support/http-client.js';
import { fetchSignedIn } from '../support/signed-in-fetch.js';
import { linesOf, readersOf, startInHand } from './operation-in-hand.js';

// A hundred viewers at once, and an EventSource that waits two seconds before it comes back.
jest.setTimeout(20_000);

describe.each(ADAPTERS)('An operation live, on %s', (adapter) => {
  let host: LogHost;
  const opened: { close(): void }[] = [];
  beforeEach(
    async () =>
      (host = await createLogHost(adapter, { limits: { streamsPerUser: 200, streamsPerProcess: 200 } })),
  );
  afterEach(async () => {
    for (const one of opened.splice(0)) one.close();
    await host.close();
  });

  const closeLater = <T extends { close(): void }>(what: T): T => (opened.push(what), what);
  const stream = async (
    id: string,
    query = '',
    headers: Record<string, string> = {},
  ): Promise<EventReader> => {
    const url = host.at(`operations/${id}/stream?${query}`);
    return closeLater(await EventReader.open(url, { ...bearer(OPERATOR), ...headers }));
  };
  const tail = async (id: string, query = ''): Promise<OpenReply> =>
    closeLater(await open(host.at(`operations/${id}/tail?${query}`), { headers: bearer(OPERATOR) }));
  const states = (reader: EventReader): unknown[] => reader.named('operation').map(({ data }) => data.state);
  /** The last line of a text, with its own duration left out. */
  const outcomeOf = (text: string): string | undefined =>
    linesOf(text)
      .at(-1)
      ?.replace(/[\d,]+\.\d s/, '… s');

  describe('as events', () => {
    it('greets with the places of its lines, sends them as they come, and says bye after its last state', async () => {
      const operation = startInHand(host);
      operation.log('one', 'two');
      const reader = await stream(operation.id);
      const { epoch, newest, oldest } = (await reader.first('hello')).data;
      expect([epochOf(String(newest)), epochOf(String(oldest))]).toEqual([epoch, epoch]);
      expect(idOf(String(newest)) - idOf(String(oldest))).toBe(2);
      await reader.until(() => reader.entries.length === 2);
      operation.log('three');
      await reader.until(() => reader.entries.length === 3);
      operation.log('four');
      await operation.succeed();
      await reader.ended;
      expect(reader.messages).toEqual(['one', 'two', 'three', 'four']);
      expect(reader.events.slice(-2)).toMatchObject([
        { event: 'operation', data: { id: operation.id, state: 'ok', lines: { total: 4 } } },
        { event: 'bye', data: { reason: 'finished' } },
      ]);
      expect(idOf(reader.events.at(-1)!.id!)).toBe(reader.entries.at(-1)!.id);
      expect(reader.response.complete).toBe(true);
    });

    it('has nothing of what others log meanwhile', async () => {
      const [operation, other] = [startInHand(host), startInHand(host, 'Other')];
      const reader = await stream(operation.id);
      await reader.first('hello');
      operation.log('one');
      other.log('of another');
      new Logger('Outside').log('outside');
      operation.log('two');
      for (const each of [other, operation]) await each.succeed();
      await reader.ended;
      expect(reader.messages).toEqual(['one', 'two']);
    });

    it('tells of its progress at most twice a second, and of the last state always', async () => {
      const operation = startInHand(host);
      const reader = await stream(operation.id);
      await reader.first('hello');
      const start = performance.now();
      let done = 0;
      while (performance.now() < start + 1200) {
        operation.progress(++done, 100_000);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await operation.fail(new Error('broken'));
      await reader.ended;
      const seconds = (performance.now() - start) / 1000;
      const told = reader.named('operation');
      // The first of all, two a second, and the last state.
      expect(told.length).toBeLessThanOrEqual(2 + Math.ceil(seconds * 2));
      expect(told.length).toBeGreaterThanOrEqual(3);
      expect(told.slice(0, -1).every(({ data }) => data.state === 'running')).toBe(true);
      expect(told.at(-1)!.data).toMatchObject({
        state: 'failed',
        progress: { done, total: 100_000 },
        error: { message: 'Error: broken' },
      });
    });

    it('is told to three viewers at once, to one who joined late, and to one who comes after the end', async () => {
      const operation = startInHand(host);
      operation.log('one');
      const viewers = [await stream(operation.id), await stream(operation.id), await stream(operation.id)];
      for (const viewer of viewers) await viewer.until(() => viewer.entries.length === 1);
      operation.log('two', 'three');
      for (const viewer of viewers) await viewer.until(() => viewer.entries.length === 3);
      viewers.push(await stream(operation.id));
      operation.log('four');
      await operation.succeed();
      viewers.push(await stream(operation.id));
      for (const viewer of viewers) {
        await viewer.ended;
        expect(viewer.messages).toEqual(['one', 'two', 'three', 'four']);
        expect(states(viewer)).toEqual(['ok']);
        expect(viewer.named('bye')).toMatchObject([{ data: { reason: 'finished' } }]);
      }
      await readersOf(host, 0);
    });

    it('goes on when its viewers leave, and misses nothing for one who comes back', async () => {
      const operation = startInHand(host);
      operation.log('one');
      const first = await stream(operation.id);
      await first.until(() => first.entries.length === 1);
      const place = first.events.at(-1)!.id!;
      first.close();
      await readersOf(host, 0);
      operation.log('two');
      expect(operation.state).toBe('running');
      const second = await stream(operation.id, 'after=0', { 'last-event-id': place });
      operation.log('three');
      await operation.succeed();
      await second.ended;
      expect([second.messages, second.gaps]).toEqual([['two', 'three'], []]);
    });

    it('answers 204 to who comes back from its end, and the rest to who comes back from before it', async () => {
      const operation = startInHand(host);
      operation.log('one', 'two');
      await operation.succeed();
      const reader = await stream(operation.id);
      await reader.ended;
      const [end, first] = [reader.events.at(-1)!.id!, reader.entries[0].id];
      const again = await stream(operation.id, '', { 'last-event-id': end });
      await again.ended;
      expect([again.status, again.events]).toEqual([204, []]);
      const headers = again.response.headers;
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
      expect(headers).not.toHaveProperty('content-type');
      const rest = await stream(operation.id, '', { 'last-event-id': `${epochOf(end)}-${first}` });
      await rest.ended;
      expect([rest.status, rest.messages]).toEqual([200, ['two']]);
      const filtered = await stream(operation.id, 'search=nowhere');
      await filtered.ended;
      expect(filtered.events.at(-1)).toMatchObject({ event: 'bye', id: end });
    });

    it('is left alone by an EventSource once it is over', async () => {
      const operation = startInHand(host);
      operation.log('one');
      const messages: string[] = [];
      const asked: number[] = [];
      const source = closeLater(
        new EventSource(host.at(`operations/${operation.id}/stream`), {
          fetch: async (url, init) => {
            const response = await fetchSignedIn(url, init);
            asked.push(response.status);
            return response;
          },
        }),
      );
      source.addEventListener('message', ({ data }) => {
        messages.push(...messagesOf(JSON.parse(data as string) as Parameters<typeof messagesOf>[0]));
      });
      await eventually(() => messages.length === 1);
      operation.log('two');
      await operation.succeed();
      await eventually(() => source.readyState === source.CLOSED, 8);
      expect([messages, asked]).toEqual([
        ['one', 'two'],
        [200, 204],
      ]);
    });
  });

  describe('as text', () => {
    it('grows like tail -f, and ends with its outcome', async () => {
      const operation = startInHand(host);
      const text = await tail(operation.id);
      expect([text.status, text.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
      for (const line of ['one', 'two']) {
        operation.log(line);
        await text.until(`${line}\n`);
      }
      operation.log('warn: low', 'error: none left', 'warn: low again');
      await operation.succeed();
      const all = await text.ended;
      expect(linesOf(all).slice(0, -1)).toEqual(['one', 'two', 'low', 'none left', 'low again']);
      expect(outcomeOf(all)).toBe('=== ok in … s, 5 lines, 1 error, 2 warnings ===');
      expect(all.endsWith(' ===\n')).toBe(true);
    });

    it.each<[string, (operation: ReturnType<typeof startInHand>) => Promise<unknown>, string]>([
      [
        'failed',
        (operation) => operation.fail(new Error('no answer\nfrom the supplier')),
        '=== failed in … s, 1 line: Error: no answer… ===',
      ],
      [
        'failed with nothing',
        (operation) => operation.fail(undefined),
        '=== failed in … s, 1 line: [undefined] ===',
      ],
      [
        'was cancelled',
        (operation) => host.ask(`operations/${operation.id}/cancel`, 'POST'),
        '=== cancelled after … s, 1 line ===',
      ],
    ])('says of one that %s so', async (_what, end, outcome) => {
      const operation = startInHand(host, 'Import', { cancellable: true });
      const text = await tail(operation.id);
      operation.log('one');
      await end(operation);
      expect(outcomeOf(await text.ended)).toBe(outcome);
    });

    it('is the same for who joined late and who comes afterwards, follow or not', async () => {
      const operation = startInHand(host);
      const early = await tail(operation.id);
      operation.log('one', 'two');
      await early.until('two\n');
      const late = await tail(operation.id);
      await operation.succeed();
      const whole = await early.ended;
      expect(outcomeOf(whole)).toBe('=== ok in … s, 2 lines ===');
      expect(await late.ended).toBe(whole);
      for (const query of ['', 'follow=false'])
        expect((await host.ask(`operations/${operation.id}/tail?${query}`)).text).toBe(whole);
      const { text } = await host.ask(`operations/${operation.id}/tail?search=two`);
      expect(linesOf(text).map((line) => line.replace(/^=== .*/, '==='))).toEqual(['two', '===']);
    });

    it('has no outcome while it runs', async () => {
      const operation = startInHand(host);
      operation.log('one');
      expect(linesOf((await host.ask(`operations/${operation.id}/tail?follow=false`)).text)).toEqual(['one']);
      await operation.succeed();
    });

    it('is the text of the log that has no outcome, whatever is over', async () => {
      const operation = startInHand(host);
      operation.log('one');
      await operation.succeed();
      expect((await host.ask(`tail?follow=false`)).text).not.toContain('===');
    });
  });

  it('belongs to each of 100 at once with a viewer each: no line in the wrong one', async () => {
    const COUNT = 100;
    const operations = Array.from({ length: COUNT }, (_, index) => startInHand(host, `Import ${index}`));
    const viewers = await Promise.all(operations.map(({ id }) => stream(id)));
    for (let line = 0; line < 20; line++)
      for (const [index, operation] of operations.entries()) operation.log(`${index}: ${line}`);
    await Promise.all(operations.map((operation) => operation.succeed()));
    for (const [index, viewer] of viewers.entries()) {
      await viewer.ended;
      expect(viewer.messages).toEqual(Array.from({ length: 20 }, (_, line) => `${index}: ${line}`));
    }
  });

  it('is abandoned at a shutdown, and all viewers are told so within a second', async () => {
    const operation = startInHand(host);
    const [events, text] = [await stream(operation.id), await tail(operation.id)];
    const ofLog = closeLater(await EventReader.open(host.at('stream?limit=0')));
    await ofLog.first('hello');
    operation.log('one');
    await events.until(() => events.entries.length === 1);
    operation.log('last words');
    const start = performance.now();
    await host.app.close();
    expect(performance.now() - start).toBeLessThan(1000);
    await Promise.all([events.ended, ofLog.ended]);
    expect(events.messages).toEqual(['one', 'last words']);
    expect(events.events.slice(-2)).toMatchObject([
      { event: 'operation', data: { state: 'abandoned' } satisfies Partial<OperationSummary> },
      { event: 'bye', data: { reason: 'finished' } },
    ]);
    expect(ofLog.events.at(-1)).toMatchObject({ event: 'bye', data: { reason: 'shutdown' } });
    const all = await text.ended;
    expect(linesOf(all).slice(0, -1)).toEqual(['one', 'last words']);
    expect(outcomeOf(all)).toBe('=== abandoned after … s, 2 lines ===');
  });
});
