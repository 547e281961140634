import { type INestApplication } from '@nestjs/common';
import { bearer, OPERATOR, PEOPLE } from '../access/people.js';
import { type AppFolder, type StartOptions } from '../support/app-process.js';
import { createHost, type Adapter, type HostOptions } from '../support/host-app.js';
import { request, type Reply } from '../support/http-client.js';
import { OrdersController, publishDocument } from './orders.controller.js';

/** A host with the console and orders of its own, as the checks that are the same for all of them see it. */
export interface RunningHost {
  /** Origin, without a final slash. */
  readonly url: string;
  /** Where the host's own routes are; the console is found beside them. */
  readonly prefix: string;
  /** What an operator sends with each request. */
  readonly operator: Readonly<Record<string, string>>;
  /** What the host itself answers somebody unknown, where it asks before the console does. */
  readonly stranger?: object;
  /** There where it runs in this process. */
  readonly app?: INestApplication;
  readonly close: () => Promise<void>;
}

export interface RunningHostOptions extends HostOptions {
  readonly prefix?: string;
  readonly stranger?: object;
  /** Signs an operator in. Default: by a token of the console. */
  readonly signIn?: (url: string) => Promise<Record<string, string>>;
}

export async function startHost(
  adapter: Adapter,
  { prefix = '', stranger, signIn, options, controllers = [], prepare, ...others }: RunningHostOptions = {},
): Promise<RunningHost> {
  const host = await createHost(adapter, {
    options: { access: { tokens: PEOPLE }, ...options },
    controllers: [OrdersController, ...controllers],
    ...others,
    prepare: async (app) => {
      await prepare?.(app);
      publishDocument(app);
    },
  });
  try {
    const operator = signIn ? await signIn(host.url) : bearer(OPERATOR);
    return { ...host, prefix, operator, ...(stranger ? { stranger } : {}) };
  } catch (error) {
    await host.close();
    throw error;
  }
}

/** The same in a process of its own; its setup brings the orders. */
export async function startProcess(
  folder: AppFolder,
  adapter: Adapter,
  start: Pick<StartOptions, 'setup' | 'env' | 'prepare'>,
): Promise<RunningHost> {
  const options = JSON.stringify({ access: { tokens: PEOPLE }, forward: false });
  const { port, stop } = await folder.start(adapter, { terminal: false, options, ...start });
  return { url: `http://127.0.0.1:${port}`, prefix: '', operator: bearer(OPERATOR), close: stop };
}

/** The address of the console, or of something in it. */
export function consoleAt({ url, prefix }: RunningHost, path = ''): string {
  return `${url}${prefix}/log-console${path}`;
}

/** What an operator is answered. */
export function ask(host: RunningHost, path: string, headers: Record<string, string> = {}): Promise<Reply> {
  return request(consoleAt(host, path), { headers: { ...host.operator, ...headers } });
}

/** Has the host log this line. */
export async function order({ url, prefix, operator }: RunningHost, line: string): Promise<void> {
  const { status, text } = await request(`${url}${prefix}/orders/${line}`, {
    method: 'POST',
    headers: operator,
  });
  if (status !== 201) throw new Error(`${status} ${text}`);
}
