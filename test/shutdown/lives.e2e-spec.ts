import { Logger } from '@nestjs/common';
import { type LogConsoleLogger, LogConsoleModule, LogConsoleService } from 'nestjs-log-console';
import { bearer, OPERATOR, PEOPLE } from '../access/people.js';
import { CurrentLogger, PrintingLogger, startWith } from '../capture/printing-logger.js';
import { EventReader } from '../reading/event-reader.js';
import { eventually } from '../reading/log-host.js';
import { ADAPTERS, createHost } from '../support/host-app.js';
import { request } from '../support/http-client.js';

const LIVES = 50;
const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;

/** What the package keeps for the whole process. */
const tap = (): LogConsoleLogger =>
  (globalThis as unknown as Record<symbol, { logger: LogConsoleLogger }>)[Symbol.for('nestjs-log-console')]
    .logger;

/** Whatever an application could leave behind in its process. */
function traces(): object {
  const { targets, forwards } = tap();
  return {
    listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
    logger: CurrentLogger.get(),
    console: METHODS.map((method) => console[method]),
    rings: targets.length,
    forwards,
  };
}

/** Handles that keep a process alive, by kind. */
function handles(): Record<string, number> {
  const counts: Record<string, number> = {};
  // The look itself, and whoever waits for it.
  const passing = ['Timeout', 'Immediate', 'TickObject'];
  for (const kind of process.getActiveResourcesInfo().filter((name) => !passing.includes(name)))
    counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

describe.each(ADAPTERS)('F25: fifty lives of an application in one process, on %s', (adapter) => {
  it('leave no listener, no logger, no ring, no server and no handle, each with a stream and a poll open', async () => {
    const printing = startWith(new PrintingLogger());
    const live = async (): Promise<LogConsoleService> => {
      const host = await createHost(adapter, {
        console: LogConsoleModule.forRoot({ access: { tokens: PEOPLE }, capture: { console: true } }),
      });
      const api = `${host.url}/log-console/api`;
      const reader = await EventReader.open(`${api}/stream?limit=0`);
      await reader.first('hello');
      const { newest } = await host.app.get(LogConsoleService).stats();
      const poll = request(`${api}/entries?after=${newest}&wait=25`, { headers: bearer(OPERATOR) });
      const service = host.app.get(LogConsoleService);
      await eventually(async () => (await service.stats()).readers.polls === 1);
      await host.close();
      await reader.ended;
      expect(reader.events.at(-1)?.event).toBe('bye');
      expect((await poll).status).toBe(200);
      return service;
    };
    // What is loaded at first use stays.
    await live();
    const before = traces();
    const handlesBefore = handles();
    const services: LogConsoleService[] = [];
    for (let count = 0; count < LIVES; count++) services.push(await live());
    expect(traces()).toEqual(before);
    expect(CurrentLogger.get()).toBe(printing);
    await eventually(() => JSON.stringify(handles()) === JSON.stringify(handlesBefore));

    const totals = await Promise.all(services.map((service) => service.stats()));
    new Logger('Late').log('to nobody');
    expect(await Promise.all(services.map((service) => service.stats()))).toEqual(totals);
    for (const { readers } of totals) expect(readers).toEqual({ streams: 0, polls: 0 });
  }, 30_000);
});
