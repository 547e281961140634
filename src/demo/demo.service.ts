import { Injectable, Logger } from '@nestjs/common';
import type { LogLine } from './log-line.js';
import type { Written } from './written.js';

/** Writes lines on demand through Nest's own Logger. */
@Injectable()
export class DemoService {
  private readonly burstLogger = new Logger('Burst');

  /** One line; an attached error goes as stack to `error` and as itself to the other levels, as Nest reads it. */
  log({ level, message, context = 'Demo', data, error }: LogLine): Written {
    const params: unknown[] = data ? [data] : [];
    if (error !== undefined && error !== false) {
      const attached = new Error(error === true ? 'Attached by the demo' : error);
      params.push(level === 'error' ? attached.stack : attached);
    }
    new Logger(context)[level](message, ...params);
    return { written: 1 };
  }

  burst(n: number): Written {
    for (let line = 1; line <= n; line++) this.burstLogger.log(`Line ${line} of ${n}`);
    return { written: n };
  }
}
