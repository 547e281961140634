import { createHash } from 'node:crypto';
import { formatCursor } from '../domain/cursor.js';
import { type LogBatch } from '../domain/log-batch.js';
import { LOG_LEVELS } from '../domain/log-level.js';
import { type LogEntry } from '../domain/log-entry.js';
import { ArrayOperation } from '../testing/array-operation.js';
import { htmlFormat } from './html-format.js';

const time = '2026-11-20T08:15:42.113Z';

function batchOf(entries: Partial<LogEntry>[], gap?: LogBatch['gap']): LogBatch {
  const cursor = formatCursor('e', 1);
  return {
    epoch: 'e',
    instance: 'web-1',
    entries: entries.map((entry) => ({ id: 1, time, level: 'log', message: 'm', ...entry })),
    size: entries.length,
    next: cursor,
    prev: cursor,
    more: false,
    ...(gap ? { gap } : {}),
  };
}

const html = (batch: LogBatch): string => Buffer.from(htmlFormat('Log').batch(batch)).toString();
const styleOf = (head: string): string => /<style>(.*)<\/style>/s.exec(head)?.[1] ?? '';

describe('htmlFormat', () => {
  it('begins with a whole head, leaves open what grows, and ends that', () => {
    const { head, headers, foot } = htmlFormat('Import');
    expect(head).toMatch(/^<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n/);
    expect(head).toMatch(
      /<title>Import<\/title>\n<style>[^<]+<\/style>\n<\/head>\n<body tabindex="0">\n<main>\n$/,
    );
    expect(foot).toBe('</main>\n</body>\n</html>\n');
    expect(headers['Content-Type']).toBe('text/html; charset=utf-8');
  });

  it('allows its one style by its hash, the same for every page, and nothing else', () => {
    const { head, headers } = htmlFormat('Import');
    const hash = createHash('sha256').update(styleOf(head)).digest('base64');
    expect(headers['Content-Security-Policy']).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox`,
    );
    expect(htmlFormat('Another').headers).toEqual(headers);
  });

  it.each(LOG_LEVELS)('writes a line of %s as a paragraph of its own, in its colour', (level) => {
    expect(html(batchOf([{ level, context: 'A' }]))).toBe(
      `<p class="${level}">${time} ${level.toUpperCase().padStart(7)} [A] m</p>\n`,
    );
  });

  it('writes a gap before the lines, and what continues a line in its paragraph', () => {
    const gap = { reason: 'evicted', missed: 19 } as const;
    expect(html(batchOf([{ level: 'error', message: 'one\ntwo' }], gap))).toBe(
      `<p class="gap">--- 19 entries missed (evicted) ---</p>\n<p class="error">${time}   ERROR one\n    two</p>\n`,
    );
  });

  it('ends with the outcome of an operation', () => {
    const operation = new ArrayOperation();
    operation.end({ state: 'failed', error: { message: '<b>broken' } });
    expect(htmlFormat('Log').outcome(operation.summary)).toBe(
      '<p class="failed">=== failed in 12.4 s, 0 lines: &#60;b&#62;broken ===</p>\n',
    );
  });

  it.each([
    ['</p><script>alert(1)</script>', '&#60;/p&#62;&#60;script&#62;alert(1)&#60;/script&#62;'],
    ['a & b &amp; "c"', 'a &#38; b &#38;amp; &#34;c&#34;'],
    ['\x1b[31mred\x00\x9b', String.raw`\x1b[31mred\x00\x9b`],
    ['user\u202egnp.exe', String.raw`user\u{202e}gnp.exe`],
    ['zero\u200bwidth\ufeff', String.raw`zero\u{200b}width\u{feff}`],
    ['👩\u200d👩\u200d👧 ❤\ufe0f', '👩\u200d👩\u200d👧 ❤\ufe0f'],
    ['x\u2028y', String.raw`x\u{2028}y`],
  ])('shows %j and lets it do nothing, in a line and in the title', (text, shown) => {
    expect(html(batchOf([{ message: text }]))).toBe(`<p class="log">${time}     LOG ${shown}</p>\n`);
    expect(htmlFormat(text).head).toContain(`<title>${shown}</title>`);
  });

  it.each([
    ['light', 0],
    ['dark', 1],
  ])('can be read in %s: every colour has a contrast of 4.5 to 1 at least', (_scheme, index) => {
    const rule = [...styleOf(htmlFormat('Log').head).matchAll(/:root\{([^}]+)\}/g)][index][1];
    const colours = Object.fromEntries(
      [...rule.matchAll(/--(\w+):(#\w+)/g)].map(([, name, colour]) => [name, luminance(colour)]),
    );
    const { page, ...texts } = colours;
    expect(Object.keys(texts).sort()).toEqual(['error', 'log', 'low', 'ok', 'warn']);
    for (const [name, text] of Object.entries(texts)) {
      const [high, low] = [page, text].sort((a, b) => b - a);
      expect({ name, isReadable: (high + 0.05) / (low + 0.05) >= 4.5 }).toEqual({ name, isReadable: true });
    }
  });
});

/** As WCAG has it. */
function luminance(colour: string): number {
  const digits = colour.length === 4 ? colour.replace(/\w/g, '$&$&') : colour;
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = parseInt(digits.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
