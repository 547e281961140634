import { Logger } from '@nestjs/common';
import { bearer, OPERATOR } from '../access/people.js';
import { ADAPTERS } from '../support/host-app.js';
import { open as openText, type OpenReply } from '../support/http-client.js';
import { createLogHost, eventually, logLines, type LogHost } from './log-host.js';

const TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;

describe.each(ADAPTERS)('GET tail, on %s', (adapter) => {
  let host: LogHost;
  let tails: OpenReply[];
  beforeEach(async () => {
    tails = [];
    host = await createLogHost(adapter);
  });
  afterEach(async () => {
    tails.forEach((tail) => tail.close());
    await host.close();
  });

  const follow = async (query = ''): Promise<OpenReply> => {
    const tail = await openText(host.at(`tail?${query}`), { headers: bearer(OPERATOR) });
    tails.push(tail);
    return tail;
  };
  /** What there is so far, as text. */
  const read = async (query = ''): Promise<string> => {
    const { status, text } = await host.ask(`tail?follow=false&${query}`);
    expect(status).toBe(200);
    return text;
  };
  const streams = async (count: number): Promise<void> =>
    eventually(async () => (await host.service.stats()).readers.streams === count);

  it('is plain text that goes out at once, before there is anything to say', async () => {
    const tail = await follow('limit=0');
    expect(tail.status).toBe(200);
    expect(tail.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'transfer-encoding': 'chunked',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    expect(tail.headers['cache-control']).toContain('no-store');
    expect(tail.headers['cache-control']).toContain('no-transform');
  });

  it('writes an entry as a line of the contract, and the next lines as they are logged', async () => {
    const tail = await follow('limit=0');
    new Logger('InventoryService').warn('Stock is low', { sku: 'AB-444' });
    const text = await tail.until('\n');
    expect(text).toMatch(
      new RegExp(`^${TIME}    WARN \\[InventoryService\\] Stock is low {"sku":"AB-444"}\n$`),
    );
    new Logger('Orders').fatal('Out of order');
    expect(await tail.until('Out of order')).toMatch(
      new RegExp(`\n${TIME}   FATAL \\[Orders\\] Out of order\n$`),
    );
  });

  it('indents stacks and further lines of a message by four spaces: column 0 is always an entry', async () => {
    const logger = new Logger('A');
    logger.error('one\ntwo', new Error('broken').stack);
    logger.error(new TypeError('outer', { cause: new Error('inner') }));
    logger.log('--- 5 entries missed (evicted) ---\n2026-11-20T08:15:42.113Z   ERROR forged');
    const lines = (await read('context=A')).trimEnd().split('\n');
    const entries = lines.filter((line) => !line.startsWith('    '));
    expect(entries).toHaveLength(3);
    for (const line of entries) expect(line).toMatch(new RegExp(`^${TIME} {1,5}[A-Z]+ \\[A\\] `));
    expect(lines[1]).toBe('    two');
    expect(lines[2]).toBe('    Error: broken');
    expect(lines[3]).toMatch(/^ {8}at /);
    expect(lines).toContainEqual(expect.stringMatching(/^ {4}Caused by: Error: inner/));
    expect(lines.at(-1)).toBe('    2026-11-20T08:15:42.113Z   ERROR forged');
  });

  it('shows control characters instead of sending them', async () => {
    new Logger('A\x07').log('clear \x1b[2J title \x1b]0;x\x07 back\b return\rbell \x9b31m del \x7f tab\t.', {
      k: '\x1b[31m\x9b',
    });
    const text = await read('limit=1');
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
    expect(text).toContain(
      String.raw`[A\x07] clear \x1b[2J title \x1b]0;x\x07 back\x08 return\x0dbell \x9b31m del \x7f tab` +
        '\t.',
    );
  });

  it('keeps with ansi=sgr colours and nothing else', async () => {
    new Logger('A').log('\x1b[1;31mred\x1b[0m \x1b[2J \x1b]8;;http://x\x07link');
    const text = await read('limit=1&ansi=sgr');
    expect(text).toContain('\x1b[1;31mred\x1b[0m \\x1b[2J \\x1b]8;;http://x\\x07link');
    expect(await read('limit=1')).toContain(String.raw`\x1b[1;31mred\x1b[0m`);
  });

  it('is with format=html a page of the same lines, valid from its first byte, that grows', async () => {
    const page = await follow('format=html&limit=0');
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-accel-buffering': 'no',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; style-src 'sha256-\S+'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox$/,
      ) as unknown,
    });
    expect(page.headers['cache-control']).toContain('no-transform');
    expect(await page.until('<main>')).toMatch(/^<!DOCTYPE html>\n<html lang="en">\n<head>\n/);
    new Logger('A').warn('<b>one</b>');
    await page.until('</p>');
    const text = await read('limit=1');
    const html = await read('limit=1&format=html');
    const paragraph = text.trimEnd().replaceAll('<', '&#60;').replaceAll('>', '&#62;');
    expect(html).toMatch(/<main>\n<p class="warn">/);
    expect(html).toContain(`<p class="warn">${paragraph}</p>\n</main>\n</body>\n</html>\n`);
    expect(await host.ask('tail?format=html', 'HEAD')).toMatchObject({ status: 200, text: '' });
  });

  it('ends after the newest with follow=false', async () => {
    logLines(1200);
    const lines = (await read('limit=1100')).trimEnd().split('\n');
    expect(lines).toHaveLength(1100);
    expect(lines.at(-1)).toMatch(/line 1199$/);
    expect((await host.service.stats()).readers.streams).toBe(0);
  });

  it('ends at once with follow=false where there is nothing to show', async () => {
    expect(await read('limit=0')).toBe('');
    expect(await read('context=Nobody')).toBe('');
  });

  it('starts with the newest 500, or with what comes after a cursor', async () => {
    const after = await host.now();
    logLines(600);
    expect((await read()).trimEnd().split('\n')).toHaveLength(500);
    expect((await read(`after=${after}`)).trimEnd().split('\n')).toHaveLength(600);
    expect((await read('after=0')).trimEnd().split('\n').length).toBeGreaterThan(600);
  });

  it('has a gap as a line of its own, before what came after it', async () => {
    await host.close();
    host = await createLogHost(adapter, { capacity: 100 });
    const after = await host.now();
    logLines(119);
    const lines = (await read(`after=${after}`)).trimEnd().split('\n');
    expect(lines[0]).toBe('--- 19 entries missed (evicted) ---');
    expect(lines[1]).toMatch(/line 19$/);
    expect(lines).toHaveLength(101);
    expect(await read('after=earlier-1&limit=1')).toMatch(
      /^--- an unknown number of entries missed \(restarted\) ---\n/,
    );
  });

  it('shows what matches the filters only', async () => {
    const tail = await follow('limit=0&level=>=error&context=A&search=keep');
    for (const context of ['A', 'B'])
      for (const level of ['log', 'error'] as const)
        for (const text of ['keep', 'drop']) new Logger(context)[level](`${text} ${context} ${level}`);
    new Logger('A').fatal('keep the end');
    expect((await tail.until('keep the end')).trimEnd().split('\n')).toEqual([
      expect.stringMatching(/ keep A error$/),
      expect.stringMatching(/ keep the end$/),
    ]);
  });

  it('answers HEAD at once and takes no slot', async () => {
    expect(await host.ask('tail', 'HEAD')).toMatchObject({ status: 200, text: '' });
    expect((await host.service.stats()).readers.streams).toBe(0);
  });

  it('gives its slot back when the reader leaves', async () => {
    const tail = await follow();
    await streams(1);
    tail.close();
    await streams(0);
  });

  it('delivers a burst of 10,000 lines whole', async () => {
    const tail = await follow('limit=0');
    logLines(10_000);
    const text = await tail.until('line 9999\n');
    expect(text.trimEnd().split('\n')).toHaveLength(10_000);
    expect(text).not.toContain('---');
  });
});
