import { Logger } from '@nestjs/common';
import { get, type IncomingMessage } from 'node:http';
import { bearer, OPERATOR, VIEWER } from '../access/people.js';
import { ADAPTERS } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { createLogHost, eventually, logLines, type LogHost } from './log-host.js';

interface Line {
  readonly message?: string;
  readonly gap?: { readonly missed: number };
  readonly more?: boolean;
  readonly next?: string;
}

const linesOf = (text: string): Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

describe.each(ADAPTERS)('GET export, on %s', (adapter) => {
  let host: LogHost;
  afterEach(() => host.close());

  /** A download nobody reads yet. */
  const open = (path: string): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      get(host.at(path), { agent: false, headers: bearer(OPERATOR) }, resolve).on('error', reject);
    });

  it('is a download of everything held, one entry per line', async () => {
    host = await createLogHost(adapter);
    const logged = logLines(2500);
    const reply = await host.ask('export?context=Lines');
    expect(reply).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'application/x-ndjson; charset=utf-8',
        'content-disposition': expect.stringMatching(
          /^attachment; filename="log-web-1-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.ndjson"$/,
        ) as unknown,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    });
    expect(linesOf(reply.text).map(({ message }) => message)).toEqual(logged);
  });

  it('is csv or text where that is asked for', async () => {
    host = await createLogHost(adapter);
    new Logger('Orders').warn('=cmd(), "quoted"', { sku: 'AB-444' });
    const csv = await host.ask('export?format=csv&level=warn');
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    expect(csv.text.split('\r\n')[1]).toMatch(
      /^\d+,[^,]+Z,warn,Orders,"'=cmd\(\), ""quoted""",,"\{""sku"":""AB-444""\}",,,,web-1$/,
    );
    const text = await host.ask('export?format=text&level=warn');
    expect(text.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(text.text).toMatch(/^\S+Z {4}WARN \[Orders\] =cmd\(\), "quoted" \{"sku":"AB-444"\}\n$/);
  });

  it('goes on after a cursor, and tells a gap as a line', async () => {
    host = await createLogHost(adapter, { capacity: 100 });
    logLines(50);
    const before = await host.now();
    logLines(150);
    const lines = linesOf((await host.ask(`export?after=${before}`)).text);
    expect(lines[0]).toMatchObject({ gap: { reason: 'evicted', missed: 50 } });
    expect(lines.slice(1)).toHaveLength(100);
  });

  it('says in its last line that 100,000 entries were the most, and where to go on', async () => {
    host = await createLogHost(adapter, { capacity: 120_000, maxBytes: 64 * 1024 * 1024 });
    logLines(100_010);
    const lines = linesOf((await host.ask('export?context=Lines')).text);
    expect(lines).toHaveLength(100_001);
    const last = lines.at(-1);
    expect(last).toEqual({ more: true, next: expect.stringMatching(/^\w+-\d+$/) as unknown });
    const rest = linesOf((await host.ask(`export?context=Lines&after=${last!.next}`)).text);
    expect(rest.map(({ message }) => message)).toEqual(
      Array.from({ length: 10 }, (_, index) => `line ${100_000 + index}`),
    );
  });

  it('loses nothing silently for a reader that is overtaken: delivered and missed are all there was', async () => {
    host = await createLogHost(adapter, { capacity: 20_000, maxBytes: 256 * 1024 * 1024 });
    const long = 'x'.repeat(2000);
    for (let index = 0; index < 20_000; index++) new Logger('Long').log(`${index} ${long}`);
    const { held } = await host.service.stats();
    const download = await open('export');
    for (let index = 0; index < 15_000; index++) new Logger('Later').log(`later ${index}`);
    let text = '';
    for await (const chunk of download.setEncoding('utf8')) text += chunk as string;
    const lines = linesOf(text);
    const missed = lines.reduce((sum, { gap }) => sum + (gap?.missed ?? 0), 0);
    expect(missed).toBeGreaterThan(0);
    expect(lines.filter(({ gap }) => !gap).length + missed).toBe(held.entries);
    expect(text).not.toContain('"later ');
  });

  it('does not hold up the end of the application: a client that does not read is cut off', async () => {
    host = await createLogHost(adapter, { capacity: 20_000, maxBytes: 256 * 1024 * 1024 });
    for (let index = 0; index < 20_000; index++) new Logger('Long').log('x'.repeat(2000));
    const download = await open('export');
    const cut = new Promise((resolve) => download.once('error', resolve));
    await eventually(async () => (await host.service.stats()).readers.streams === 1);
    const start = performance.now();
    await host.app.close();
    expect(performance.now() - start).toBeLessThan(1000);
    download.resume();
    await cut;
  });

  it('gives its slot back when the client leaves', async () => {
    host = await createLogHost(adapter, { capacity: 20_000, maxBytes: 256 * 1024 * 1024 });
    for (let index = 0; index < 20_000; index++) new Logger('Long').log('x'.repeat(2000));
    const download = await open('export');
    await eventually(async () => (await host.service.stats()).readers.streams === 1);
    download.destroy();
    await eventually(async () => (await host.service.stats()).readers.streams === 0);
  });

  it('is for operators, names wrong parameters, and answers HEAD without a body', async () => {
    host = await createLogHost(adapter);
    expect(await request(host.at('export'), { headers: bearer(VIEWER) })).toMatchObject({ status: 403 });
    expect(await request(host.at('export'))).toMatchObject({ status: 401 });
    expect(await host.ask('export?format=xml')).toMatchObject({
      status: 400,
      json: { message: 'format must be ndjson, csv or text.' },
    });
    expect(await host.ask('export?limit=5')).toMatchObject({ status: 400 });
    expect(await host.ask('export', 'HEAD')).toMatchObject({ status: 200, text: '' });
  });
});
