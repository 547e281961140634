import {
  type DynamicModule,
  type INestApplication,
  type LoggerService,
  type ModuleMetadata,
  type NestApplicationOptions,
  Logger,
  Module,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogConsoleModule, type LogConsoleExtras, type LogConsoleOptions } from 'nestjs-log-console';

/** A configured file that is missing: the routes of a file are there for whoever asks for each of them. */
const NO_FILE = { id: 'x', path: join(tmpdir(), 'log-console-has-no-such-file.log') };

/** For `describe.each(ADAPTERS)`: what holds on one holds on the other. */
export const ADAPTERS = ['express', 'fastify'] as const;
export type Adapter = (typeof ADAPTERS)[number];

export interface HostOptions extends ModuleMetadata {
  /** The options of `LogConsoleModule.forRoot()`. Unless they say otherwise nobody prints. */
  readonly options?: LogConsoleOptions & LogConsoleExtras;
  /** Instead of `options`: the console as the test made it, for example with `forRootAsync()`; `false`: a host without. */
  readonly console?: DynamicModule | false;
  /** What a user does between `create()` and `listen()`: a global prefix, CORS, a global filter. */
  readonly prepare?: (app: INestApplication) => unknown;
  /** The `logger` of `NestFactory.create()`. */
  readonly logger?: LoggerService | false;
  /** Its other options. */
  readonly create?: NestApplicationOptions;
  /** Default: a free one. */
  readonly port?: number;
}

export interface Host {
  readonly app: INestApplication;
  /** Origin, without a final slash: `http://127.0.0.1:43127`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

// Until the console's own `forward` is known, the logger that was there prints: let it be a silent one.
const silent = (): void => undefined;
Logger.overrideLogger({
  log: silent,
  error: silent,
  warn: silent,
  fatal: silent,
  debug: silent,
  verbose: silent,
});

@Module({})
class HostModule {}

/** A real Nest application with the log console, listening on a free port of 127.0.0.1. Close it. */
export async function createHost(
  adapter: Adapter,
  {
    options,
    console: ownConsole,
    prepare,
    logger,
    create,
    port = 0,
    imports = [],
    ...metadata
  }: HostOptions = {},
): Promise<Host> {
  const logConsole = ownConsole ?? LogConsoleModule.forRoot({ forward: false, files: [NO_FILE], ...options });
  const root: DynamicModule = {
    module: HostModule,
    imports: logConsole === false ? imports : [logConsole, ...imports],
    ...metadata,
  };
  const app = await NestFactory.create(root, newAdapter(adapter), {
    abortOnError: false,
    ...create,
    ...(logger === undefined ? {} : { logger }),
  });
  try {
    await prepare?.(app);
    await app.listen(port, '127.0.0.1');
  } catch (error) {
    await app.close();
    throw error;
  }
  const address = (app.getHttpServer() as { address(): AddressInfo }).address();
  return { app, url: `http://127.0.0.1:${address.port}`, close: () => app.close() };
}

function newAdapter(adapter: Adapter): ExpressAdapter | FastifyAdapter {
  return adapter === 'express' ? new ExpressAdapter() : new FastifyAdapter();
}
