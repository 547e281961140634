import { Logger } from '@nestjs/common';
import { UnknownCursorError, type Cursor, type LogBatch, type LogEntry } from 'nestjs-log-console';
import { ADAPTERS } from '../support/host-app.js';
import { createLogHost, idOf, logLines, messagesOf, type LogHost } from '../reading/log-host.js';

describe.each(ADAPTERS)('LogConsoleService in application code, on %s', (adapter) => {
  let host: LogHost;
  beforeEach(async () => (host = await createLogHost(adapter, { capacity: 2000 })));
  afterEach(() => host.close());

  describe('entries$', () => {
    it('emits every line as it is logged, in order, within the log call', () => {
      const seen: LogEntry[] = [];
      const subscription = host.service.entries$.subscribe((entry) => seen.push(entry));
      new Logger('A').warn('one', { n: 1 });
      expect(seen).toMatchObject([{ level: 'warn', context: 'A', message: 'one', data: { n: 1 } }]);
      logLines(2);
      expect(messagesOf({ entries: seen })).toEqual(['one', 'line 0', 'line 1']);
      subscription.unsubscribe();
      logLines(1);
      expect(seen).toHaveLength(3);
    });

    it('goes on for others, and for the application, when an observer throws', async () => {
      const seen: string[] = [];
      host.service.entries$.subscribe(() => {
        throw new Error('a bad observer');
      });
      host.service.entries$.subscribe(({ message }) => seen.push(message));
      expect(() => logLines(2)).not.toThrow();
      expect(seen).toEqual(expect.arrayContaining(['line 0', 'line 1']));
      expect(messagesOf(await host.service.read())).toContainEqual(
        expect.stringContaining(
          'An observer of entries$ threw and was unsubscribed: [Threw: a bad observer]',
        ),
      );
    });

    it('answers an observer that logs after it returns', () => {
      const seen: string[] = [];
      host.service.entries$.subscribe(({ message }) => {
        seen.push(message);
        if (message === 'line 0') new Logger('B').log('an answer');
      });
      logLines(2);
      expect(seen).toEqual(['line 0', 'an answer', 'line 1']);
    });

    it('completes when the application closes', async () => {
      let isComplete = false;
      host.service.entries$.subscribe({ complete: () => (isComplete = true) });
      await host.close();
      expect(isComplete).toBe(true);
    });
  });

  it('read() answers what GET entries answers', async () => {
    const after = (await host.now()) as Cursor;
    const lines = logLines(20);
    const batch = await host.service.read({ after, limit: 15, filter: { level: ['log'] } });
    expect(messagesOf(batch)).toEqual(lines.slice(0, 15));
    expect(batch.size).toBe(15);
    const { epoch, instance, entries, next, prev, more } = batch;
    expect({ epoch, instance, entries, next, prev, more }).toEqual(
      await host.entries(`after=${after}&limit=15&level=log`),
    );
    expect((await host.service.read()).entries.length).toBeGreaterThan(20);
  });

  it('read() answers a cursor nobody knows with a gap, and never rejects', async () => {
    for (const after of ['earlier-1', 'nonsense', '']) {
      const { gap } = await host.service.read({ after: after as Cursor });
      expect(gap).toEqual({ reason: 'restarted', missed: null });
    }
  });

  it('follow() yields what is there, then what comes, until it is left', async () => {
    const after = (await host.now()) as Cursor;
    const lines = logLines(1500);
    const got: LogBatch[] = [];
    for await (const batch of host.service.follow({ after })) {
      got.push(batch);
      const count = got.flatMap(messagesOf).length;
      if (count === 1500) lines.push(...logLines(3));
      if (count >= 1503) break;
    }
    expect(got.flatMap(messagesOf)).toEqual(lines);
    expect(got.every(({ gap }) => gap === undefined)).toBe(true);
  });

  it('follow() tells a slow consumer exactly what it missed', async () => {
    const after = (await host.now()) as Cursor;
    logLines(1000);
    const follower = host.service.follow({ after });
    const first = await follower.next();
    logLines(5000);
    const second = await follower.next();
    if (first.done || second.done) throw new Error('It ended.');
    expect(first.value.size).toBe(1000);
    expect(second.value.gap).toMatchObject({ reason: 'evicted', missed: 3000 });
    expect(second.value.entries[0].id).toBe(idOf(first.value.next) + 3001);
    await follower.return();
  });

  it('follow() ends when its signal aborts, also while it waits', async () => {
    const abort = new AbortController();
    const follower = host.service.follow({ limit: 0, signal: abort.signal });
    const waiting = follower.next();
    await new Promise((resolve) => setImmediate(resolve));
    abort.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('clear() clears for everyone, in the name of who is given', async () => {
    logLines(5);
    const { held, newest } = await host.service.stats();
    expect(await host.service.clear({ by: 'the night job' })).toEqual({
      cleared: held.entries,
      upTo: newest,
    });
    expect(messagesOf(await host.service.read())).toEqual([`the night job cleared ${held.entries} entries`]);
    await expect(host.service.clear({ upTo: 'earlier-1' as Cursor })).rejects.toThrow(UnknownCursorError);
    expect((await host.service.clear({ upTo: newest })).cleared).toBe(0);
  });

  it('stats() knows who reads over HTTP', async () => {
    expect(await host.service.stats()).toMatchObject({
      readers: { streams: 0, polls: 0 },
      capacity: { entries: 2000 },
      store: { kind: 'memory', state: 'up' },
    });
  });
});
