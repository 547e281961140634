import { Controller, Get, Logger, Query, type INestApplication } from '@nestjs/common';
import { writeSync } from 'node:fs';
import { type Server, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type LogConsoleOptions } from 'nestjs-log-console';
import { type HostSetup } from '../support/app-process.js';

const logger = new Logger('Work');
const sockets = new Set<Socket>();
let listening: INestApplication;

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;

const say = (text: string): number => writeSync(1, `${text}\n`);

/** What an application in a process of its own does when a test asks for it. */
@Controller('work')
class WorkController {
  #logged = 0;

  /** Logs lines `line n xxx…` of so many bytes, each so many times, in one tick; answers how each begins. */
  @Get('log')
  log(@Query() { count, bytes = '0', times = '1' }: Record<string, string>): { lines: string[] } {
    const filler = Buffer.alloc(Number(bytes), 'x');
    const lines = Array.from({ length: Number(count) }, () => `line ${this.#logged++}`);
    for (const line of lines) {
      // A text of its own, as a template makes it.
      filler.write(`${line} `);
      const text = filler.length > 0 ? filler.toString('latin1') : line;
      for (let time = 0; time < Number(times); time++) logger.log(text);
    }
    return { lines };
  }

  /** MiB of the process when everything unneeded was collected. */
  @Get('memory')
  memory(): { rss: number; stalled: number } {
    collect();
    collect();
    const stalled = [...sockets].filter(({ writableNeedDrain }) => writableNeedDrain).length;
    return { rss: process.memoryUsage.rss() / 1024 ** 2, stalled };
  }

  /** Does nothing else for so long. */
  @Get('stall')
  stall(@Query() { ms }: { ms: string }): object {
    for (const end = performance.now() + Number(ms); performance.now() < end;);
    return {};
  }

  /** Logs, then ends the process in one of the ways a process ends. */
  @Get('end')
  end(@Query() { by }: { by: string }): object {
    const ends: Record<string, () => unknown> = {
      exit: () => process.exit(3),
      throw: () => {
        throw new TypeError('the shelf broke');
      },
      reject: () => Promise.reject(new RangeError('the lorry is late')),
      close: () => {
        process.exitCode = 7;
        return listening.close();
      },
    };
    // After the answer is out.
    setTimeout(() => {
      logger.error('last words');
      // Not returned: what it rejects with is nobody's.
      void ends[by]();
    }, 50);
    return {};
  }
}

/** Logs lines right before the streams are ended, and says how long that took, by the clock of this very process. */
class Stopwatch {
  #start = 0;

  onModuleDestroy(): void {
    this.#start = performance.now();
    for (let index = 0; index < 10; index++) logger.log(`closing ${index}`);
  }

  onApplicationShutdown(): void {
    say(`closed in ${Math.round(performance.now() - this.#start)} ms`);
  }
}

/** As an application that would rather go on. */
function handleCrashes(): void {
  process.on('uncaughtException', ({ message }) => say(`handled: ${message}`));
  process.on('unhandledRejection', (reason) => say(`handled: ${String(reason)}`));
}

export function setup(): HostSetup {
  const stopwatch = new Stopwatch();
  return {
    console: JSON.parse(process.env.CONSOLE ?? '{}') as LogConsoleOptions,
    controllers: [WorkController],
    providers: [{ provide: Stopwatch, useValue: stopwatch }],
    prepare: (app) => {
      listening = app;
      if (process.env.HANDLES !== undefined) handleCrashes();
      app.enableShutdownHooks();
      (app.getHttpServer() as Server).on('connection', (socket) => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
      });
    },
  };
}
