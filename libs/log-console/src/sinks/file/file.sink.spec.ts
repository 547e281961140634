import { jest } from '@jest/globals';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type LogSink } from '../../domain/log-sink.js';
import { MemoryStore } from '../../stores/memory/memory.store.js';
import { describeLogSink } from '../../testing/index.js';
import { type FileSinkOptions } from './file.options.js';
import { fileSink } from './file.sink.js';
import { TempFolder } from './temp-folder.js';

const ignore = new AbortController().signal;
const STATS = { state: 'closed', since: '', written: 0, filtered: 0, dropped: 0, behind: 0 } as const;

describe.each(['ndjson', 'text'] as const)('as %s', (format) => {
  describeLogSink(
    'A file',
    () => {
      const folder = new TempFolder();
      const path = folder.at('app.log');
      return {
        sink: fileSink({ path, format }),
        received: () => {
          if (!existsSync(path)) return [];
          if (format === 'ndjson') return folder.entries('app.log');
          const entries = folder
            .read('app.log')
            .replace(/\n$/, '')
            .split(/\n(?! {4})/);
          return entries
            .filter((text) => !text.includes('[LogConsole]'))
            .map((text) => {
              const [, level = '', message = ''] = /^\S+ +(\w+) ([^]*)$/.exec(text) ?? [];
              return {
                level: level.toLowerCase(),
                message: message.replaceAll('\n    ', '\n').replace(/\\x(..)/g, ''),
              };
            });
        },
        // A directory where the file was: it cannot be opened, nor anything be put there.
        breakDown: () => {
          renameSync(path, `${path}.kept`);
          mkdirSync(path);
        },
        mend: () => {
          rmSync(path, { recursive: true });
          renameSync(`${path}.kept`, path);
        },
        close: () => folder.remove(),
      };
    },
    { immediate: true, failures: true },
  );
});

