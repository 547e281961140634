import { type NestInterceptor } from '@nestjs/common';
import { EventSource } from 'eventsource';
import { timeout } from 'rxjs';
import { type LogBatch } from 'nestjs-log-console';
import { ADAPTERS } from '../support/host-app.js';
import { fetchSignedIn } from './fetch-signed-in.js';
import { createLogHost, eventually, logLines, messagesOf, type LogHost } from './log-host.js';

describe.each(ADAPTERS)('an EventSource on GET stream, on %s', (adapter) => {
  let host: LogHost;
  let source: EventSource;
  let batches: LogBatch[];
  const ids: string[] = [];
  const hellos: string[] = [];
  let endAfterMs: number | undefined;
  /** What some hosts do to every answer that takes long. */
  const timeoutInterceptor: NestInterceptor = {
    intercept: (_context, next) =>
      endAfterMs === undefined ? next.handle() : next.handle().pipe(timeout(endAfterMs)),
  };
  beforeEach(async () => {
    endAfterMs = undefined;
    host = await createLogHost(
      adapter,
      {},
      { prepare: (app) => app.useGlobalInterceptors(timeoutInterceptor) },
    );
    await connect();
  });
  const connect = async (): Promise<void> => {
    batches = [];
    ids.length = hellos.length = 0;
    source = new EventSource(host.at('stream?limit=0'), { fetch: fetchSignedIn });
    source.addEventListener('hello', ({ lastEventId }) => hellos.push(lastEventId));
    source.addEventListener('message', ({ data, lastEventId }) => {
      batches.push(JSON.parse(data as string) as LogBatch);
      ids.push(lastEventId);
    });
    await eventually(() => hellos.length === 1);
  };
  afterEach(async () => {
    source.close();
    await host.close();
  });

  const messages = (): string[] => batches.flatMap(messagesOf);

  it('gets every line, and keeps the place it has reached', async () => {
    const lines = logLines(2500);
    await eventually(() => messages().length === 2500);
    expect(messages()).toEqual(lines);
    expect(ids).toEqual(batches.map(({ next }) => next));
  });

  it('comes back by itself after a cut, and misses nothing', async () => {
    const lines = logLines(5);
    await eventually(() => messages().length === 5);
    host.sockets[0].destroy();
    lines.push(...logLines(5));
    await eventually(() => hellos.length === 2);
    lines.push(...logLines(5));
    await eventually(() => messages().length === 15);
    expect(messages()).toEqual(lines);
    expect(batches.every(({ gap }) => gap === undefined)).toBe(true);
    expect(hellos[1]).toBe(ids[0]);
  });

  it('comes back by itself after an interceptor of the host ended it, and misses nothing', async () => {
    source.close();
    endAfterMs = 150;
    await connect();
    const lines = logLines(5);
    await eventually(() => messages().length === 5);
    const { length } = host.sockets;
    await eventually(() => host.sockets[length - 1].destroyed);
    endAfterMs = undefined;
    lines.push(...logLines(5));
    await eventually(() => hellos.length === 2);
    lines.push(...logLines(5));
    await eventually(() => messages().filter((message) => message.startsWith('line')).length === 15);
    expect(messages().filter((message) => message.startsWith('line'))).toEqual(lines);
    expect(hellos[1]).toBe(ids[0]);
  });

  it('comes back by itself after a restart on the same port, and is told so', async () => {
    logLines(5);
    await eventually(() => messages().length === 5);
    const { port } = new URL(host.url);
    await host.close();
    host = await createLogHost(adapter, {}, { port: Number(port) });
    await eventually(() => hellos.length === 2);
    await eventually(() => batches.length >= 2);
    expect(batches[1].gap).toEqual({ reason: 'restarted', missed: null });
    expect(batches[1].entries.length).toBeGreaterThan(0);
  });
});
