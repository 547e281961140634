import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import {
  LogConsoleModule,
  LogConsoleService,
  type LogConsoleExtras,
  type LogConsoleOptions,
} from 'nestjs-log-console';
import { bearer, OPERATOR, PEOPLE } from '../access/people.js';
import { CurrentLogger, PrintingLogger, startWith } from '../capture/printing-logger.js';
import { EventReader } from '../reading/event-reader.js';
import { ADAPTERS, createHost, type Host } from '../support/host-app.js';
import { request } from '../support/http-client.js';

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;

const consoleAt = (path: string, options: LogConsoleOptions & LogConsoleExtras = {}) =>
  LogConsoleModule.forRoot({ path, access: { tokens: PEOPLE }, ...options });

describe.each(ADAPTERS)('F32: forRoot() twice in one application, on %s', (adapter) => {
  let printed: PrintingLogger;
  let host: Host;
  const readers: EventReader[] = [];
  beforeEach(async () => {
    printed = startWith(new PrintingLogger());
    host = await createHost(adapter, {
      console: consoleAt('first', { instance: 'first', capacity: 50 }),
      imports: [consoleAt('second', { instance: 'second' })],
    });
  });
  afterEach(async () => {
    for (const reader of readers.splice(0)) reader.close();
    await host.close();
  });

  const messages = async (path: string): Promise<string[]> => {
    const { json } = await request(`${host.url}/${path}/api/entries`, { headers: bearer(OPERATOR) });
    return (json as { entries: { message: string }[] }).entries.map(({ message }) => message);
  };
  const follow = async (path: string): Promise<EventReader> => {
    const reader = await EventReader.open(`${host.url}/${path}/api/stream?limit=0`);
    readers.push(reader);
    await reader.first('hello');
    return reader;
  };

  it('each console has each line once, in its own ring, and each line is printed once', async () => {
    const streams = [await follow('first'), await follow('second')];
    for (let index = 0; index < 80; index++) new Logger('Both').log(`line ${index}`);
    for (const reader of streams) await reader.until(() => reader.messages.at(-1) === 'line 79');
    const lines = Array.from({ length: 80 }, (_, index) => `line ${index}`);
    expect(streams[1].messages).toEqual(lines);
    expect(await messages('first')).toEqual(lines.slice(30));
    expect((await messages('second')).slice(-80)).toEqual(lines);
    expect(printed.messages.filter((message) => String(message).startsWith('line'))).toEqual(lines);
    expect(streams.map(({ events: [hello] }) => hello.data.instance)).toEqual(['first', 'second']);
  });

  it('closing says bye to the readers of both, and gives the logger back', async () => {
    const streams = [await follow('first'), await follow('second')];
    await host.close();
    for (const reader of streams) {
      await reader.ended;
      expect(reader.events.at(-1)).toMatchObject({ event: 'bye', data: { reason: 'shutdown' } });
    }
    expect(CurrentLogger.get()).toBe(printed);
  });
});

describe('F33: console patched by others beside ours', () => {
  const originals = METHODS.map((method) => console[method]);
  const hosts: Host[] = [];
  const printed: unknown[] = [];
  beforeEach(() => {
    startWith(new PrintingLogger());
    printed.length = 0;
    jest.spyOn(console, 'log').mockImplementation((text) => void printed.push(text));
  });
  afterEach(async () => {
    await Promise.all(hosts.splice(0).map((host) => host.close()));
    jest.restoreAllMocks();
    METHODS.forEach((method, index) => (console[method] = originals[index]));
  });

  const start = async (): Promise<Host> => {
    const host = await createHost('express', {
      console: consoleAt('console', { capture: { console: true } }),
    });
    hosts.push(host);
    return host;
  };
  const captured = async ({ url }: Host, text: string): Promise<number> => {
    const { json } = await request(`${url}/console/api/entries?context=console&search=${text}`, {
      headers: bearer(OPERATOR),
    });
    return (json as { entries: unknown[] }).entries.length;
  };
  /** What another tool does: prints a mark before each text; returns how it takes that back, in the usual, careless way. */
  const patch = (mark: string): (() => void) => {
    const before = console.log;
    console.log = (...args: unknown[]) => {
      before(`${mark}${String(args[0])}`);
    };
    return () => (console.log = before);
  };

  it.each([
    ['first', [0, 1]],
    ['last', [1, 0]],
  ])('two applications give it back, whichever was started %s is closed first', async (_which, order) => {
    const before = METHODS.map((method) => console[method]);
    const both = [await start(), await start()];
    console.log('to-both');
    expect(await Promise.all(both.map((host) => captured(host, 'to-both')))).toEqual([1, 1]);
    await both[order[0]].close();
    expect(console.log).not.toBe(before[0]);
    console.log('to-one');
    expect(await captured(both[order[1]], 'to-one')).toBe(1);
    await both[order[1]].close();
    expect(METHODS.map((method) => console[method])).toEqual(before);
    expect(printed).toEqual(['to-both', 'to-one']);
  });

  it.each<[string, ('console' | 'other')[], string[]]>([
    ['the console closes first', ['console', 'other'], ['other: then', 'then']],
    ['the other goes first', ['other', 'console'], ['then', 'then']],
  ])(
    'each call is printed and captured once beside another tool, and nothing is left of us when %s',
    async (_what, order, then) => {
      const original = console.log;
      const host = await start();
      const unpatch = patch('other: ');
      console.log('beside');
      expect(printed).toEqual(['other: beside']);
      expect(await captured(host, 'beside')).toBe(1);
      for (const who of order) {
        if (who === 'console') await host.close();
        else unpatch();
        console.log('then');
      }
      expect(printed.splice(0)).toEqual(['other: beside', ...then]);
      const again = await start();
      console.log('again');
      expect(printed).toEqual(['again']);
      expect(await captured(again, 'again')).toBe(1);
      await again.close();
      if (order[0] === 'other') expect(console.log).toBe(original);
    },
  );

  it('a logger that prints through console, which others patch to log, ends', async () => {
    const host = await createHost('express', {
      console: consoleAt('console', {
        capture: { console: true },
        forward: {
          log: (text: unknown) => console.log(text),
          warn: (text: unknown) => console.log(text),
          error: (text: unknown) => console.log(text),
        },
      }),
    });
    hosts.push(host);
    const before = console.log;
    console.log = (...args: unknown[]) => {
      new Logger('Bridge').log(`bridged ${String(args[0])}`);
      before(...args);
    };
    new Logger('Shop').log('round and round');
    console.log = before;
    new Logger('Shop').log('after it');
    const { entries } = await host.app.get(LogConsoleService).read({ filter: { context: ['Shop'] } });
    expect(entries.map(({ message }) => message)).toEqual(['round and round', 'after it']);
    // What is printed through console is captured as the line it is, not again as a call of console.
    expect(await captured(host, 'round')).toBe(0);
    const times = printed.filter((text) => String(text).includes('round and round')).length;
    expect([times > 0, times < 10]).toEqual([true, true]);
  });
});
