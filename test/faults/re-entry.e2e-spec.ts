import { Logger, type LoggerService } from '@nestjs/common';
import { EventReader } from '../reading/event-reader.js';
import { createLogHost, type LogHost } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';
import { accountOf } from './accounts.js';

const logger = new Logger('Outer');
const inner = new Logger('Inner');

/** An object whose getter does something. */
const getter = (read: () => unknown): object =>
  Object.defineProperty({}, 'value', { enumerable: true, get: read });

/** A logger that logs whatever it is given again. */
const echo: LoggerService = {
  log: (message: unknown) => inner.log(`again: ${String(message)}`),
  warn: (message: unknown) => inner.log(`again: ${String(message)}`),
  error: (message: unknown) => inner.log(`again: ${String(message)}`),
};

describe.each(ADAPTERS)('F8: what is logged from within a log call, on %s', (adapter) => {
  let host: LogHost;
  let reader: EventReader;
  let from: string;
  const start = async (options: Parameters<typeof createLogHost>[1] = {}): Promise<void> => {
    host = await createLogHost(adapter, options);
    from = await host.now();
    reader = await EventReader.open(host.at(`stream?after=${from}`));
    await reader.first('hello');
  };
  afterEach(async () => {
    reader.close();
    await host.close();
  });

  /** What a client is told after all of this, of which nothing may be missing; and how much was refused. */
  const told = async (): Promise<{ messages: string[]; rejected: number }> => {
    logger.log('after it');
    const to = await host.now();
    await reader.until(() => reader.events.at(-1)?.id === to);
    expect(accountOf(reader.batches, { from, to }).missed).toBe(0);
    const { rejected, accepted } = await host.service.stats();
    expect(reader.messages.filter((message) => message.includes('after it')).length).toBeGreaterThan(0);
    expect(accepted.total).toBeGreaterThanOrEqual(reader.messages.length);
    return { messages: reader.messages.filter((message) => !message.includes('after it')), rejected };
  };

  it('by a getter comes before the line whose data it is', async () => {
    await start();
    logger.log(
      'outer',
      getter(() => {
        inner.log('inner');
        return 1;
      }),
    );
    expect(await told()).toEqual({ messages: ['inner', 'outer'], rejected: 0 });
  });

  it('by a getter that logs itself ends at the next level, and is counted', async () => {
    await start();
    let calls = 0;
    const endless: object = getter(() => {
      if (calls++ < 1000) inner.log('inner', endless);
      return 1;
    });
    logger.log('outer', endless);
    const { messages, rejected } = await told();
    expect(messages).toEqual(['inner', 'outer']);
    expect(rejected).toBeGreaterThan(0);
    expect(calls).toBeLessThan(10);
  });

  it('by a getter that clears the log leaves an account', async () => {
    await start();
    logger.log('before');
    logger.log(
      'outer',
      getter(() => {
        void host.service.clear({ by: 'a getter' });
        return 1;
      }),
    );
    logger.log('after it');
    const to = await host.now();
    await reader.until(() => reader.events.at(-1)?.id === to);
    accountOf(reader.batches, { from, to });
    expect(reader.messages.filter((message) => /^a getter cleared|outer/.test(message))).toEqual([
      expect.stringMatching(/^a getter cleared \d+ entr/),
      'outer',
    ]);
  });

  it('by an observer of entries$ follows the line it answers; an answer to an answer is refused', async () => {
    await start();
    host.service.entries$.subscribe(({ message }) => inner.log(`answer to ${message}`));
    logger.log('outer');
    const { messages, rejected } = await told();
    expect(messages).toEqual(['outer', 'answer to outer']);
    expect(rejected).toBeGreaterThan(0);
  });

  it('by an observer that clears on every line never ends the log', async () => {
    await start();
    host.service.entries$.subscribe(({ context }) => {
      if (context === 'Outer') void host.service.clear({ by: 'an observer' });
    });
    for (let index = 0; index < 20; index++) logger.log(`outer ${index}`);
    const to = await host.now();
    await reader.until(() => reader.events.at(-1)?.id === to);
    const { missed, delivered, gaps } = accountOf(reader.batches, { from, to });
    expect(delivered + missed).toBe(40);
    expect(gaps.every(({ reason }) => reason === 'cleared')).toBe(true);
  });

  it('by a logger that prints comes once, and not again for ever', async () => {
    await start({ forward: echo });
    logger.log('outer');
    const { messages, rejected } = await told();
    expect(messages).toEqual(['outer', 'again: outer']);
    expect(rejected).toBeGreaterThan(0);
  });

  it('by all three at once ends, too, and the log goes on', async () => {
    await start({ forward: echo });
    const subscription = host.service.entries$.subscribe(() => inner.warn('seen'));
    for (let index = 0; index < 10; index++) {
      logger.log(
        `outer ${index}`,
        getter(() => inner.log('inner')),
      );
    }
    subscription.unsubscribe();
    const { messages } = await told();
    expect(messages.filter((message) => message.startsWith('outer'))).toHaveLength(10);
    expect(messages.length).toBeLessThan(100);
  });

  it('until the stack overflows, time and again, does not make the log deaf', async () => {
    await start({ capacity: 50 });
    // Ten calls deeper for each line: it overflows in ever other places, and without a million lines.
    const recurse = (depth: number): void => {
      if (depth % 10 === 0) inner.log('deep', { depth, nested: { at: [depth] } });
      recurse(depth + 1);
    };
    for (let calls = 0; calls < 15; calls++) expect(() => recurse(calls)).toThrow(RangeError);
    logger.log('after it', { and: { its: ['data'] } });
    const to = await host.now();
    await reader.until(() => reader.events.at(-1)?.id === to);
    accountOf(reader.batches, { from, to });
    expect(reader.entries.at(-1)).toMatchObject({ message: 'after it', data: { and: { its: ['data'] } } });
    expect((await host.service.stats()).rejected).toBe(0);
  });
});
