import { Logger } from '@nestjs/common';
import { LogConsoleModule, LogConsoleService } from 'nestjs-log-console';
import { ADAPTERS, createHost, type Host } from '../support/host-app.js';
import { CurrentLogger, PrintingLogger, startWith } from './printing-logger.js';

describe.each(ADAPTERS)('several applications in one process, on %s', (adapter) => {
  let printed: PrintingLogger;
  const hosts: Host[] = [];
  beforeEach(() => (printed = startWith(new PrintingLogger())));
  afterEach(() => Promise.all(hosts.splice(0).map((host) => host.close())));

  const start = async (...options: Parameters<typeof LogConsoleModule.forRoot>): Promise<Host> => {
    const host = await createHost(adapter, { console: LogConsoleModule.forRoot(...options) });
    hosts.push(host);
    return host;
  };
  const messages = async ({ app }: Host): Promise<string[]> =>
    (await app.get(LogConsoleService).read()).entries.map(({ message }) => message);

  it('each console has each line once, and each line is printed once', async () => {
    const [first, second] = [await start(), await start()];
    new Logger('A').log('shared');
    for (const host of [first, second])
      expect((await messages(host)).filter((message) => message === 'shared')).toEqual(['shared']);
    expect(printed.messages.filter((message) => message === 'shared')).toEqual(['shared']);
  });

  it('the boot of the second is in both, that of the first in the first only', async () => {
    const first = await start({ path: 'first' });
    const second = await start({ path: 'second' });
    const mapped = (path: string): unknown =>
      expect.arrayContaining([expect.stringContaining(`Mapped {/${path}/api/stats, GET}`)]);
    expect(await messages(first)).toEqual(mapped('first'));
    expect(await messages(first)).toEqual(mapped('second'));
    expect(await messages(second)).toEqual(mapped('second'));
    expect(await messages(second)).not.toEqual(mapped('first'));
  });

  it('one that closes leaves the others as they are; the last one gives the logger back', async () => {
    const [first, second] = [await start(), await start()];
    await first.close();
    new Logger('A').log('after the first');
    expect(await messages(second)).toContain('after the first');
    expect(await messages(first)).not.toContain('after the first');
    expect(printed.messages.filter((message) => message === 'after the first')).toHaveLength(1);
    await second.close();
    expect(CurrentLogger.get()).toBe(printed);
  });

  it('each may capture its own levels', async () => {
    const [all, warnings] = [await start(), await start({ level: '>=warn' })];
    new Logger('A').debug('detail');
    expect(await messages(all)).toContain('detail');
    expect(await messages(warnings)).not.toContain('detail');
    expect((await warnings.app.get(LogConsoleService).stats()).belowLevel).toBeGreaterThan(0);
  });

  it('one clears its own log only', async () => {
    const [first, second] = [await start(), await start()];
    new Logger('A').log('kept in the second');
    await first.app.get(LogConsoleService).clear();
    expect(await messages(first)).toHaveLength(1);
    expect(await messages(second)).toContain('kept in the second');
  });

  it('one started after another was closed captures its boot again', async () => {
    await (await start()).close();
    hosts.length = 0;
    const again = await start();
    expect(await messages(again)).toEqual(
      expect.arrayContaining(['Starting Nest application...', 'Nest application successfully started']),
    );
    expect(
      (await messages(again)).filter((message) => message === 'Starting Nest application...'),
    ).toHaveLength(1);
  });
});
