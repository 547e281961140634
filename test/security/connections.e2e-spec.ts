import { Logger } from '@nestjs/common';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { ADMIN, bearer, OPERATOR, VIEWER } from '../access/people.js';
import { EventReader } from '../reading/event-reader.js';
import { createLogHost, eventually, type LogHost } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';
import { open, request, type OpenReply } from '../support/http-client.js';
import { statusOf } from './raw.js';
import { isOpen, routesOf } from './routes.js';

/** The largest batch, which all readers of a stream share, and what one of them may cost beside it. */
const BATCH_BYTES = 256 * 1024;
const OWN_BYTES = 64 * 1024;

/** Every way to hold a response open. */
const HELD = ['stream?limit=0', 'tail?limit=0', 'entries?wait=25&limit=1&search=nothing-has-this'];

const APPS = await Promise.all(
  ADAPTERS.map(async (adapter) => [adapter, (await routesOf(adapter)).filter((it) => !isOpen(it))] as const),
);

describe.each(APPS)('T17, T18: Connections, on %s', (adapter, guarded) => {
  let host: LogHost;
  let left: { close(): void }[];
  beforeEach(() => (left = []));
  afterEach(async () => {
    for (const one of left) one.close();
    await host.close();
  });

  /** A connection that sends these requests and reads nothing but what it is asked to. */
  async function connection(): Promise<{ socket: Socket; answers: () => string }> {
    const socket = connect(Number(new URL(host.url).port), '127.0.0.1');
    let text = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
    left.push({ close: () => socket.destroy() });
    await once(socket, 'connect');
    return { socket, answers: () => text };
  }

  const readers = async (): Promise<{ streams: number; polls: number }> =>
    (await host.service.stats()).readers;

  describe('of somebody who did not sign in', () => {
    beforeEach(async () => (host = await createLogHost(adapter, { limits: { streamsPerProcess: 3 } })));

    it('are answered at once and then free for the next request', async () => {
      const { socket, answers } = await connection();
      for (const { method, url } of guarded) {
        const before = answers().length;
        const query = url.endsWith('/entries') && method === 'GET' ? '?wait=25' : '';
        socket.write(`${method} ${url}${query} HTTP/1.1\r\nHost: localhost\r\nX-Log-Console: 1\r\n\r\n`);
        await eventually(() => answers().slice(before).endsWith('}'));
        expect(statusOf(answers().slice(before))).toBe(401);
      }
      expect(socket.destroyed).toBe(false);
      expect(await readers()).toEqual({ streams: 0, polls: 0 });
    });

    it('are closed where the client asked for that, whatever route it asked', async () => {
      for (const { method, url } of guarded) {
        const { socket, answers } = await connection();
        const closed = once(socket, 'close');
        socket.write(
          `${method} ${url} HTTP/1.1\r\nHost: localhost\r\nX-Log-Console: 1\r\nConnection: close\r\n\r\n`,
        );
        await closed;
        expect(statusOf(answers())).toBe(401);
      }
    });

    it('take nobody a slot, however many they are', async () => {
      const wrong = { authorization: `Bearer ${'x'.repeat(43)}` };
      const asked = Array.from({ length: 60 }, (_, turn) =>
        request(host.at(HELD[turn % HELD.length]), { headers: turn % 2 ? wrong : {} }),
      );
      const statuses = new Set((await Promise.all(asked)).map(({ status }) => status));
      expect([...statuses].sort()).toEqual([401, 429]);
      expect(await readers()).toEqual({ streams: 0, polls: 0 });
      for (const path of HELD)
        left.push(await open(host.at(path.replace('wait=25', 'wait=0.1')), { headers: bearer(OPERATOR) }));
      expect((left as OpenReply[]).slice(-3).map(({ status }) => status)).toEqual([200, 200, 200]);
    });
  });

  describe('of somebody who opens all they can', () => {
    it('end at the limit of one user, whatever they open, and others have theirs', async () => {
      host = await createLogHost(adapter);
      const ask = async (path: string, person = OPERATOR): Promise<OpenReply> => {
        const reply = await open(host.at(path), { headers: bearer(person) });
        left.push(reply);
        return reply;
      };
      for (let turn = 0; turn < 9; turn++) expect((await ask(HELD[turn % 2])).status).toBe(200);
      // A poll that waits has no head yet: it takes its slot without being seen.
      const poll = request(host.at(HELD[2]), { headers: bearer(OPERATOR) }).catch(() => 'left');
      await eventually(async () => (await readers()).polls === 1);
      for (let turn = 0; turn < 30; turn++) {
        const path = [...HELD, 'export', 'tail?follow=false'][turn % 5];
        const { status, headers, ended } = await ask(path);
        expect({ path, status }).toEqual({ path, status: 503 });
        expect(headers['retry-after']).toBe('10');
        expect(JSON.parse(await ended)).toMatchObject({
          message: 'You have 10 streams open already; close one.',
        });
      }
      expect(await readers()).toEqual({ streams: 9, polls: 1 });
      expect((await ask('stream', VIEWER)).status).toBe(200);
      expect(await host.ask('entries')).toMatchObject({ status: 200 });
      for (const socket of host.sockets) socket.destroy();
      await poll;
      await eventually(async () => JSON.stringify(await readers()) === '{"streams":0,"polls":0}');
      expect((await ask('stream')).status).toBe(200);
    });

    it('end at the limit of the process, whoever they are', async () => {
      host = await createLogHost(adapter, { limits: { streamsPerUser: 40, streamsPerProcess: 100 } });
      const people = [VIEWER, OPERATOR, ADMIN];
      const all = await Promise.all(
        Array.from({ length: 110 }, (_, turn) =>
          open(host.at('stream?limit=0'), { headers: bearer(people[turn % 3]) }),
        ),
      );
      left.push(...all);
      const refused = all.filter(({ status }) => status === 503);
      expect(all.filter(({ status }) => status === 200)).toHaveLength(100);
      expect(refused).toHaveLength(10);
      for (const { headers } of refused) expect(headers['retry-after']).toBe('10');
      expect(await readers()).toEqual({ streams: 100, polls: 0 });
      expect(await host.ask('stats')).toMatchObject({ status: 200 });
    });

    it('are free again after a reset in the middle of the request', async () => {
      host = await createLogHost(adapter);
      for (let turn = 0; turn < 30; turn++) {
        const { socket } = await connection();
        socket.write(
          `GET /log-console/api/${HELD[turn % HELD.length]} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${OPERATOR.token}\r\n\r\n`,
        );
        if (turn % 2) await new Promise((resolve) => setImmediate(resolve));
        socket.resetAndDestroy();
      }
      // A request that is answered after them says that they were dealt with.
      await host.ask('stats');
      await eventually(async () => JSON.stringify(await readers()) === '{"streams":0,"polls":0}');
    });
  });

  describe('of somebody who reads nothing', () => {
    const LINES = 4000;
    const long = 'x'.repeat(4000);
    const heldBack = (): number[] => host.sockets.map((socket) => socket.writableLength);

    it.each(['stream?limit=0', 'tail?limit=0', 'export'])(
      'cost the process a batch at most, and the log nothing: %s',
      async (path) => {
        host = await createLogHost(adapter, { maxBytes: 64 * 1024 * 1024 });
        const logger = new Logger('Long');
        const log = (): void => {
          for (let line = 0; line < LINES; line++) logger.log(`${line} ${long}`);
        };
        if (path === 'export') log();
        const healthy = await EventReader.open(host.at('stream?limit=0'));
        left.push(healthy);
        await healthy.first('hello');
        for (let turn = 0; turn < 5; turn++) {
          const stalled = await EventReader.open(host.at(path));
          stalled.pause();
          left.push(stalled);
        }
        if (path === 'export') logger.log('the end');
        else log();
        logger.log('the last line');
        await healthy.until(() => healthy.messages.includes('the last line'));
        expect(healthy.gaps).toEqual([]);
        if (path !== 'export') expect(healthy.messages).toHaveLength(LINES + 1);
        const held = heldBack();
        expect(Math.max(...held)).toBeLessThanOrEqual(BATCH_BYTES + OWN_BYTES);
        // They are stalled, and not done.
        expect(held.filter((bytes) => bytes > 0).length).toBeGreaterThanOrEqual(5);
        expect(await host.ask('stats')).toMatchObject({ status: 200, json: { rejected: 0, suppressed: 0 } });
      },
    );
  });
});
