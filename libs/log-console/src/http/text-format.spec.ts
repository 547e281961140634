import { formatCursor } from '../domain/cursor.js';
import { type GapReason, type LogBatch } from '../domain/log-batch.js';
import { type LogEntry } from '../domain/log-entry.js';
import { LOG_LEVELS } from '../domain/log-level.js';
import { entryText } from '../domain/entry-text.js';
import { gapLine, textFormat } from './text-format.js';

const time = '2026-11-20T08:15:42.113Z';
const entry = (fields: Partial<LogEntry>): LogEntry => ({
  id: 1,
  time,
  level: 'warn',
  message: 'message',
  ...fields,
});

describe('entryText', () => {
  it('is the line of the contract', () => {
    expect(entryText(entry({ context: 'InventoryService', data: { sku: 'AB-444' } }))).toBe(
      '2026-11-20T08:15:42.113Z    WARN [InventoryService] message {"sku":"AB-444"}\n',
    );
  });

  it.each(LOG_LEVELS)('pads %s left to seven, as Nest does', (level) => {
    const line = entryText(entry({ level, message: 'm' }));
    expect(line).toBe(`${time} ${level.toUpperCase().padStart(7)} m\n`);
    expect(line.indexOf(' m\n')).toBe(time.length + 8);
  });

  it('leaves out a context that nobody gave, and keeps the place of a time: column 0 is an entry', () => {
    expect(entryText({ id: 1, level: 'log', message: 'from a file' })).toBe('-     LOG from a file\n');
    expect(entryText({ id: 1, level: 'log', context: '', message: 'm' })).toBe('-     LOG m\n');
  });

  it('writes what continues the entry before it below that, without a head', () => {
    const late = {
      id: 2,
      level: 'log',
      message: '    at late (f.js:1:1)\nand more',
      continues: true,
    } as const;
    expect(entryText(late)).toBe('        at late (f.js:1:1)\n    and more\n');
    expect(entryText({ ...late, time, context: 'A', message: '\x1b[31mred' }, 'sgr')).toBe(
      '    \x1b[31mred\x1b[0m\n',
    );
    expect(entryText({ ...late, message: '--- 5 entries missed (evicted) ---' })).toMatch(/^ {4}---/);
  });

  it('indents stacks and further lines of a message by four spaces, so that column 0 is always an entry', () => {
    const text = entryText(
      entry({
        context: 'A\nB',
        message: 'one\ntwo\r\nthree\n',
        stack: 'Error: one\n    at f (f.js:1:1)',
        data: ['x\ny'],
      }),
    );
    expect(text).toBe(
      [
        `${time}    WARN [A`,
        '    B] one',
        '    two',
        '    three',
        '     ["x\\ny"]',
        '    Error: one',
        '        at f (f.js:1:1)',
        '',
      ].join('\n'),
    );
    expect(text.split('\n').filter((line) => /^\S/.test(line))).toHaveLength(1);
  });

  it('cannot be made to show a gap or an entry that is none', () => {
    const forged = `x\n--- 5 entries missed (evicted) ---\r\n${time}   ERROR forged\rover`;
    const lines = entryText(entry({ message: forged }))
      .trimEnd()
      .split('\n');
    expect(lines.slice(1)).toEqual([
      '    --- 5 entries missed (evicted) ---',
      `    ${time}   ERROR forged\\x0dover`,
    ]);
  });

  it('shows every control character but TAB and the line end, in every field', () => {
    const codes = [...Array(0x20).keys(), ...Array.from({ length: 0xa0 - 0x7f }, (_, at) => 0x7f + at)];
    for (const code of codes.filter((candidate) => candidate !== 9 && candidate !== 10)) {
      const bad = String.fromCharCode(code);
      const text = entryText(entry({ context: `c${bad}`, message: `m${bad}`, stack: `s${bad}`, data: bad }));
      // eslint-disable-next-line no-control-regex
      expect(text).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
      const shown = `\\x${code.toString(16).padStart(2, '0')}`;
      expect(text).toContain(`[c${shown}] m${shown} `);
      expect(text).toContain(`\n    s${shown}\n`);
    }
    expect(entryText(entry({ message: 'a\tb' }))).toContain('a\tb');
  });

  it('shows colour codes too, unless they are asked for', () => {
    const message = '\x1b[31mred\x1b[0m';
    expect(entryText(entry({ message }))).toContain('\\x1b[31mred\\x1b[0m');
    expect(entryText(entry({ message }), 'sgr')).toContain('\x1b[31mred\x1b[0m');
  });

  it.each([
    ['a clear screen', '\x1b[2J', '\\x1b[2J'],
    ['a move of the cursor', '\x1b[1;1H', '\\x1b[1;1H'],
    ['a title', '\x1b]0;title\x07', '\\x1b]0;title\\x07'],
    ['a private mode', '\x1b[?25l', '\\x1b[?25l'],
    ['a colour in one C1 character', '\x9b31m', '\\x9b31m'],
    ['a colour code without end', '\x1b[31', '\\x1b[31'],
    ['a colour code of a hundred digits', `\x1b[${'1'.repeat(100)}m`, `\\x1b[${'1'.repeat(100)}m`],
  ])('keeps with ansi=sgr colours and nothing else: not %s', (_what, sequence, shown) => {
    const text = entryText(entry({ message: `a${sequence}b` }), 'sgr');
    expect(text).toContain(`a${shown}b`);
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
  });

  it('lets no colour run into the next entry', () => {
    expect(entryText(entry({ message: '\x1b[31mred' }), 'sgr')).toBe(`${time}    WARN \x1b[31mred\x1b[0m\n`);
    expect(entryText(entry({ message: 'plain' }), 'sgr')).not.toContain('\x1b');
  });
});

describe('gapLine', () => {
  it.each<[number | null, GapReason, string]>([
    [19, 'evicted', '--- 19 entries missed (evicted) ---\n'],
    [1, 'cleared', '--- 1 entry missed (cleared) ---\n'],
    [null, 'restarted', '--- an unknown number of entries missed (restarted) ---\n'],
  ])('tells of %s missed (%s)', (missed, reason, line) => {
    expect(gapLine({ missed, reason })).toBe(line);
  });

  it.each<[number | null, GapReason, number, string]>([
    [3, 'rotated', 120, '--- 3 entries missed (rotated, 120 bytes) ---\n'],
    [
      null,
      'truncated',
      4096,
      '--- an unknown number of entries missed (truncated, at least 4096 bytes) ---\n',
    ],
  ])('tells of %s missed (%s) with their %d bytes', (missed, reason, bytes, line) => {
    expect(gapLine({ missed, reason, bytes })).toBe(line);
  });
});

describe('textFormat', () => {
  it('writes the gap before the entries, in the order of the batch', () => {
    const cursor = formatCursor('e', 1);
    const batch: LogBatch = {
      epoch: 'e',
      instance: 'web-1',
      entries: [entry({ message: 'first' }), entry({ message: 'second' })],
      size: 2,
      next: cursor,
      prev: cursor,
      more: false,
      gap: { reason: 'evicted', from: 1, to: 2, missed: 2 },
    };
    expect(Buffer.from(textFormat().batch(batch)).toString()).toBe(
      `--- 2 entries missed (evicted) ---\n${time}    WARN first\n${time}    WARN second\n`,
    );
  });

  it('has no hello, pings and farewells: a text has lines only', () => {
    const { hello, ping, event, bye, head, foot } = textFormat('sgr');
    expect([hello, ping, event, bye, head + foot]).toEqual([undefined, undefined, undefined, undefined, '']);
  });
});
