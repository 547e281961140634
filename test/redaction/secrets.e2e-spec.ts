import { Logger } from '@nestjs/common';
import { type LogBatch, type LogEntry, type LogStats } from 'nestjs-log-console';
import { ADMIN, bearer, OPERATOR, VIEWER } from '../access/people.js';
import { EventReader } from '../reading/event-reader.js';
import { createLogHost, type LogHost } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';
import { request, type Reply } from '../support/http-client.js';

const SECRET = ['hun', 'ter2'].join('');
const KEY = ['PRIVATE', 'KEY'].join(' ');
const MASK = '[redacted:password]';

describe.each(ADAPTERS)('what is secret and logged all the same, on %s', (adapter) => {
  let host: LogHost;
  const logger = new Logger('Secrets');
  const start = async (options: Parameters<typeof createLogHost>[1] = {}): Promise<void> => {
    host = await createLogHost(adapter, options);
  };
  afterEach(() => host.close());

  const last = async (): Promise<LogEntry> => {
    const { entries } = await host.entries('context=Secrets');
    return entries[entries.length - 1];
  };

  it('is masked in every way of reading it, and in the observable', async () => {
    await start();
    const observed: LogEntry[] = [];
    host.service.entries$.subscribe((entry) => observed.push(entry));
    const reader = await EventReader.open(host.at('stream?limit=0&context=Secrets'));
    await reader.first('hello');
    logger.log(`signing in with password=${SECRET}`);
    logger.error('it failed', new Error(`postgres://shop:${SECRET}@db/shop is down`).stack);
    logger.warn('with data', { user: 'bob', password: SECRET, nested: { deep: [{ apiKey: SECRET }] } });
    await reader.until(() => reader.entries.length === 3);
    reader.close();
    const polled = await host.ask('entries?context=Secrets');
    const texts = [
      JSON.stringify(observed),
      JSON.stringify(reader.events),
      polled.text,
      (await host.ask('tail?follow=false&context=Secrets')).text,
      ...(await Promise.all(
        ['ndjson', 'csv', 'text'].map(async (format) => (await host.ask(`export?format=${format}`)).text),
      )),
    ];
    for (const text of texts) {
      expect(text).not.toContain(SECRET);
      expect(text).toContain(MASK);
    }
    const { entries } = polled.json as LogBatch;
    expect(entries.map(({ message }) => message)).toEqual([
      `signing in with password=${MASK}`,
      'it failed',
      'with data',
    ]);
    expect(entries[1].stack).toContain(`postgres://shop:${MASK}@db/shop is down`);
    expect(entries[2].data).toEqual({
      user: 'bob',
      password: MASK,
      nested: { deep: [{ apiKey: '[redacted:key]' }] },
    });
  });

  it.each<[string, unknown, unknown]>([
    ['in a header list', { rawHeaders: ['Host', 'a', 'Authorization', SECRET] }, 'authorization'],
    ['in pairs', { headers: [['x-api-key', SECRET], ['a', 'b']] }, 'key'], // prettier-ignore
    ['in a Map', new Map([['refreshToken', SECRET]]), 'token'],
    ['in a Map, where it is a word', new Map([['password', 'swordfish']]), 'password'],
    ['as name and value', [{ name: 'client_secret', value: SECRET }], 'secret'],
    ['as value and name', [{ value: SECRET, key: 'client_secret' }], 'secret'],
    ['in JSON in a text', { body: JSON.stringify({ password: SECRET }) }, 'password'],
    ['in JSON in JSON', { body: JSON.stringify({ body: JSON.stringify({ password: SECRET }) }) }, 'password'],
    ['as a number', { pin: 471147, secret: { a: 1 }, otp: true }, 'code'],
    ['behind a getter', { get password() { return SECRET; } }, 'password'], // prettier-ignore
    ['in what toJSON gives', { toJSON: () => ({ password: SECRET }) }, 'password'],
    ['in the settings of a failed call', Object.assign(new Error('Request failed'), { config: { headers: { Authorization: `Bearer ${SECRET}` }, auth: { username: 'bob', password: SECRET } } }), 'authorization'], // prettier-ignore
    ['in the cause of an error', new Error('outer', { cause: Object.assign(new Error(`token=${SECRET}x`), { password: SECRET }) }), 'password'], // prettier-ignore
    ['as the name of a key', { [`ghp_${'a1B2'.repeat(9)}`]: 1 }, 'token'],
  ])('is masked %s', async (_where, value, kind) => {
    await start();
    logger.error(value);
    logger.warn('with', value);
    const { entries } = await host.entries('context=Secrets');
    for (const entry of entries) {
      const text = JSON.stringify(entry);
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain('471147');
      expect(text).not.toContain('swordfish');
      expect(text).not.toContain('a1B2a1B2');
      expect(text).toContain(`[redacted:${String(kind)}]`);
    }
    expect(entries).toHaveLength(2);
  });

  it('leaves what the application holds and what its own logger prints as it was', async () => {
    const printed: unknown[][] = [];
    const print = (...args: unknown[]): void => void printed.push(args);
    await start({ forward: { log: print, warn: print, error: print } });
    const data = Object.freeze({ password: SECRET, list: Object.freeze([SECRET]) });
    logger.log('with data', data);
    expect(data).toEqual({ password: SECRET, list: [SECRET] });
    expect(printed.at(-1)).toEqual(['with data', data, 'Secrets']);
    expect((await last()).data).toEqual({ password: MASK, list: [SECRET] });
  });

  it('is not taken for one in a list of names', async () => {
    await start();
    logger.warn('missing', { fields: ['password', 'email', 'token', 'name'], ask: ['token', 'code'] });
    expect((await last()).data).toEqual({
      fields: ['password', 'email', 'token', 'name'],
      ask: ['token', 'code'],
    });
  });

  it('reads each getter once', async () => {
    await start();
    let reads = 0;
    logger.log('with data', {
      get user() {
        reads++;
        return `bob:${reads}`;
      },
      get value() {
        reads++;
        return SECRET;
      },
      name: 'password',
    });
    expect(reads).toBe(2);
    expect((await last()).data).toEqual({ user: 'bob:1', value: MASK, name: 'password' });
  });

  it('cannot be guessed by searching for it', async () => {
    await start();
    logger.log(`password=${SECRET}`);
    logger.log('with data', { password: SECRET });
    for (let length = 3; length <= SECRET.length; length++)
      expect((await host.entries(`search=${SECRET.slice(0, length)}`)).entries).toEqual([]);
    expect((await host.entries('search=redacted&context=Secrets')).entries).toHaveLength(2);
  });

  it('is masked before a long text is cut, and what was cut is counted as always', async () => {
    await start({ limits: { entryBytes: 4096 } });
    const key = `-----BEGIN ${KEY}-----\n${'a1B2'.repeat(2000)}\n-----END ${KEY}-----`;
    logger.log(`${'x'.repeat(4000)} ${key}`);
    const { message, truncated } = await last();
    expect(message).toMatch(/^x{4000} \[redacted:private-key\]$/);
    expect(truncated).toBeUndefined();
    logger.log(`${'x'.repeat(4090)} password=${SECRET}`);
    const cut = await last();
    expect(cut.message).not.toContain('hun');
    logger.log('y'.repeat(1_000_000));
    expect((await last()).truncated).toEqual({ bytes: 1_000_000, kept: 4096 });
  });

  it('is not masked when the host says so, but for our own tokens; and the boot warns', async () => {
    await start({ redact: false });
    logger.log(`password=${SECRET}, console ${OPERATOR.token}`);
    expect((await last()).message).toBe(`password=${SECRET}, console [redacted:token]`);
    const { entries } = await host.entries('context=LogConsole');
    expect(entries.map(({ message }) => message)).toContain(
      'Redaction is off: secrets that are logged can be read in the log console.',
    );
  });

  it('is what the host adds, and not what it allows', async () => {
    await start({ redact: { keys: ['badgeNumber'], allow: ['sid'], patterns: [/shelf-(\d+)/] } });
    logger.log('at shelf-12', { badge_number: 7, sid: 'abc' });
    const { message, data } = await last();
    expect({ message, data }).toEqual({
      message: 'at shelf-[redacted:secret]',
      data: { badge_number: '[redacted:secret]', sid: 'abc' },
    });
  });

  it('can be the values of the environment', async () => {
    process.env.SHOP_API_KEY = 'value-of-the-environment';
    try {
      await start({ redact: { env: true } });
      logger.log('called with value-of-the-environment');
      expect((await last()).message).toBe('called with [redacted:token]');
    } finally {
      delete process.env.SHOP_API_KEY;
    }
  });

  it('is counted by rule', async () => {
    await start();
    logger.log(`password=${SECRET} and password=${SECRET}`);
    logger.log('with data', { apiKey: SECRET });
    const { redactions } = (await host.ask('stats')).json as LogStats;
    expect(redactions).toEqual({ assignment: 2, key: 1 });
  });

  describe('can be looked at before', () => {
    const preview = (body: object | string, person = ADMIN): Promise<Reply> =>
      request(host.at('redaction/preview'), { method: 'POST', headers: bearer(person), body });

    it('by an admin, with the places and the rules', async () => {
      await start();
      const text = `bob: password=${SECRET}, ok`;
      const reply = await preview({ text });
      expect(reply.status).toBe(200);
      expect(reply.json).toEqual({
        text: `bob: password=${MASK}, ok`,
        matches: [{ kind: 'password', rule: 'assignment', start: 14, end: 14 + SECRET.length }],
      });
      const { redactions } = (await host.ask('stats')).json as LogStats;
      expect(redactions).toEqual({});
      expect((await host.entries('search=bob')).entries).toEqual([]);
    });

    it('and by nobody else', async () => {
      await start();
      for (const person of [VIEWER, OPERATOR])
        expect((await preview({ text: 'a' }, person)).status).toBe(403);
    });

    it.each([[{}], [{ text: 1 }], [{ text: ['a'] }], [{ text: 'x'.repeat(65_537) }]])(
      'not with %j',
      async (body) => {
        await start();
        const { status, json } = await preview(body);
        expect({ status, json }).toMatchObject({
          status: 400,
          json: {
            message: 'text must be a text of at most 65536 characters, in a JSON body { "text": "…" }.',
          },
        });
      },
    );
  });
});
