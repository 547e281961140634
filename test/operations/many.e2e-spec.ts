import { Logger } from '@nestjs/common';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { follow, type Cursor, type OperationSource } from 'nestjs-log-console';
import { createLogHost, logLines, messagesOf, type LogHost } from '../reading/log-host.js';

const logger = new Logger('Many');
const FROM_OLDEST = '0' as Cursor;

describe('many operations', () => {
  let host: LogHost;
  afterEach(() => host.close());

  it('100 at once, each with a follower: no line is in the wrong one, none is missing', async () => {
    host = await createLogHost('express');
    const LINES = 60;
    const work = async (number: number): Promise<void> => {
      let line = 0;
      const say = (): void => logger.log(`operation ${number}, line ${line++}`, { number });
      // What a program does between two lines, in an order of its own for each operation.
      const ways = [
        async () => say(),
        () => setImmediate().then(say),
        () => setTimeout(number % 3).then(say),
        () =>
          Promise.resolve()
            .then(() => undefined)
            .then(say),
        () => new Promise<void>((resolve) => process.nextTick(resolve)).then(say),
        () => new Promise((resolve) => globalThis.setTimeout(resolve, 1)).then(say),
        async () => {
          await Promise.all([setImmediate(), Promise.resolve()]);
          say();
        },
      ];
      while (line < LINES) await ways[(line * 3 + number) % ways.length]();
    };
    const operations = Array.from({ length: 100 }, (_, number) =>
      host.service.start(`Import ${number}`, () => work(number)),
    );
    const seen = await Promise.all(operations.map(({ id }) => readToTheEnd(host.service.operationById(id)!)));
    const { entries } = await host.service.read({ limit: 10_000 });
    for (const [number, lines] of seen.entries()) {
      expect(lines).toEqual(Array.from({ length: LINES }, (_, line) => `operation ${number}, line ${line}`));
      const inLog = entries.filter(({ operation }) => operation === operations[number].id);
      expect(messagesOf({ entries: inLog })).toEqual(lines);
    }
    await Promise.all(operations.map(({ done }) => done));
  }, 20_000);

  it('a busy server does not push the lines of an operation out', async () => {
    host = await createLogHost('express', { capacity: 500 });
    const { id, done } = host.service.start('Import', async () => {
      logger.log('the first line');
      await setImmediate();
      logger.log('the last line');
    });
    logLines(5000);
    await done;
    logLines(5000);
    expect(await host.service.read({ limit: 5000, filter: { operation: id } })).toMatchObject({ size: 0 });
    expect(await readToTheEnd(host.service.operationById(id)!)).toEqual(['the first line', 'the last line']);
  });

  it('each keeps its newest lines, as many as are asked for, and says how many it had', async () => {
    host = await createLogHost('express', { operations: { keep: 2, entries: 100 } });
    for (const name of ['a', 'b', 'c'])
      await host.service.operation(name, () => void logLines(name === 'b' ? 250 : 10));
    const [c, b, ...others] = host.service.operations();
    expect([c.name, b.name, others]).toEqual(['c', 'b', []]);
    expect([b.lines.total, c.lines.total]).toEqual([250, 10]);
    const { entries, gap } = await host.service.operationById(b.id)!.read({ limit: 500 });
    expect([entries.length, entries[0].message, gap]).toEqual([100, 'line 150', undefined]);
  });
});

async function readToTheEnd(source: OperationSource): Promise<string[]> {
  const lines: string[] = [];
  for await (const batch of follow(source, { after: FROM_OLDEST })) lines.push(...messagesOf(batch));
  return lines;
}
