import { Controller, Get, Inject, Logger, Query } from '@nestjs/common';
import { LogConsoleService } from 'nestjs-log-console';
import { RedisStore } from 'nestjs-log-console/redis';
import { type HostSetup } from '../support/app-process.js';

const { INSTANCE = '', REDIS_URL = '', TOKEN = '' } = process.env;
const logger = new Logger('Work');

/** What an instance does when a test asks for it. */
@Controller('work')
class WorkController {
  #logged = 0;

  constructor(@Inject(LogConsoleService) private readonly console: LogConsoleService) {}

  @Get('log')
  log(@Query() { count }: { count: string }): string[] {
    const lines = Array.from({ length: Number(count) }, () => `${INSTANCE} ${++this.#logged}`);
    for (const line of lines) logger.log(line);
    return lines;
  }

  /** The lines of an operation; answers its id. */
  @Get('import')
  import(@Query() { count }: { count: string }): { readonly id: string } {
    return this.console.start('Import', () => Promise.resolve(this.log({ count })));
  }
}

/** One of the processes that share a log. */
export function setup(): HostSetup {
  return {
    controllers: [WorkController],
    prepare: (app) => app.enableShutdownHooks(),
    console: {
      instance: INSTANCE,
      forward: false,
      access: { tokens: [{ token: TOKEN, name: 'operator-1', role: 'operator' }] },
      store: new RedisStore({ url: REDIS_URL, commandTimeoutMs: 500, flushMs: 100 }),
    },
  };
}