describe('fileSink', () => {
  let folder: TempFolder;
  let store: MemoryStore;
  let sinks: LogSink[];
  beforeEach(() => {
    folder = new TempFolder();
    store = new MemoryStore({ instance: 'web-1' });
    sinks = [];
  });
  afterEach(() => {
    jest.useRealTimers();
    for (const sink of sinks) void sink.close?.(STATS);
    store.close();
    folder.remove();
  });

  const open = (options: Partial<FileSinkOptions> = {}): LogSink => {
    const sink = fileSink({ path: folder.at('app.log'), ...options });
    sinks.push(sink);
    return sink;
  };
  /** Writes what was just logged. */
  const write = (sink: LogSink, ...messages: string[]): void => {
    const { next } = store.read({ limit: 0 });
    for (const message of messages) store.append({ level: 'log', message });
    void sink.write(store.read({ after: next, limit: 10_000 }), ignore);
  };
  const messages = (name = 'app.log'): string[] => folder.entries(name).map(({ message }) => message);
  const rotated = (): string[] => folder.names.filter((name) => name !== 'app.log');

  it('writes each entry as it is read everywhere else, one per line', () => {
    store.append({
      level: 'warn',
      message: 'a {"b":[1,2]},{"id":3',
      context: 'Shop',
      data: { list: [{ id: 1 }, { id: 2 }] },
    });
    store.append({ level: 'error', message: 'b\u0085\u001b', stack: 'Error: b\n    at x' });
    const batch = store.read({ limit: 10 });
    void open().write(batch, ignore);
    expect(folder.entries('app.log')).toEqual(batch.entries);
    // eslint-disable-next-line no-control-regex
    expect(folder.read('app.log')).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
  });

  it('says whose lines follow, and at the end that it ended in good order', () => {
    const sink = open();
    write(sink, 'one', 'two');
    void sink.close?.({ ...STATS, dropped: 7 });
    const last = folder.entries('app.log').at(-1)?.id;
    expect(folder.marks('app.log')).toEqual([
      { state: 'started', epoch: store.epoch },
      { state: 'ended', epoch: store.epoch, last, dropped: 7 },
    ]);
    expect(folder.read('app.log').split('\n').at(-2)).toContain('"message":"web-1 ended in good order"');
  });

  it('makes what nobody else may read, whatever the mask of the process says, and leaves what is there', () => {
    const mask = process.umask(0);
    try {
      write(open({ path: folder.at('new/deep/app.log') }), 'x');
      process.umask(0o077);
      write(open({ path: folder.at('shared.log'), mode: 0o640 }), 'x');
    } finally {
      process.umask(mask);
    }
    expect(statSync(folder.at('new')).mode & 0o777).toBe(0o700);
    expect(statSync(folder.at('new/deep/app.log')).mode & 0o777).toBe(0o600);
    expect(statSync(folder.at('shared.log')).mode & 0o777).toBe(0o640);
    writeFileSync(folder.at('old.log'), '');
    chmodSync(folder.at('old.log'), 0o644);
    write(open({ path: folder.at('old.log') }), 'x');
    expect(statSync(folder.at('old.log')).mode & 0o777).toBe(0o644);
  });

  it.each([
    ['a link', (path: string) => symlinkSync('/dev/null', path), /ELOOP/],
    ['a directory', (path: string) => mkdirSync(path), /EISDIR/],
  ])('never writes to %s, and says so without the path', (_what, make, reason) => {
    make(folder.at('app.log'));
    const sink = open();
    expect(() => write(sink, 'x')).toThrow(reason);
    try {
      write(sink, 'x');
    } catch (error) {
      expect((error as Error).message).not.toContain(folder.path);
    }
  });

  it('begins a line of its own behind one that was cut', () => {
    writeFileSync(folder.at('app.log'), '{"id":1,"mess');
    write(open(), 'next');
    const [torn, ...whole] = folder.read('app.log').split('\n');
    expect(torn).toBe('{"id":1,"mess');
    expect(whole.slice(0, -1).map((line) => JSON.parse(line) as object)).toHaveLength(2);
  });

  it.each([
    ['was moved away', () => renameSync(folder.at('app.log'), folder.at('moved'))],
    ['was deleted', () => rmSync(folder.at('app.log'))],
    ['is gone with its folder', () => rmSync(folder.path, { recursive: true })],
  ])('goes on in a new file where the old one %s', (_what, change) => {
    const sink = open();
    write(sink, 'before');
    change();
    write(sink, 'after');
    expect(messages()).toEqual(['after']);
    expect(folder.marks('app.log')).toEqual([{ state: 'continues', epoch: store.epoch }]);
  });

  it('is rotated before it is too long, and no line is lost or cut', () => {
    const sink = open({ maxBytes: 4096, keep: { files: 100 } });
    const lines = Array.from({ length: 100 }, (_, index) => `line ${index} ${'x'.repeat(100)}`);
    for (const line of lines) write(sink, line);
    const files = [...rotated(), 'app.log'];
    expect(files.length).toBeGreaterThan(4);
    for (const name of files) expect(statSync(folder.at(name)).size).toBeLessThanOrEqual(4096);
    for (const name of rotated()) expect(name).toMatch(/^app-\d{4}-\d\d-\d\dT\d{6}\.\d+\.log$/);
    const natural = new Intl.Collator('en', { numeric: true });
    expect([...rotated().sort(natural.compare), 'app.log'].flatMap(messages)).toEqual(lines);
  });

  it.each([
    ['hour', '2026-11-20T10:59:59Z', '2026-11-20T11:00:00Z'],
    ['day', '2026-11-20T23:59:59Z', '2026-11-21T00:00:00Z'],
  ] as const)('is rotated at the end of each %s', (every, before, after) => {
    jest.useFakeTimers({ now: new Date(before), doNotFake: ['performance'] });
    const sink = open({ every });
    write(sink, 'one');
    write(sink, 'two');
    expect(rotated()).toEqual([]);
    jest.setSystemTime(new Date(after));
    write(sink, 'three');
    expect(rotated()).toHaveLength(1);
    expect([messages(rotated()[0]), messages()]).toEqual([['one', 'two'], ['three']]);
  });

  it('is rotated at the start where it is of an earlier day', () => {
    write(open(), 'old');
    const yesterday = Date.now() / 1000 - 86_400;
    utimesSync(folder.at('app.log'), yesterday, yesterday);
    write(open({ every: 'day' }), 'new');
    expect([messages(rotated()[0]), messages()]).toEqual([['old'], ['new']]);
  });

  it('goes on in a file that is too long where it cannot be rotated', () => {
    const sink = open({ maxBytes: 4096, path: folder.at(`${'n'.repeat(240)}.log`) });
    const [first, second] = ['a', 'b'].map((letter) => letter.repeat(3000));
    write(sink, first);
    // With what rotating adds the name is longer than a name can be.
    write(sink, second);
    expect(messages(`${'n'.repeat(240)}.log`)).toEqual([first, second]);
  });

  describe('keeps of what was rotated', () => {
    const NAMES = [
      'app-2026-11-18T000000.1.log',
      'app-2026-11-19T000000.9.log',
      'app-2026-11-19T000000.10.log',
    ];
    const OTHERS = [
      'app-2026-11-01.log',
      'app-2026-11-01T000000.1.log.gz',
      'other-2026-11-01T000000.1.log',
      'appx',
    ];
    beforeEach(() => {
      for (const [index, name] of NAMES.entries()) {
        writeFileSync(folder.at(name), 'x'.repeat(100));
        const days = Date.now() / 1000 - 86_400 * (10 - index);
        utimesSync(folder.at(name), days, days);
      }
      for (const name of OTHERS) writeFileSync(folder.at(name), 'x');
    });

    it.each([
      ['so many files', { files: 2 }, NAMES.slice(1)],
      ['one file, the newest by its numbers', { files: 1 }, NAMES.slice(2)],
      ['none', { files: 0 }, []],
      ['so many bytes', { bytes: 250 }, NAMES.slice(1)],
      ['so many days', { days: 8.5 }, NAMES.slice(2)],
      ['ten files unless it is told otherwise', {}, NAMES],
    ])('%s, and touches nothing else', (_what, keep, left) => {
      write(open({ keep }), 'x');
      expect(folder.names).toEqual(['app.log', ...left, ...OTHERS].sort());
    });

    it('no link, which it does not follow', () => {
      const victim = folder.at('victim');
      mkdirSync(victim);
      writeFileSync(join(victim, 'kept'), '');
      symlinkSync(victim, folder.at('app-2026-11-01T000000.1.log'));
      write(open({ keep: { files: 0 } }), 'x');
      expect(existsSync(join(victim, 'kept'))).toBe(true);
    });
  });

  it.each<[string, object, string]>([
    ['no path', {}, 'option path is undefined; accepted: the path of a file'],
    ['a directory', { path: '/tmp/' }, 'option path is "/tmp/"; accepted: the path of a file'],
    ['an unknown format', { path: 'x', format: 'xml' }, 'option format is "xml"; accepted: ndjson, text'],
    [
      'too small a size',
      { path: 'x', maxBytes: 1 },
      'option maxBytes is 1; accepted: a whole number from 4096',
    ],
    ['an unknown period', { path: 'x', every: 'week' }, 'option every is "week"; accepted: hour, day'],
    [
      'wrong things to keep',
      { path: 'x', keep: { files: -1 } },
      'option files is -1; accepted: a whole number from 0',
    ],
    ['unknown things to keep', { path: 'x', keep: { weeks: 1 } }, 'unknown option weeks'],
    [
      'a mode as text',
      { path: 'x', mode: '0600' },
      'option mode is "0600"; accepted: a whole number from 128 to 511',
    ],
    ['an unknown option', { path: 'x', size: 1 }, 'unknown option size; accepted: path, format'],
  ])('refuses %s', (_what, options, message) => {
    expect(() => fileSink(options as FileSinkOptions)).toThrow(message);
  });
});
