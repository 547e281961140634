import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { ship, type Shipping } from '../../reading/ship.js';
import { MemoryStore } from '../../stores/memory/memory.store.js';
import { describeLogSink } from '../../testing/index.js';
import { HookServer } from './hook-server.js';
import { type WebhookSinkOptions } from './webhook.options.js';
import { webhookSink } from './webhook.sink.js';

const SECRET = `whsec_${Buffer.from('a secret of twenty-four b').toString('base64')}`;

describeLogSink(
  'A webhook',
  async () => {
    const server = await new HookServer().listen();
    const sink = webhookSink({ url: server.url, allowPrivate: true, everyMs: 0, maxEntries: 1000 });
    return {
      sink,
      received: () => server.messages.flatMap(({ body }) => body.data.entries ?? []),
      breakDown: () => server.close(),
      mend: async () => {
        await server.listen();
      },
      close: () => server.close(),
    };
  },
  { failures: true },
);

describe('webhookSink', () => {
  let server: HookServer;
  let elsewhere: HookServer;
  let store: MemoryStore;
  let shipping: Shipping | undefined;
  beforeEach(async () => {
    server = await new HookServer().listen();
    elsewhere = await new HookServer().listen();
    store = new MemoryStore({ instance: 'web-1', capacity: 100 });
  });
  afterEach(async () => {
    await shipping?.close(50);
    shipping = undefined;
    store.close();
    await server.close();
    await elsewhere.close();
  });

  const start = (options: Partial<WebhookSinkOptions> = {}): Shipping => {
    const sink = webhookSink({ url: server.url, allowPrivate: true, everyMs: 20, ...options });
    return (shipping = ship(store, sink, { filter: { level: ['error', 'fatal'] } }));
  };
  const fail = (message: string): void => store.append({ level: 'error', message });
  const until = async (isSo: () => boolean): Promise<void> => {
    for (const end = performance.now() + 4800; !isSo() && performance.now() < end;) await sleep(3);
    expect(isSo()).toBe(true);
  };
  const received = (): string[] =>
    server.messages.flatMap(({ body }) => (body.data.entries ?? []).map(({ message }) => message));

  it('sends errors and fatals unless it is told otherwise, and says whose they are', async () => {
    expect(webhookSink({ url: 'https://x.example' }).level).toBe('error');
    start({ headers: { authorization: 'Bearer abc' } });
    fail('it broke');
    await until(() => server.messages.length === 1);
    const [{ headers, body }] = server.messages;
    expect(headers).toMatchObject({ 'content-type': 'application/json', authorization: 'Bearer abc' });
    expect(body).toEqual({
      type: 'log.entries',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      data: { instance: 'web-1', epoch: store.epoch, entries: store.read({ limit: 1 }).entries },
    });
  });

  it.each([
    ['a secret as those of Standard Webhooks', SECRET, SECRET],
    [
      'any other text',
      'twenty-four characters or more',
      Buffer.from('twenty-four characters or more').toString('base64'),
    ],
  ])('signs what it sends with %s', async (_what, secret, known) => {
    start({ secret });
    fail('signed');
    await until(() => server.messages.length === 1);
    const [{ text, headers }] = server.messages;
    const given = headers as Record<string, string>;
    const oracle = new Webhook(known);
    expect(oracle.verify(text, given)).toMatchObject({ type: 'log.entries' });
    expect(() => oracle.verify(text.replace('signed', 'forged'), given)).toThrow();
    expect(() => oracle.verify(text, { ...given, 'webhook-id': 'another' })).toThrow();
    expect(() =>
      oracle.verify(text, { ...given, 'webhook-timestamp': String(Number(given['webhook-timestamp']) - 1) }),
    ).toThrow();
  });

  it('does not sign without a secret', async () => {
    start();
    fail('plain');
    await until(() => server.messages.length === 1);
    expect(server.messages[0].headers).not.toHaveProperty('webhook-signature');
  });

  it('sends one message in so long a time, with all that came meanwhile, in parts that are not too large', async () => {
    start({ everyMs: 200, maxEntries: 10 });
    for (let index = 0; index < 25; index++) fail(`error ${index}`);
    await until(() => received().length === 25);
    expect(server.messages.map(({ body }) => body.data.entries?.length)).toEqual([10, 10, 5]);
    const times = server.messages.map(({ at }) => at);
    for (const [index, at] of times.slice(1).entries()) expect(at - times[index]).toBeGreaterThan(190);
  });

  it.each([
    ['500', 500, 'It answered 500'],
    ['401', 401, 'It answered 401'],
    ['a redirect, which it does not follow', 302, 'It answered 302; redirects are not followed'],
    ['308', 308, 'It answered 308; redirects are not followed'],
  ])('sends it again, with the same id, when the answer is %s', async (_what, status, error) => {
    const ids: unknown[] = [];
    server.answer = (response, { headers }) => {
      ids.push(headers['webhook-id']);
      response.writeHead(ids.length > 1 ? 200 : status, { location: elsewhere.url }).end();
    };
    start();
    fail('again');
    await until(() => shipping?.stats.state === 'failing');
    expect(shipping?.stats.error).toBe(error);
    await until(() => received().length > 0);
    expect(received()).toEqual(['again']);
    expect(new Set(ids).size).toBe(1);
    expect(elsewhere.asked).toBe(0);
    await until(() => shipping?.stats.state === 'up');
  });

  it('gives up on one that is slow, and sends it again', async () => {
    server.answer = () => undefined;
    start({ timeoutMs: 100 });
    fail('slow');
    await until(() => shipping?.stats.state === 'failing');
    expect(shipping?.stats.error).toBe('No answer within 100 ms');
    server.answer = (response) => response.writeHead(200).end();
    await until(() => received().includes('slow'));
  });

  it('takes the status for the answer, however long the rest of it takes', async () => {
    server.answer = (response) => {
      response.writeHead(200);
      response.write('x');
    };
    start({ timeoutMs: 60_000 });
    fail('status');
    await until(() => shipping?.stats.written === 1);
  });

  it('keeps its numbers while it is down, and goes on within five seconds', async () => {
    await server.close();
    start({ maxEntries: 5 });
    for (let index = 0; index < 5; index++) fail(`kept ${index}`);
    await until(() => shipping?.stats.state === 'failing');
    for (let index = 0; index < 300; index++) fail(`later ${index}`);
    expect(shipping?.stats).toMatchObject({ written: 0, dropped: 200, behind: 105 });
    await server.listen();
    await until(() => received().length === 105);
    expect(received().slice(0, 6)).toEqual(
      [0, 1, 2, 3, 4].map((index) => `kept ${index}`).concat('later 200'),
    );
    // It counts what it was answered.
    await until(() => shipping?.stats.behind === 0);
    expect(shipping?.stats).toMatchObject({ written: 105, dropped: 200, behind: 0, state: 'up' });
  });

  it('survives a server that hangs up, or talks something else', async () => {
    const rude = createServer((socket) =>
      socket
        .on('error', () => undefined)
        .resume()
        .end('220 smtp ready\r\n'),
    ).listen(0, '127.0.0.1');
    await once(rude, 'listening');
    const { port } = rude.address() as { port: number };
    start({ url: `http://127.0.0.1:${port}/` });
    fail('rude');
    await until(() => shipping?.stats.state === 'failing');
    expect(shipping?.stats).toMatchObject({ written: 0, behind: 1 });
    await new Promise((resolve) => rude.close(resolve));
  });

  describe('test()', () => {
    it('sends a signed message without a line, and says that it was taken', async () => {
      const sink = webhookSink({ url: server.url, allowPrivate: true, secret: SECRET });
      await expect(sink.test()).resolves.toEqual({ ok: true, status: 204 });
      const [{ text, headers }] = server.messages;
      expect(new Webhook(SECRET).verify(text, headers as Record<string, string>)).toMatchObject({
        type: 'log.test',
        data: {},
      });
    });

    it('says why it was not', async () => {
      const sink = webhookSink({ url: server.url, allowPrivate: true });
      server.answer = (response) => response.writeHead(403).end();
      await expect(sink.test()).resolves.toEqual({ ok: false, status: 403, error: 'It answered 403' });
      await server.close();
      await expect(sink.test()).resolves.toEqual({
        ok: false,
        error: expect.stringContaining('ECONNREFUSED') as string,
      });
    });
  });

  it.each([
    'https://127.0.0.1:1/',
    'https://[::1]/',
    'https://0x7f.1/',
    'https://10.1.2.3/',
    'https://localhost/',
  ])('does not connect to %s unless private addresses are allowed', async (url) => {
    await expect(webhookSink({ url }).test()).resolves.toEqual({
      ok: false,
      error: 'The address is private; allowPrivate would allow it',
    });
  });

  it.each<[string, object, string]>([
    ['no address', {}, 'option url is undefined; accepted: an address that begins with https://'],
    ['a path', { url: '/x' }, 'option url is a text of 2 characters'],
    ['another scheme', { url: 'ftp://x.example' }, 'option url is a text of 15 characters'],
    ['a password in it', { url: 'https://a:b@x.example' }, 'without a name and password'],
    [
      'plain HTTP',
      { url: 'http://x.example' },
      'option url is not encrypted; accepted: https://, or allowPrivate',
    ],
    [
      'a short secret',
      { url: 'https://x.example', secret: 'short' },
      'option secret is a text of 5 characters; accepted: at least 24',
    ],
    [
      'headers that are none',
      { url: 'https://x.example', headers: { 'a b': 'c' } },
      'option headers is an object',
    ],
    [
      'a header of two lines',
      { url: 'https://x.example', headers: { a: 'b\r\nc: d' } },
      'option headers is an object',
    ],
    [
      'a number that is none',
      { url: 'https://x.example', timeoutMs: '1' },
      'option timeoutMs is "1"; accepted: a whole number',
    ],
    [
      'an unknown option',
      { url: 'https://x.example', every: 1 },
      'unknown option every; accepted: url, secret',
    ],
  ])('refuses %s, and shows no secret', (_what, options, message) => {
    expect(() => webhookSink(options as WebhookSinkOptions)).toThrow(message);
  });
});
