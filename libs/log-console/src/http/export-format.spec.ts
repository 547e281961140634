import { type Cursor } from '../domain/cursor.js';
import { type LogEntry } from '../domain/log-entry.js';
import { type HeldPage } from '../reading/read-held.js';
import { EXPORT_FORMATS, exportText, type ExportFormatName } from './export-format.js';

const ENTRY: LogEntry = {
  id: 7,
  time: '2026-11-20T08:15:42.113Z',
  level: 'warn',
  context: 'StockService',
  message: 'Stock of AB-444 is low',
  instance: 'web-1',
};

async function textOf(name: ExportFormatName, ...pages: HeldPage[]): Promise<string> {
  async function* given(): AsyncGenerator<HeldPage> {
    yield* pages;
  }
  let text = '';
  for await (const chunk of exportText(given(), EXPORT_FORMATS[name])) text += chunk;
  return text;
}
const entry = (changes: Partial<LogEntry>): HeldPage => ({ entries: [{ ...ENTRY, ...changes }] });
/** The message as a cell: what stands between the columns before and after it. */
async function cell(message: string): Promise<string> {
  const [, row] = (await textOf('csv', entry({ message })))
    .split('web-1\r\n')[0]
    .split('operation,instance\r\n');
  return row.slice('7,2026-11-20T08:15:42.113Z,warn,StockService,'.length, -',,,,,,'.length);
}

describe('a download as ndjson', () => {
  it('is one entry per line, and one line per entry whatever is in it', async () => {
    const message = 'a\nb\r\n{"id":8}\u2028\u0085\x7f\u001b[31m"';
    const text = await textOf('ndjson', entry({ message, data: { a: ['\n'] } }), entry({ id: 8 }));
    const lines = text.split('\n');
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[0])).toEqual({ ...ENTRY, message, data: { a: ['\n'] } });
    for (const control of ['\x7f', '\x85', '\x1b']) expect(text).not.toContain(control);
  });

  it('says what is missing and where it was cut', async () => {
    const gap = { reason: 'evicted', from: 1, to: 6, missed: 6 } as const;
    const text = await textOf('ndjson', { gap, entries: [ENTRY], more: 'e-7' as Cursor });
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([{ gap }, ENTRY, { more: true, next: 'e-7' }]);
  });
});

describe('a download as csv', () => {
  it('has a header and the columns of the contract, by RFC 4180', async () => {
    const text = await textOf('csv', entry({ data: { sku: 'AB-444' }, requestId: 'r-1' }));
    expect(text).toBe(
      'id,time,level,context,message,stack,data,requestId,traceId,operation,instance\r\n' +
        '7,2026-11-20T08:15:42.113Z,warn,StockService,Stock of AB-444 is low,,"{""sku"":""AB-444""}",r-1,,,web-1\r\n',
    );
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\\x0d=1"],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
    ['two\nlines', '"two\nlines"'],
    ['red \x1b[31m', 'red \\x1b[31m'],
    ['a=1', 'a=1'],
  ])('writes the message %j as %j', async (message, written) => {
    expect(await cell(message)).toBe(written);
  });

  it('says what is missing and where it was cut in rows of their own', async () => {
    const gap = { reason: 'restarted', missed: null } as const;
    const text = await textOf('csv', { gap, entries: [], more: 'e-7' as Cursor });
    expect(text.split('\r\n').slice(1, -1)).toEqual([
      ',,gap,,an unknown number of entries missed (restarted),,,,,,',
      ',,more,,e-7,,,,,,',
    ]);
  });
});

describe('a download as text', () => {
  it('is what tail shows, with where it was cut as its last line', async () => {
    const gap = { reason: 'evicted', from: 1, to: 1, missed: 1 } as const;
    const page = { gap, entries: [{ ...ENTRY, stack: 'Error\n    at x' }], more: 'e-7' as Cursor };
    expect(await textOf('text', page)).toBe(
      '--- 1 entry missed (evicted) ---\n' +
        '2026-11-20T08:15:42.113Z    WARN [StockService] Stock of AB-444 is low\n    Error\n        at x\n' +
        '--- more: e-7 ---\n',
    );
  });
});
