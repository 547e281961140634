import { type LogBatch, type LogEntry } from 'nestjs-log-console';
import { EventReader } from '../reading/event-reader.js';
import { ADAPTERS, type Adapter } from '../support/host-app.js';
import { open, request } from '../support/http-client.js';
import { ask, consoleAt, order, type RunningHost } from './running-host.js';

const FIRST_EVENT_MS = 200;
const SIGN_IN_FIRST = { statusCode: 401, message: 'Sign in first.', error: 'Unauthorized' };

/**
 * What every host must still give, on Express and on Fastify; then what is special about this one.
 * The host is started once for all of them.
 */
export function describeHost(
  name: string,
  start: (adapter: Adapter) => Promise<RunningHost>,
  special?: (host: () => RunningHost, adapter: Adapter) => void,
): void {
  describe.each(ADAPTERS)(`A host with ${name}, on %s`, (adapter) => {
    let host: RunningHost;
    beforeAll(async () => {
      host = await start(adapter);
    });
    afterAll(() => host?.close());
    // Also where a test failed: an open stream would hold the host up.
    const opened: { close(): void }[] = [];
    const closeLater = <T extends { close(): void }>(what: T): T => (opened.push(what), what);
    afterEach(() => opened.splice(0).forEach((one) => one.close()));

    it('says who is signed in', async () => {
      expect(await ask(host, '/api/session')).toMatchObject({
        status: 200,
        headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
        json: {
          user: { name: 'operator-1', role: 'operator' },
          can: ['read', 'clear', 'export', 'files', 'cancel'],
        },
      });
    });

    it('gives each line the application logs to a poll, once', async () => {
      const { next } = (await ask(host, '/api/entries?limit=0')).json as LogBatch;
      for (const line of ['polled-1', 'polled-2']) await order(host, line);
      expect(await ask(host, `/api/entries?context=Orders&after=${next}`)).toMatchObject({
        status: 200,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        json: { entries: [{ level: 'log', message: 'polled-1' }, { message: 'polled-2' }] },
      });
    });

    it('streams: the first event soon, a line as it happens, then a ping', async () => {
      const asked = performance.now();
      const url = consoleAt(host, '/api/stream?context=Orders&limit=0');
      const reader = closeLater(await EventReader.open(url, host.operator));
      expect((await reader.first('hello')).at - asked).toBeLessThan(FIRST_EVENT_MS);
      expect(reader.response.headers).toMatchObject({
        'content-type': expect.stringMatching(/^text\/event-stream/) as unknown,
        'x-accel-buffering': 'no',
      });
      expect(reader.response.headers).not.toHaveProperty('content-encoding');
      await order(host, 'streamed');
      await reader.first('message');
      await reader.first('ping');
      expect(reader.messages).toEqual(['streamed']);
      expect(new Set(reader.events.map(({ event }) => event))).toEqual(new Set(['hello', 'message', 'ping']));
    });

    it('shows a line as text as it happens', async () => {
      const url = consoleAt(host, '/api/tail?context=Orders&limit=0');
      const tail = closeLater(await open(url, { headers: host.operator }));
      expect(tail).toMatchObject({ status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' } });
      expect(tail.headers).not.toHaveProperty('content-encoding');
      await order(host, 'tailed');
      expect(await tail.until('tailed')).toMatch(/^\S+Z {5}LOG \[Orders\] tailed\n$/);
    });

    it('downloads the log', async () => {
      await order(host, 'exported');
      const { status, headers, text } = await ask(host, '/api/export?context=Orders');
      expect({ status, headers }).toMatchObject({
        status: 200,
        headers: { 'content-disposition': expect.stringMatching(/^attachment; filename="log-/) as unknown },
      });
      const lines = text.trimEnd().split('\n');
      expect((JSON.parse(lines.at(-1) ?? '') as LogEntry).message).toBe('exported');
    });

    it('serves the page under a policy of its own, and what it loads; the stream names the same version', async () => {
      const page = await ask(host, '', { accept: 'text/html' });
      expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
      const policy = page.headers['content-security-policy'];
      expect(policy).toMatch(/^default-src 'none'; script-src 'self'; .*trusted-types 'none'$/);
      expect(policy).not.toMatch(/unsafe|\*|https?:|nonce|sha256/);
      const assets = [...page.text.matchAll(/"(\.\/[^"]*assets[^"]*)"/g)].map(([, path = '']) => path);
      const types = [];
      for (const path of assets) {
        const { status, headers, text } = await request(new URL(path, consoleAt(host)).href, {
          headers: host.operator,
        });
        expect({ status, isThere: text.length > 0, cache: headers['cache-control'] }).toEqual({
          status: 200,
          isThere: true,
          cache: 'private, max-age=31536000, immutable',
        });
        types.push(headers['content-type']);
      }
      expect(types.toSorted()).toEqual(['text/css; charset=utf-8', 'text/javascript; charset=utf-8']);
      const stream = await EventReader.open(consoleAt(host, '/api/stream?limit=0'), host.operator);
      const [, uiVersion] = /name="ui-version" content="(\w+)"/.exec(page.text) ?? [];
      expect((await closeLater(stream).first('hello')).data).toMatchObject({ uiVersion });
    });

    it('lets nobody in who is not signed in', async () => {
      for (const path of ['/api/session', '/api/entries', '/api/stream', '/api/tail', '/api/export']) {
        const reply = await request(consoleAt(host, path));
        expect({ path, status: reply.status, json: reply.json }).toEqual({
          path,
          status: 401,
          json: host.stranger ?? SIGN_IN_FIRST,
        });
      }
    });

    it('says what is not there, and what is wrong', async () => {
      expect(await ask(host, '/assets/unknown.js')).toMatchObject({
        status: 404,
        json: { statusCode: 404, message: 'There is no asset of this name.', error: 'Not Found' },
      });
      expect(await ask(host, '/api/entries?limit=x')).toMatchObject({
        status: 400,
        json: {
          statusCode: 400,
          message: 'limit must be a whole number from 0 to 5000.',
          error: 'Bad Request',
        },
      });
    });

    it("is found in the host's own document", async () => {
      const { json } = await request(`${host.url}/docs-json`, { headers: host.operator });
      const { paths } = json as { paths: Record<string, unknown> };
      expect(paths[new URL(consoleAt(host, '/api/stream')).pathname]).toMatchObject({
        get: { responses: { 200: { content: { 'text/event-stream': {} } } } },
      });
    });

    special?.(() => host, adapter);

    it('ends a stream with a word when it shuts down', async () => {
      const url = consoleAt(host, '/api/stream?limit=0');
      const reader = closeLater(await EventReader.open(url, host.operator));
      await reader.first('hello');
      const closing = host.close();
      expect((await reader.first('bye')).data).toMatchObject({ reason: 'shutdown' });
      await reader.ended;
      await closing;
    });
  });
}
