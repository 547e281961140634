import { type LogConsoleExtras, type LogConsoleOptions, type LogEntry } from 'nestjs-log-console';
import { createLogHost, type LogHost, type LogHostOptions } from '../reading/log-host.js';
import { type Adapter } from '../support/host-app.js';

/** A host of the console, and how its lines are found by the request they belong to. */
export interface RequestHost extends LogHost {
  /** The entries of one request, by its id. */
  readonly linesOf: (requestId: unknown) => Promise<readonly LogEntry[]>;
  /** What they say. */
  readonly messagesOf: (requestId: unknown) => Promise<string[]>;
  /** The newest entry with this text. */
  readonly lineOf: (message: string) => Promise<LogEntry | undefined>;
}

export async function createRequestHost(
  adapter: Adapter,
  options: LogConsoleOptions & LogConsoleExtras = {},
  hostOptions: LogHostOptions = {},
): Promise<RequestHost> {
  const host = await createLogHost(adapter, options, hostOptions);
  const all = async (): Promise<readonly LogEntry[]> =>
    (await host.service.read({ after: '0' as never, limit: 5000 })).entries;
  const linesOf = async (requestId: unknown): Promise<readonly LogEntry[]> =>
    (await all()).filter((entry) => entry.requestId === requestId);
  return {
    ...host,
    linesOf,
    messagesOf: async (requestId) => (await linesOf(requestId)).map(({ message }) => message),
    lineOf: async (message) => (await all()).findLast((entry) => entry.message === message),
  };
}

/** What is made for a request that brings no id, or none that is one. */
export const MADE = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
