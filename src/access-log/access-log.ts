import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { accessLine, type Access } from './access-line.js';
import { logPath } from '../log-path.js';
import { RotatingFile } from './rotating-file.js';

/** Small, so that a rotation can be watched: it is full after some ten minutes. */
const ROTATION = { maxBytes: 256 * 1024, keep: 3 };

/** The access log of the warehouse: a file as a web server writes it, which the log console lists. */
@Injectable()
export class AccessLog implements OnApplicationShutdown {
  readonly #file = new RotatingFile(logPath('access.log'), ROTATION);

  write(access: Access): void {
    this.#file.write(accessLine(access));
  }

  /** Notes a request once it is answered; to be given to `app.use()`. */
  readonly middleware = (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const { method = 'GET', headers, socket } = request;
    const url = (request as { originalUrl?: string }).originalUrl ?? request.url ?? '/';
    // Whoever reads this file in the console would otherwise write to it.
    if (!url.startsWith('/log-console')) {
      response.once('finish', () =>
        this.write({
          address: socket.remoteAddress ?? '-',
          time: new Date(),
          method,
          url,
          status: response.statusCode,
          bytes: Number(response.getHeader('content-length') ?? 0),
          referrer: headers.referer,
          agent: headers['user-agent'],
        }),
      );
    }
    next();
  };

  onApplicationShutdown(): Promise<void> {
    return this.#file.close();
  }
}
