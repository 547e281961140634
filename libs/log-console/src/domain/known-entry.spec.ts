import { createRedactor } from '../redaction/create-redactor.js';
import { knownEntry, type WrittenEntry } from './known-entry.js';
import { toJsonText } from './to-json-text.js';

const redactor = createRedactor({}, [], {});
const ENTRY: WrittenEntry = {
  ...{ time: '2026-11-20T08:15:42.113Z', level: 'warn', context: 'Stock', message: 'low', stack: 'at f' },
  ...{ data: { sku: 'AB-444' }, requestId: 'r-1', traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) },
  ...{ operation: 'op-1', instance: 'web-1', truncated: { bytes: 9, kept: 3 }, continues: true },
};

describe('an entry that somebody else has written down', () => {
  it('is taken as it is, with the id it has here', () => {
    expect(knownEntry(7, { ...ENTRY, id: 1 }, redactor)).toEqual({ ...ENTRY, id: 7 });
  });

  it.each<[string, WrittenEntry]>([
    ['a level', { message: 'x' }],
    ['one of the six levels', { level: 'loud', message: 'x' }],
    ['a message', { level: 'log' }],
    ['a message that is text', { level: 'log', message: { toString: 'x' } }],
  ])('is none without %s', (_what, written) => expect(knownEntry(7, written)).toBeUndefined());

  it('has nothing of another type or form than we write, and nothing more', () => {
    const strange = Object.fromEntries(Object.keys(ENTRY).map((key) => [key, 17])) as WrittenEntry;
    const written = { ...strange, level: 'log', message: 'x', data: undefined, more: 'y' };
    expect(knownEntry(7, written)).toEqual({ id: 7, level: 'log', message: 'x' });
    const texts = {
      time: '20 November 2026',
      requestId: 'a b',
      instance: '<b>',
      operation: '',
      truncated: {},
    };
    expect(knownEntry(7, { ...texts, level: 'log', message: 'x' })).toEqual({
      ...{ id: 7, level: 'log', message: 'x' },
    });
  });

  it('is masked as it would be now, in every text of it', () => {
    const secret = 'password=hunter2hunter2';
    const written = { level: 'log', message: secret, context: secret, stack: secret, data: { a: [secret] } };
    const entry = knownEntry(7, { ...written, data: { ...written.data, password: 'x' } }, redactor);
    expect(JSON.stringify(entry)).not.toContain('hunter2');
    expect(entry?.data).toMatchObject({ password: expect.stringMatching(/^\[redacted/) as string });
  });

  it('says of data that was cut what it said', () => {
    const wide = Array.from({ length: 300 }, (_, index) => index);
    const data = JSON.parse(toJsonText(wide, Infinity).json) as unknown[];
    expect(data.at(-1)).toBe('+100 items');
    expect(knownEntry(7, { level: 'log', message: 'x', data })?.data).toEqual(data);
  });
});
