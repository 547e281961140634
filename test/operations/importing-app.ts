import { Controller, Get, Logger, Query } from '@nestjs/common';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { LogConsoleService, type LogConsoleOptions } from 'nestjs-log-console';
import { type HostSetup } from '../support/app-process.js';

const logger = new Logger('Imports');

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;

/** Runs operations when a test asks for it, and says what is held afterwards. */
@Controller('work')
class ImportsController {
  constructor(readonly service: LogConsoleService) {}

  /** So many in a row, of so many lines each; answers the MiB of the heap when everything unneeded was collected. */
  @Get('imports')
  async imports(@Query() { count, lines }: Record<string, string>): Promise<{ heap: number; kept: number }> {
    for (let number = 0; number < Number(count); number++) {
      await this.service.operation(`Import ${number}`, { data: { number } }, async (op) => {
        for (let line = 0; line < Number(lines); line++) {
          logger.log(`row ${line} of import ${number}`, { line });
          op.progress(line, Number(lines));
          if (line % 50 === 0) await setImmediate();
        }
      });
    }
    collect();
    await setImmediate();
    collect();
    return { heap: process.memoryUsage().heapUsed / 1024 ** 2, kept: this.service.operations().length };
  }
}

export function setup(): HostSetup {
  return {
    console: JSON.parse(process.env.CONSOLE ?? '{}') as LogConsoleOptions,
    controllers: [ImportsController],
  };
}
