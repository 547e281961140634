import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { request } from '../support/http-client.js';
import { startNginx, type Nginx } from '../support/nginx.js';
import { describeWith } from '../support/services.js';
import { accountOf, ALL, LINES, NOTHING_LOST, numbersIn, ROTATIONS } from './account.js';
import { FollowedFile } from './followed-file.js';
import { shell } from './numbered-writer.js';

jest.setTimeout(60_000);

const CLIENTS = 4;
const AT_ONCE = 50;
/** How each answer ends. */
const END = '\r\n\r\n';

describeWith('nginx', `${LINES} requests in the log of nginx, opened again ${ROTATIONS} times`, (command) => {
  let file: FollowedFile;
  let nginx: Nginx;
  beforeEach(async () => {
    file = await FollowedFile.open({ format: 'access' });
    nginx = await startNginx(
      command,
      (port) => `
        keepalive_requests 1000000;
        server {
          listen 127.0.0.1:${port};
          access_log ${file.path};
          location / { return 204; }
          location = /pid { access_log off; return 200 $pid; }
        }`,
    );
  });
  afterEach(async () => {
    await nginx.close();
    await file.close();
  });

  /** Requests on one connection, some at once, for as long as there are numbers. */
  async function ask(numbers: Iterator<number>): Promise<void> {
    const socket = connect(Number(new URL(nginx.url).port), '127.0.0.1').setEncoding('latin1');
    try {
      let text = '';
      let left = 0;
      const more = (): boolean => {
        let requests = '';
        for (; left < AT_ONCE; left++) {
          const { value, done } = numbers.next() as IteratorResult<number, undefined>;
          if (done) break;
          requests += `GET /line/${value} HTTP/1.1\r\nHost: shop${END}`;
        }
        socket.write(requests);
        return left > 0;
      };
      if (!more()) return;
      for await (const chunk of socket) {
        const parts = `${text}${String(chunk)}`.split(END);
        text = parts.pop() ?? '';
        left -= parts.length;
        if (left === 0 && !more()) return;
      }
      throw new Error('nginx hung up');
    } finally {
      if (!socket.destroyed) {
        socket.destroy();
        await once(socket, 'close');
      }
    }
  }

  it('get to everybody once, in the order in which they were logged', async () => {
    const { text: pid } = await request(`${nginx.url}/pid`);
    let rotating = Promise.resolve();
    let rotations = 0;
    function* numbers(): Generator<number, undefined> {
      for (const number of ALL.slice(0, -1)) {
        if (number % 4600 === 0) {
          const name = `app.log.${ROTATIONS - rotations++}`;
          rotating = rotating.then(() =>
            shell(
              'mv app.log $TO; kill -USR1 $PID; while [ ! -e app.log ]; do sleep 0.01; done',
              file.folder,
              {
                TO: name,
                PID: pid,
              },
            ),
          );
        }
        yield number;
      }
    }
    const shared = numbers();
    await Promise.all(Array.from({ length: CLIENTS }, () => ask(shared)));
    await rotating;
    expect(rotations).toBe(ROTATIONS);
    // The last one is the last line of the log.
    await ask([LINES].values());
    const names = Array.from({ length: ROTATIONS }, (_, index) => `app.log.${ROTATIONS - index}`);
    const logged = [...names, 'app.log'].flatMap((name) =>
      numbersIn(readFileSync(join(file.folder, name), 'utf8')),
    );
    expect([...logged].sort((a, b) => a - b)).toEqual(ALL);
    expect(accountOf(await file.streamed(), logged)).toEqual(NOTHING_LOST);
    expect(accountOf(await file.polled, logged)).toEqual(NOTHING_LOST);
    const back = await file.pagedBack();
    expect(accountOf(back, logged)).toEqual(NOTHING_LOST);
    expect(accountOf(await file.readOn(back), logged)).toEqual(NOTHING_LOST);
  });
});
