import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Api } from './api.js';
import { Connection } from './connection.js';
import { SESSION_ANSWER, Told } from './testing/fake-server.js';

const frame = (event: string, id: number, data: object): string =>
  `event: ${event}\nid: e1-${id}\ndata: ${JSON.stringify(data)}\n\n`;
const lines = (...ids: number[]): object => ({
  epoch: 'e1',
  instance: 'web-1',
  entries: ids.map((id) => ({ id, level: 'log', message: `Größe ${id}` })),
  next: `e1-${ids.at(-1)!}`,
  prev: `e1-${ids[0]}`,
  more: false,
});

let server: Server;
let asked: string[];
let streams: ServerResponse[];
let told: Told;
let connection: Connection;
let changed: () => void;
let onStream: (response: ServerResponse) => void;

/** Resolves when what the page was told, or the server was asked, makes it true. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise<void>((resolve) => (changed = resolve));
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const route = request.url!.replace('/log-console/api/', '');
  asked.push(route);
  if (route.startsWith('stream')) {
    streams.push(response);
    response.once('close', () => {
      streams.splice(streams.indexOf(response), 1);
      changed();
    });
    onStream(response);
  } else {
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.end(JSON.stringify(route === 'session' ? SESSION_ANSWER : lines(1, 2)));
  }
  changed();
}

beforeEach(async () => {
  asked = [];
  streams = [];
  changed = () => undefined;
  onStream = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(frame('hello', 2, { epoch: 'e1', pingSeconds: 10 }));
  };
  server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const base = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/log-console/`);
  told = new Told();
  const { state, batch } = told;
  told.state = (given) => {
    state(given);
    changed();
  };
  told.batch = (given) => {
    batch(given);
    changed();
  };
  connection = new Connection({ api: new Api(base), path: 'api/', backlog: 1000, events: told });
});

afterEach(async () => {
  connection.stop();
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
});

describe('What the console reads with, over a real connection', () => {
  test('lines arrive in whatever pieces, and stopping ends the stream on the server', async () => {
    connection.start();
    await until(() => connection.state.kind === 'live');
    const bytes = Buffer.from(`id: e1-3\ndata: ${JSON.stringify(lines(3))}\n\n`);
    const middle = bytes.indexOf('ö') + 1;
    streams[0].write(bytes.subarray(0, middle));
    await new Promise((resolve) => setImmediate(resolve));
    streams[0].write(bytes.subarray(middle));
    await until(() => told.ids.length > 0);
    expect(told.batches[0].entries[0].message).toBe('Größe 3');
    connection.stop();
    await until(() => streams.length === 0);
  });

  test('a connection that is reset is opened again from the same place', async () => {
    connection.start();
    await until(() => connection.state.kind === 'live');
    streams[0].socket!.resetAndDestroy();
    await until(() => told.kinds.filter((kind) => kind === 'live').length === 2);
    expect(told.kinds).toContain('lost');
    expect(asked.filter((route) => route.startsWith('stream'))).toEqual([
      'stream?limit=1000',
      'stream?after=e1-2',
    ]);
  });

  test('a page of the proxy instead of the stream: the lines come by asking', async () => {
    onStream = (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
    connection.start();
    await until(() => connection.state.kind === 'polling');
    expect(told.ids).toEqual([1, 2]);
  });

  test('an answer that never begins: the lines come by asking within 4.5 s', async () => {
    onStream = () => undefined;
    const startedAt = performance.now();
    connection.start();
    await until(() => connection.state.kind === 'polling');
    expect(performance.now() - startedAt).toBeLessThan(4500);
  });

  test('a redirect to a sign-in page: signed out', async () => {
    onStream = (response) => response.writeHead(302, { location: '/login' }).end();
    connection.start();
    await until(() => connection.state.kind === 'signed-out');
    expect(asked).toHaveLength(2);
  });

  test('a server that is gone is missed within a second', async () => {
    connection.start();
    await until(() => connection.state.kind === 'live');
    const goneAt = performance.now();
    server.closeAllConnections();
    await until(() => connection.state.kind === 'lost');
    expect(performance.now() - goneAt).toBeLessThan(1000);
  });
});
