import { LEVELS } from './filters.js';
import { LineList } from './line-list.js';
import { type Line } from './line.js';
import { reportOf, type ReportTexts } from './report.js';
import { Rows } from './rows.js';
import { sampleBatch, sampleEntries, sampleEntry, T0 } from './sample-lines.js';

/** Every label is its own name. */
const texts = new Proxy({} as ReportTexts, {
  get: (_, name) =>
    name === 'levels' ? Object.fromEntries(LEVELS.map((level) => [level, `a ${level}`])) : name,
});

const asText = (line: Line): string =>
  line.kind === 'entry' ? `${line.entry.level} ${line.text}` : `--- ${line.kind} ---`;

function report(list: LineList, search = ''): string {
  const rows = new Rows(list);
  const filters = {
    levels: ['fatal', 'error', 'log'] as const,
    search,
    contexts: ['A', 'B*'],
    requestId: 'r-1',
  };
  rows.show({ filters: { ...filters, contexts: [], requestId: undefined }, folds: true });
  return reportOf(
    {
      time: 'a day',
      app: { name: 'shop', version: '1.2.3', instance: 'web-1' },
      user: { name: 'anna', role: 'viewer' },
      connection: 'Live (slower mode)',
      page: 'https://shop.example/log-console?token=secret#line=e1-7',
      browser: 'A browser',
      language: 'de',
      timeZone: 'Europe/Berlin',
      filters,
      list,
      rows,
      asText,
    },
    texts,
  );
}

describe('the report for support', () => {
  const list = new LineList({ lines: 400 });
  list.add(sampleBatch(sampleEntries(1, 60, { level: 'error' })), T0);
  list.add(sampleBatch(sampleEntries(61, 70, { level: 'debug' })), T0);
  const gap = { reason: 'evicted', from: 71, to: 89, missed: 19 } as const;
  list.add(sampleBatch(sampleEntries(90, 299), { gap }), T0);
  list.add(sampleBatch([300, 301].map((id) => sampleEntry(id, { message: 'again' }))), T0);
  const text = report(list);
  const sections: Record<string, string[] | undefined> = {};
  for (const part of text.split('\n\n')) {
    const [heading = '', ...lines] = part.split('\n');
    sections[heading.replaceAll(/[= ]/g, '')] = lines;
  }

  it('says who, where and with what, without the query of the address', () => {
    expect(sections.title).toEqual([
      'time: a day',
      'app: shop 1.2.3',
      'instance: web-1',
      'user: anna (viewer)',
      'connection: Live (slower mode)',
      'page: https://shop.example/log-console',
      'browser: A browser',
      'language: de',
      'timeZone: Europe/Berlin',
    ]);
    expect(text).not.toContain('secret');
  });

  it('says what was chosen', () => {
    const chosen = ['level: a fatal, a error, a log', 'context: A, B*', 'requestId: r-1'];
    expect(sections.filters).toEqual(chosen);
    expect(report(list, 'aisle').split('\n')).toContain('search: aisle');
  });

  it('counts what is held, shown, removed and missing', () => {
    expect(sections.counters).toEqual([
      'a fatal: 0',
      'a error: 60',
      'a warn: 0',
      'a log: 212',
      'a debug: 10',
      'a verbose: 0',
      'held: 282',
      'shown: 272',
      'removed: 0',
      'missing: 19',
    ]);
    const restarted = new LineList();
    restarted.add(sampleBatch(sampleEntries(1, 1)), T0);
    restarted.add(sampleBatch(sampleEntries(1, 1), { epoch: 'e2' }), T0);
    expect(report(restarted).split('\n')).toContain('missing: 0 andMore');
  });

  it('holds the last 50 problems and the last 200 rows', () => {
    expect(sections.problems).toHaveLength(50);
    expect([sections.problems?.[0], sections.problems?.at(-1)]).toEqual(['error line 11', 'error line 60']);
    expect(sections.lines).toHaveLength(200);
    expect([sections.lines?.[0], sections.lines?.at(-1)]).toEqual(['log line 101', 'log again ×2']);
  });

  it('holds the gaps among the lines, and says where there is nothing', () => {
    const few = new LineList();
    few.add(sampleBatch(sampleEntries(90, 90), { gap }), T0);
    expect(report(few)).toContain('== lines ==\n--- gap ---\nlog line 90\n');
    expect(report(few)).toContain('== problems ==\nnone\n');
  });
});
