import { LogConsoleLogger, MemoryStore, type LogRecord } from 'nestjs-log-console';
import { type Stage } from '../support/browser.js';
import { type Host, type HostOptions } from '../support/host-app.js';

/** A host that logs nothing of its own: what is held is what the test logs, or puts there. */
export async function quietHost(
  stage: Stage,
  options: HostOptions['options'] = {},
  rest: Omit<HostOptions, 'options'> = {},
): Promise<Host> {
  const host = await stage.host({ ...rest, options: { attach: false, ...options } });
  host.app.useLogger(host.app.get(LogConsoleLogger));
  return host;
}

/** Puts lines there with what a call of the Logger cannot say: a request, a time. */
export function put({ app }: Host, ...records: Partial<LogRecord>[]): void {
  const store = app.get(MemoryStore, { strict: false });
  for (const record of records) store.append({ level: 'log', message: '', ...record });
}
