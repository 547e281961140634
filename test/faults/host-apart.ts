import { join } from 'node:path';
import { type LogConsoleOptions } from 'nestjs-log-console';
import { bearer, OPERATOR, PEOPLE } from '../access/people.js';
import { type AppFolder, type RunningApp } from '../support/app-process.js';
import { type Adapter } from '../support/host-app.js';
import { request } from '../support/http-client.js';

const SETUP = join(import.meta.dirname, 'working-app.ts');

/** A host in a process of its own, for what a process alone can show: its memory, its stalls, its end. */
export interface HostApart extends RunningApp {
  readonly url: string;
  /** The address of a route of the console. */
  readonly at: (path: string) => string;
  /** Has the application do something, of `working-app.ts`; resolves to what it says of it. */
  readonly work: <T = unknown>(what: string) => Promise<T>;
  readonly stats: () => Promise<{
    newest: string;
    accepted: { total: number };
    readers: { streams: number };
  }>;
}

export async function startApart(
  folder: AppFolder,
  adapter: Adapter,
  options: LogConsoleOptions = {},
  env: Readonly<Record<string, string>> = {},
  setup = SETUP,
): Promise<HostApart> {
  const console = { access: { tokens: PEOPLE }, forward: false, instance: 'web-1', ...options };
  const app = await folder.start(adapter, {
    terminal: false,
    setup,
    // What was freed goes back to the system at once, so that memory measured is memory held.
    env: {
      CONSOLE: JSON.stringify(console),
      MALLOC_MMAP_THRESHOLD_: '65536',
      NODE_OPTIONS: '--max-semi-space-size=4',
      ...env,
    },
  });
  const url = `http://127.0.0.1:${app.port}`;
  const ask = async (path: string): Promise<unknown> => {
    const { status, json, text } = await request(`${url}/${path}`, { headers: bearer(OPERATOR) });
    if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
    return json;
  };
  return {
    ...app,
    url,
    at: (path) => `${url}/log-console/api/${path}`,
    work: async <T>(what: string) => (await ask(`work/${what}`)) as T,
    stats: async () => (await ask('log-console/api/stats')) as Awaited<ReturnType<HostApart['stats']>>,
  };
}
