import { LOG_LEVELS } from '../../domain/log-level.js';
import { takeSnapshot } from '../../domain/snapshot.js';
import { entryJson } from './entry-json.js';
import { RingBuffer } from './ring-buffer.js';

const ID = 1_795_162_542_113_048;
const TIME = Date.parse('2026-11-20T08:15:42.113Z');

const HOSTILE = [
  '',
  '"quoted" \\ back / slash',
  '\b\f\n\r\t\u0000\u0001\u001f',
  '\u001b[31mred\u001b[0m',
  '\u2028 \u2029',
  '\ud800 \udc00\ud800',
  '\uffff \ufffe',
  'é 漢 🧺 ½',
  '</script><!--',
  '{"id":1},',
];

interface Stored {
  id?: number;
  level?: number;
  time?: number;
  message?: string;
  context?: string;
  stack?: string;
  data?: Parameters<RingBuffer['push']>[5];
  links?: Parameters<RingBuffer['push']>[7];
}

function jsonOf(entry: Stored, instance = 'web-1'): string {
  const { id = ID, level = 2, time = TIME, message = 'text', context, stack, data, links } = entry;
  const ring = new RingBuffer(id, 1, 1e6);
  ring.push(level, time, message, context, stack, data, 0, links);
  return entryJson(ring, id, JSON.stringify(instance));
}

function parsed(entry: Stored): unknown {
  return JSON.parse(jsonOf(entry));
}

describe('entryJson', () => {
  it('is what JSON.stringify makes of the entry', () => {
    expect(jsonOf({ context: 'C', message: 'M', stack: 'S', data: '{"a":1}' })).toBe(
      JSON.stringify({
        id: ID,
        time: '2026-11-20T08:15:42.113Z',
        level: 'log',
        context: 'C',
        message: 'M',
        stack: 'S',
        data: { a: 1 },
        instance: 'web-1',
      }),
    );
  });

  it('leaves out what an entry has not', () => {
    expect(Object.keys(parsed({}) as object)).toEqual(['id', 'time', 'level', 'message', 'instance']);
  });

  it.each(LOG_LEVELS.map((name, level) => ({ name, level })))('names the level $name', ({ name, level }) => {
    expect(parsed({ level })).toMatchObject({ level: name });
  });

  it.each(HOSTILE)('says %j in every field as JSON.stringify does', (text) => {
    const fields = { context: text, message: text, stack: text };
    const links = { requestId: text, traceId: text, spanId: text, operation: text };
    const json = jsonOf({ ...fields, data: JSON.stringify({ [text]: text }), links });
    expect(JSON.parse(json)).toEqual({
      id: ID,
      time: '2026-11-20T08:15:42.113Z',
      level: 'log',
      ...fields,
      data: { [text]: text },
      ...links,
      instance: 'web-1',
    });
    expect(json).toContain(`"message":${JSON.stringify(text)}`);
  });

  it('escapes DEL and C1 control characters, which a terminal would obey, wherever they are', () => {
    const all = Array.from({ length: 0x21 }, (_, index) => String.fromCharCode(0x7f + index)).join('');
    const entry = { context: all, message: all, stack: all, data: JSON.stringify({ [all]: all }) };
    const json = jsonOf({ ...entry, links: { requestId: all } });
    expect(json).not.toMatch(/[\x7f-\x9f]/);
    expect(json).toContain('"requestId":"\\u007f\\u0080\\u0081');
    expect(JSON.parse(json)).toMatchObject({ message: all, data: { [all]: all }, requestId: all });
    expect(jsonOf({ message: '\u00a0' })).toContain('\u00a0');
  });

  it('names the process that wrote the entry, and else the one that answers', () => {
    expect(parsed({ links: { operation: 'o-1' } })).toMatchObject({ instance: 'web-1', operation: 'o-1' });
    const other = jsonOf({ links: { instance: 'web-2' } });
    expect(other.match(/"instance"/g)).toHaveLength(1);
    expect(JSON.parse(other)).toMatchObject({ instance: 'web-2' });
    expect(JSON.parse(jsonOf({}, '"odd" name'))).toMatchObject({ instance: '"odd" name' });
  });

  it('makes the JSON of data that was kept as an object', () => {
    const taken = takeSnapshot({ sku: 'AB-444', count: 3, open: true, none: null, rate: NaN, big: 10n });
    expect(parsed({ data: taken?.snapshot })).toMatchObject({
      data: { sku: 'AB-444', count: 3, open: true, none: null, rate: 'NaN', big: '10' },
    });
  });

  it.each([0, 1, 999, 1000, -1, -1000, TIME, TIME + 1, 253_402_300_799_999])(
    'writes the time %i as Date does, whatever came before',
    (time) => {
      parsed({ time: TIME + 500 });
      expect(parsed({ time })).toMatchObject({ time: new Date(time).toISOString() });
    },
  );
});
