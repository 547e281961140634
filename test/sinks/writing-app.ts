import { Controller, Get, Logger, Query, type INestApplication } from '@nestjs/common';
import { openSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileSink, type LogConsoleOptions } from 'nestjs-log-console';
import { type HostSetup } from '../support/app-process.js';

const logger = new Logger('Work');
let listening: INestApplication;

/** Notes what has been logged, past every buffer: it is there when the process is killed. */
const notes = openSync(`${process.env.PATH_OF_FILE}.notes`, 'a');
const note = (text: string): number => writeSync(notes, `${text}\n`);

/** What an application that writes a file does when a test asks for it. */
@Controller('work')
class WorkController {
  /** Logs so many lines, every tenth an error, in one loop or some at a time; notes of each when it was logged, and says when so many are. */
  @Get('burst')
  burst(@Query() { count, pause, sayAt = count }: Record<string, string>): object {
    const run = async (): Promise<void> => {
      for (let index = 0; index < Number(count); index++) {
        const isError = index % 10 === 9;
        logger[isError ? 'error' : 'log'](`burst ${index}`);
        note(`${index} ${isError ? 'error' : 'log'} ${performance.now()}`);
        if ((index + 1) % Number(sayAt) === 0) writeSync(1, `logged ${index + 1}\n`);
        if (pause !== undefined && index % 50 === 49) await sleep(Number(pause));
      }
    };
    setTimeout(() => void run(), 10);
    return {};
  }

  /** Logs some lines, then ends the process in one of the ways a process ends. */
  @Get('end')
  end(@Query() { by }: { by: string }): object {
    const ends: Record<string, () => unknown> = {
      exit: () => process.exit(3),
      throw: () => {
        throw new TypeError('the shelf broke');
      },
      reject: () => Promise.reject(new RangeError('the lorry is late')),
      memory: () => {
        for (const hoard: unknown[] = []; ;) hoard.push(new Array<number>(1e6).fill(hoard.length));
      },
      close: () => listening.close(),
    };
    setTimeout(() => {
      for (let index = 0; index < 100; index++) logger.log(`last ${index}`);
      // Not returned: what it rejects with is nobody's.
      void ends[by]();
    }, 50);
    return {};
  }
}

export function setup(): HostSetup {
  const { PATH_OF_FILE: path = '', CONSOLE = '{}' } = process.env;
  return {
    console: { sinks: [fileSink({ path })], ...(JSON.parse(CONSOLE) as LogConsoleOptions) },
    controllers: [WorkController],
    prepare: (app) => {
      listening = app;
      app.enableShutdownHooks();
    },
  };
}
