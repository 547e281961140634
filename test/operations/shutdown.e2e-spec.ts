import { Logger } from '@nestjs/common';
import { once } from 'node:events';
import { follow, type Cursor, type Operation, type OperationSource } from 'nestjs-log-console';
import { createLogHost, messagesOf, type LogHost } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';

const logger = new Logger('Import');

describe.each(ADAPTERS)('app.close() while operations run, on %s', (adapter) => {
  let host: LogHost;
  beforeEach(async () => (host = await createLogHost(adapter)));
  afterEach(() => host.close());

  const read = async (source: OperationSource): Promise<string[]> => {
    const lines: string[] = [];
    for await (const batch of follow(source, { after: '0' as Cursor })) lines.push(...messagesOf(batch));
    return lines;
  };

  it('abandons those that never end, tells them, and is not held up by them', async () => {
    const operations = Array.from({ length: 20 }, (_, number): Operation =>
      host.service.start(`Import ${number}`, ({ signal }) => {
        logger.log(`started ${number}`);
        signal.addEventListener('abort', () => logger.warn(`stopped ${number}`));
        return new Promise(() => undefined);
      }),
    );
    const sources = operations.map(({ id }) => host.service.operationById(id)!);
    const readers = sources.map(read);
    const start = performance.now();
    await host.close();
    expect(performance.now() - start).toBeLessThan(1000);
    for (const [number, lines] of (await Promise.all(readers)).entries()) {
      expect(lines).toEqual([`started ${number}`, `stopped ${number}`]);
      expect([operations[number].state, operations[number].signal.aborted]).toEqual(['abandoned', true]);
    }
  });

  it('leaves what one does afterwards without consequence: it settles, and stays abandoned', async () => {
    let go: (value: string) => void = () => undefined;
    const operation = host.service.start('Import', async () => {
      const answer = await new Promise<string>((resolve) => (go = resolve));
      logger.log('too late');
      return answer;
    });
    const source = host.service.operationById(operation.id)!;
    await host.close();
    go('done all the same');
    expect(await operation.done).toBe('done all the same');
    expect([operation.state, source.summary.lines.total]).toEqual(['abandoned', 0]);
  });

  it('lets one that stops when it is told reject for its caller, as it does', async () => {
    const running = host.service.operation('Import', async ({ signal }) => {
      await once(signal, 'abort');
      throw signal.reason;
    });
    const outcome = running.catch((error: unknown) => error);
    await host.close();
    expect(await outcome).toMatchObject({ name: 'AbortError', message: 'The application is shutting down.' });
  });
});
