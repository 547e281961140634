import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { RedisDriver } from './driver.js';

/** A server that understands commands and answers what a test wants; `undefined`: nothing at all. */
class ScriptedServer {
  readonly commands: string[] = [];
  readonly sockets: Socket[] = [];
  answer: (command: string) => string | undefined = () => '+OK';
  readonly #server: Server = createServer((socket) => this.#serve(socket));

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get url(): string {
    return `redis://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const socket of this.sockets) socket.destroy();
    await once(this.#server, 'close');
  }

  #serve(socket: Socket): void {
    this.sockets.push(socket);
    socket.setEncoding('utf8').on('error', () => undefined);
    socket.on('data', (text: string) => {
      for (const [, words] of text.matchAll(/\*\d+\r\n((?:\$\d+\r\n[^\r]*\r\n)+)/g)) {
        const command = [...words.matchAll(/\$\d+\r\n([^\r]*)\r\n/g)].map(([, word]) => word).join(' ');
        this.commands.push(command);
        const reply = this.answer(command);
        if (reply !== undefined) socket.write(`${reply}\r\n`);
      }
    });
  }
}

const AWAY = { name: 'RedisAwayError' };

describe('RedisDriver', () => {
  let server: ScriptedServer;
  let driver: RedisDriver;
  beforeEach(async () => {
    server = new ScriptedServer();
    await server.start();
    driver = new RedisDriver({ client: { url: server.url }, commandTimeoutMs: 200, checkEveryMs: 100 });
  });
  afterEach(async () => {
    driver.stop();
    await server.close();
  });
  const up = (): Promise<boolean> => driver.untilUp({ timeoutMs: 4000 });
  const change = (): Promise<boolean> => new Promise((resolve) => driver.onChange(resolve));

  it('refuses commands at once while it is not connected', async () => {
    await expect(driver.send(['GET', 'a'])).rejects.toMatchObject(AWAY);
    expect(server.commands).toEqual([]);
  });

  it('greets each new connection before anybody else may use it', async () => {
    driver.greeting = (send) => send(['GREETING']);
    driver.start();
    expect(await up()).toBe(true);
    await driver.send(['GET', 'a']);
    server.sockets[0].destroy();
    expect(await change()).toBe(false);
    expect(await up()).toBe(true);
    await driver.send(['GET', 'b']);
    const others = server.commands.filter((command) => command !== 'PING');
    expect(others).toEqual(['GREETING', 'GET a', 'GREETING', 'GET b']);
  });

  it('takes what Redis has against a greeting for no obstacle', async () => {
    server.answer = (command) => (command === 'GREETING' ? '-NOPERM not you' : '+OK');
    driver.greeting = (send) => send(['GREETING']);
    driver.start();
    expect(await up()).toBe(true);
  });

  it('rejects all that waits when an answer does not come in time, and connects anew', async () => {
    driver.start();
    await up();
    server.answer = () => undefined;
    const waiting = [driver.send(['GET', 'a']), driver.send(['GET', 'b'], 60_000)];
    const outcomes = await Promise.allSettled(waiting);
    expect(outcomes).toMatchObject([{ reason: AWAY }, { reason: AWAY }]);
    server.answer = () => '+OK';
    expect(await up()).toBe(true);
    expect(server.sockets.length).toBeGreaterThan(1);
  });

  it('rejects all that waits when the connection is lost', async () => {
    driver.start();
    await up();
    server.answer = () => undefined;
    const waiting = driver.send(['GET', 'a'], 60_000);
    server.sockets[0].destroy();
    await expect(waiting).rejects.toMatchObject(AWAY);
  });

  it('hands on what Redis has against a command, and stays connected', async () => {
    driver.start();
    await up();
    server.answer = () => '-ERR no';
    await expect(driver.send(['GET', 'a'])).rejects.toThrow('ERR no');
    expect(driver.isUp).toBe(true);
  });

  it('notices a server that stands still while nobody asks', async () => {
    driver.start();
    await up();
    server.answer = () => undefined;
    expect(await change()).toBe(false);
  });

  it('is not up while the server accepts connections and answers nothing', async () => {
    server.answer = () => undefined;
    driver.start();
    expect(await driver.untilUp({ timeoutMs: 500 })).toBe(false);
    server.answer = () => '+OK';
    expect(await up()).toBe(true);
  });

  it('keeps its connection when the process itself stood still for longer than the deadline', async () => {
    driver.start();
    await up();
    const sent = driver.send(['GET', 'a']);
    await new Promise(setImmediate);
    for (const end = performance.now() + 500; performance.now() < end;);
    expect(String(await sent)).toBe('OK');
    expect(driver.isUp).toBe(true);
  });

  it('lets no more than so many answers be waited for', async () => {
    const narrow = new RedisDriver({ client: { url: server.url }, commandTimeoutMs: 5000, maxPending: 2 });
    narrow.start();
    await narrow.untilUp({ timeoutMs: 4000 });
    const sent = await Promise.allSettled([1, 2, 3].map((key) => narrow.send(['GET', String(key)])));
    expect(sent.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    narrow.stop();
  });

  it('can be stopped and started again', async () => {
    driver.start();
    await up();
    driver.stop();
    expect(driver.isUp).toBe(false);
    driver.start();
    expect(await up()).toBe(true);
  });
});
