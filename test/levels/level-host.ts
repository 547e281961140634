import { Logger } from '@nestjs/common';
import {
  type ContextLevel,
  type LevelOverview,
  type LogConsoleOptions,
  LOG_LEVELS,
} from 'nestjs-log-console';
import { ADMIN, bearer } from '../access/people.js';
import { createLogHost, type LogHost, type LogHostOptions } from '../reading/log-host.js';
import { type Adapter } from '../support/host-app.js';
import { request, type Reply } from '../support/http-client.js';

/** A host, and an admin who changes its levels. */
export interface LevelHost extends LogHost {
  /** The context stands in the address as it is given. */
  readonly put: (context: string, body: object | string, who?: typeof ADMIN) => Promise<Reply>;
  /** Sets a level that has to be accepted. */
  readonly set: (context: string, body: object) => Promise<ContextLevel>;
  readonly reset: (context: string, who?: typeof ADMIN) => Promise<Reply>;
  readonly levels: () => Promise<LevelOverview>;
}

export async function createLevelHost(
  adapter: Adapter,
  options: LogConsoleOptions = {},
  hostOptions: LogHostOptions = {},
): Promise<LevelHost> {
  const host = await createLogHost(adapter, options, hostOptions);
  const change = (method: string, context: string, who: typeof ADMIN, body?: object | string) =>
    request(host.at(`levels/${context}`), {
      method,
      headers: bearer(who),
      ...(body !== undefined && { body }),
    });
  const put: LevelHost['put'] = (context, body, who = ADMIN) => change('PUT', context, who, body);
  return {
    ...host,
    put,
    set: async (context, body) => {
      const { status, json, text } = await put(context, body);
      if (status !== 200) throw new Error(text);
      return json as ContextLevel;
    },
    reset: (context, who = ADMIN) => change('DELETE', context, who),
    levels: async () => (await host.ask('levels')).json as LevelOverview,
  };
}

/** Writes one line of each level, named `<context> <level>`. */
export function logEach(context: string): void {
  const logger = new Logger(context);
  for (const level of LOG_LEVELS) logger[level](`${context} ${level}`);
}

/** The levels of the lines of a context that were captured, in order. */
export async function captured(host: LogHost, context: string, after = '0'): Promise<string[]> {
  const { entries } = await host.entries(`context=${encodeURIComponent(context)}&after=${after}&limit=5000`);
  return entries.map(({ level }) => level);
}
