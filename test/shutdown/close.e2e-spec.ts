import { Controller, Get, Logger } from '@nestjs/common';
import { Agent, get, type IncomingMessage } from 'node:http';
import { type Socket } from 'node:net';
import { bearer, OPERATOR } from '../access/people.js';
import { ADAPTERS } from '../support/host-app.js';
import { open as openText } from '../support/http-client.js';
import { timed } from '../support/timed.js';
import { EventReader } from '../reading/event-reader.js';
import { createLogHost, eventually, idOf, logLines, type LogHost } from '../reading/log-host.js';

/** Busy when the server begins to close. */
@Controller('slow')
class Slow {
  static asked: Promise<void>;
  private static isAsked: () => void;

  constructor() {
    Slow.asked = new Promise((resolve) => (Slow.isAsked = resolve));
  }

  @Get()
  async answer(): Promise<string> {
    Slow.isAsked();
    await new Promise((resolve) => setTimeout(resolve, 300));
    return 'at last';
  }
}

describe.each(ADAPTERS)('app.close() with open streams, on %s', (adapter) => {
  let host: LogHost;
  beforeEach(async () => (host = await createLogHost(adapter, { maxBytes: 64 * 1024 ** 2 })));
  afterEach(() => host.close());

  const follow = async (query = 'limit=0'): Promise<EventReader> => {
    const reader = await EventReader.open(host.at(`stream?${query}`));
    await reader.first('hello');
    return reader;
  };
  const timeToClose = async (): Promise<number> => {
    const { took, stalled } = await timed(() => host.close());
    return took - stalled;
  };

  it('says bye to each of them after what was logged so far, and ends them, within a second', async () => {
    const readers = await Promise.all(Array.from({ length: 4 }, () => follow()));
    const lines = logLines(1500);
    expect(await timeToClose()).toBeLessThan(1000);
    for (const reader of readers) {
      await reader.ended;
      expect(reader.messages).toEqual(lines);
      expect(reader.gaps).toEqual([]);
      const bye = reader.events.at(-1)!;
      expect(bye).toMatchObject({ event: 'bye', data: { reason: 'shutdown', retryMs: 2000 } });
      expect(idOf(bye.id!)).toBeGreaterThanOrEqual(reader.entries.at(-1)!.id);
      expect(reader.response.complete).toBe(true);
    }
  });

  it('ends a tail after what was logged so far', async () => {
    const tail = await openText(host.at('tail?limit=0'), { headers: bearer(OPERATOR) });
    await eventually(async () => (await host.service.stats()).readers.streams === 1);
    logLines(3);
    expect(await timeToClose()).toBeLessThan(1000);
    expect(await tail.ended).toMatch(/line 0\n.*line 1\n.*line 2\n$/);
  });

  it('is not held up by a client that does not read: that one is cut off', async () => {
    const [stalled, healthy] = [await follow(), await follow()];
    stalled.pause();
    const logger = new Logger('Stalled');
    for (let index = 0; index < 60; index++) logger.log(`${index} ${'x'.repeat(250_000)}`);
    await eventually(() => host.sockets[0].writableNeedDrain);
    await healthy.until(() => healthy.entries.length === 60);
    expect(await timeToClose()).toBeLessThan(1000);
    await healthy.ended;
    expect(healthy.events.at(-1)?.event).toBe('bye');
    stalled.resume();
    await stalled.ended;
    expect(stalled.named('bye')).toEqual([]);
  });

  it.each(['tail?follow=false', 'entries'])(
    'is not held up by a client that does not take %s',
    async (path) => {
      const logger = new Logger('Much');
      for (let index = 0; index < 60; index++) logger.log(`${index} ${'x'.repeat(250_000)}`);
      const stalled = await EventReader.open(host.at(path));
      stalled.pause();
      await eventually(() => host.sockets[0].writableNeedDrain);
      expect(await timeToClose()).toBeLessThan(1000);
      stalled.close();
    },
  );

  describe('when the network takes nothing just then', () => {
    /** What is written from here on waits in the process; returns how to let it go. */
    const block = (socket: Socket): (() => void) => {
      const waiting: (() => void)[] = [];
      const write = socket._write.bind(socket);
      const hold: Socket['_write'] = (...chunk) => void waiting.push(() => write(...chunk));
      Object.assign(socket, { _write: hold, _writev: undefined });
      return () => {
        socket._write = write;
        for (const send of waiting) send();
      };
    };

    it('is held up half a second at most', async () => {
      const reader = await follow();
      block(host.sockets[0]);
      logLines(1);
      expect(await timeToClose()).toBeLessThan(1000);
      await reader.ended;
    });

    it('waits for the last lines and the bye to be taken', async () => {
      const reader = await follow();
      const [socket] = host.sockets;
      const letGo = block(socket);
      const lines = logLines(3);
      const closing = timeToClose();
      await eventually(() => socket.writableLength > 0);
      await new Promise((resolve) => setTimeout(resolve, 100));
      letGo();
      expect(await closing).toBeLessThan(1000);
      await reader.ended;
      expect(reader.messages).toEqual(lines);
      expect(reader.events.at(-1)?.event).toBe('bye');
    });
  });

  it('is not held up by connections the clients keep for later', async () => {
    const agent = new Agent({ keepAlive: true });
    const ended = await new Promise<IncomingMessage>((resolve, reject) => {
      get(host.at('stream?limit=0'), { agent, headers: bearer(OPERATOR) }, resolve).on('error', reject);
    });
    ended.resume();
    await eventually(async () => (await host.service.stats()).readers.streams === 1);
    expect(await timeToClose()).toBeLessThan(1000);
    agent.destroy();
  });

  it('is not held up by a client that goes on asking over the connection it was answered on', async () => {
    await host.close();
    host = await createLogHost(adapter, {}, { controllers: [Slow] });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const isAnswered = (path: string): Promise<boolean> =>
      new Promise((resolve) => {
        const asked = get(`${host.url}/${path}`, { agent, headers: bearer(OPERATOR) }, (answer) => {
          answer.resume().once('end', () => resolve(true));
        });
        asked.once('error', () => resolve(false));
      });
    const asked = isAnswered('slow');
    await Slow.asked;
    const goOn = async (): Promise<void> => {
      for (let goes = await asked; goes; goes = await isAnswered('log-console/api/session'))
        await new Promise((resolve) => setTimeout(resolve, 200));
    };
    const going = goOn();
    expect(await timeToClose()).toBeLessThan(1000);
    agent.destroy();
    await going;
  });

  it('closes as fast when nobody reads', async () => {
    expect(await timeToClose()).toBeLessThan(1000);
  });

  it('leaves the port to the next: a client resumes there and is told "restarted"', async () => {
    const reader = await follow();
    logLines(3);
    await reader.until(() => reader.entries.length === 3);
    const { port } = new URL(host.url);
    await host.close();
    await reader.ended;
    const { id } = reader.events.at(-1)!;
    host = await createLogHost(adapter, {}, { port: Number(port) });
    expect(new URL(host.url).port).toBe(port);
    const { held, oldest } = await host.service.stats();
    const next = await EventReader.open(host.at('stream?limit=0'), {
      ...bearer(OPERATOR),
      'last-event-id': id!,
    });
    await next.until(() => next.entries.length >= held.entries);
    expect(next.gaps).toEqual([{ reason: 'restarted', missed: null }]);
    expect(next.entries[0].id).toBe(idOf(oldest) + 1);
    // Ids go up across restarts, for a client that keeps nothing but the last one.
    expect(next.entries[0].id).toBeGreaterThan(idOf(id!));
    next.close();
  });
});
