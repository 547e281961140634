import fc from 'fast-check';
import { HOSTILE } from '../../../../../test/security/hostile-texts.js';
import { type LogEntry } from '../../../src/domain/log-entry.js';
import { type EntryLine, type Line } from '../lines/line.js';
import { withoutEscapes } from './escapes.js';
import { entryDetails, lineAsText } from './line-text.js';

const time = '2026-11-20T08:15:42.113Z';
const lineOf = (fields: Partial<LogEntry>): EntryLine => {
  const entry: LogEntry = { id: 1, time, level: 'warn', message: 'message', ...fields };
  return {
    kind: 'entry',
    seq: 1,
    epoch: 'e',
    at: Date.parse(time),
    entry,
    text: withoutEscapes(entry.message),
  };
};
const asText = (line: Line): string => lineAsText(line, ({ kind }) => kind);

describe('lineAsText', () => {
  it('is the line of GET tail, without its end', () => {
    expect(asText(lineOf({ context: 'InventoryService', data: { sku: 'AB-444' } }))).toBe(
      '2026-11-20T08:15:42.113Z    WARN [InventoryService] message {"sku":"AB-444"}',
    );
    expect(asText(lineOf({ level: 'verbose' }))).toBe('2026-11-20T08:15:42.113Z VERBOSE message');
  });

  it('leaves out a context and a time that nobody gave', () => {
    expect(asText(lineOf({ time: undefined, level: 'log' }))).toBe('    LOG message');
  });

  it('indents what continues it', () => {
    const stack = 'Error: one\r\n    at f (f.js:1:1)';
    expect(asText(lineOf({ context: 'A\nB', message: 'one\ntwo\r\nthree', stack, data: null }))).toBe(
      [
        `${time}    WARN [A`,
        '    B] one',
        '    two',
        '    three null',
        '    Error: one',
        '        at f (f.js:1:1)',
      ].join('\n'),
    );
  });

  it('has no colours, but marks', () => {
    expect(asText(lineOf({ message: '\x1b[31mred\x1b[0m \u202e', stack: '\x1b[1mError\x07' }))).toBe(
      `${time}    WARN red \\u{202e}\n    Error\\u{7}`,
    );
  });

  it('writes what is no entry between dashes', () => {
    const gap: Line = { kind: 'gap', seq: 2, epoch: 'e', at: undefined, reason: 'evicted', missed: 312 };
    expect(lineAsText(gap, (line) => (line.kind === 'gap' ? `${line.missed} lines are missing` : ''))).toBe(
      '--- 312 lines are missing ---',
    );
    expect(lineAsText(gap, () => `eve\n${time} forged`)).toBe(`--- eve\n    ${time} forged ---`);
  });

  it.each(HOSTILE)('is one line at column 0, whoever logs %s', (_what, text) => {
    const whole = asText(lineOf({ context: text, message: text, stack: text, data: { [text]: text } }));
    expect(whole.split('\n').filter((line) => /^\S/.test(line))).toHaveLength(1);
    expect(whole).not.toMatch(/[^\P{Cc}\t\n]/u);
  });
});

describe('entryDetails', () => {
  it('is the line, its ids, its stack and its data', () => {
    const line = lineOf({
      level: 'error',
      context: 'PickingService',
      message: 'Could not confirm \x1b[1mpick 9476',
      requestId: 'req-2c',
      traceId: 't1',
      spanId: 's1',
      operation: 'op-1',
      instance: 'api-1',
      stack: '\x1b[31mError: x\n    at f (f.js:1:1)',
      data: { warehouse: 'LYON-2', skus: [1] },
    });
    expect(entryDetails(line)).toBe(
      `${time}   ERROR [PickingService] Could not confirm pick 9476
requestId: req-2c
traceId: t1
spanId: s1
operation: op-1
instance: api-1
Error: x
    at f (f.js:1:1)
{
  "warehouse": "LYON-2",
  "skus": [
    1
  ]
}`,
    );
  });

  it('is one line where there is no more to say', () => {
    expect(entryDetails(lineOf({}))).toBe(`${time}    WARN message`);
  });

  it('marks what is unseen in every part', () => {
    const name = fc.constantFrom(
      'context',
      'message',
      'requestId',
      'traceId',
      'operation',
      'instance',
      'stack',
      'data',
    );
    fc.assert(
      fc.property(name, (key) => {
        const text = entryDetails(lineOf({ [key]: 'a\u202eb\x85' }));
        expect(text).toContain('a\\u{202e}b\\u{85}');
        expect(text).not.toContain('\u202e');
      }),
    );
  });
});
