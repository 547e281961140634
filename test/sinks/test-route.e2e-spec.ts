import { fileSink, webhookSink, type LogSink, type LogStats, type SinkTest } from 'nestjs-log-console';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { ADMIN, bearer, OPERATOR } from '../access/people.js';
import { createAuditedHost, type AuditedHost } from '../audit/audited-host.js';
import { eventually } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';
import { request, type Reply } from '../support/http-client.js';
import { LogFileOfTest } from './writing-host.js';

const sinkThat = (name: string, test: () => Promise<SinkTest>): LogSink => ({
  name,
  write: () => undefined,
  test,
});
const taken = (): Promise<SinkTest> => Promise.resolve({ ok: true });

describe.each(ADAPTERS)('POST sinks/:name/test, on %s', (adapter) => {
  let host: AuditedHost | undefined;
  afterEach(async () => {
    await host?.close();
    host = undefined;
  });

  const start = async (...sinks: LogSink[]): Promise<AuditedHost> =>
    (host = await createAuditedHost(adapter, { sinks }));
  const test = async (name: string, person = ADMIN): Promise<Reply> =>
    request(host?.at(`sinks/${name}/test`) ?? '', { method: 'POST', headers: bearer(person) });

  describe('for a webhook', () => {
    let server: Server;
    let bodies: unknown[];
    let status: number;
    beforeEach(async () => {
      bodies = [];
      status = 204;
      server = createServer((message, response) => {
        let text = '';
        message.on('data', (chunk) => (text += String(chunk)));
        message.on('end', () => {
          bodies.push(JSON.parse(text));
          response.writeHead(status, { connection: 'close' }).end();
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });
    afterEach(() => new Promise((resolve) => server.close(resolve)));

    const hook = (): LogSink => {
      const { port } = server.address() as AddressInfo;
      return webhookSink({ url: `http://127.0.0.1:${port}/hook?key=s3cr3t`, allowPrivate: true });
    };

    it('sends a message without a line, and says that it was taken', async () => {
      await start(hook());
      const reply = await test('webhook');
      expect([reply.status, reply.json]).toEqual([200, { ok: true, status: 204 }]);
      expect(bodies).toMatchObject([{ type: 'log.test', data: {} }]);
    });

    it('says that it was not taken, which is an answer, too', async () => {
      status = 503;
      await start(hook());
      const reply = await test('webhook');
      expect([reply.status, reply.json]).toEqual([200, { ok: false, status: 503, error: 'It answered 503' }]);
    });
  });

  it('says in stats which can be tested', async () => {
    const file = new LogFileOfTest();
    const { ask } = await start(sinkThat('chat', taken), fileSink({ path: file.path }));
    const { sinks } = (await ask('stats')).json as LogStats;
    expect([sinks.chat.testable, 'testable' in sinks.file]).toEqual([true, false]);
    file.remove();
  });

  it('knows nothing of one that is not there, and of one that cannot be tested', async () => {
    const { told } = await start({ name: 'file', write: () => undefined });
    const answers = [await test('none'), await test('file'), await test('__proto__'), await test('%2e%2e')];
    for (const { status, json } of answers)
      expect([status, json]).toEqual([
        404,
        { statusCode: 404, message: 'There is nothing of this name to test.', error: 'Not Found' },
      ]);
    expect(await told('sink-test')).toEqual([]);
  });

  it('tests one at a time, and one in a second', async () => {
    let finish = (): void => undefined;
    let tests = 0;
    await start(
      sinkThat('slow', () => {
        tests++;
        return new Promise((resolve) => (finish = () => resolve({ ok: true })));
      }),
      sinkThat('other', taken),
    );
    const first = test('slow');
    await eventually(() => tests === 1);
    const second = await test('slow');
    expect([second.status, second.headers['retry-after']]).toEqual([429, '1']);
    expect((await test('other')).status).toBe(200);
    finish();
    expect((await first).json).toEqual({ ok: true });
    expect((await test('other')).status).toBe(429);
    await eventually(async () => (await test('other')).status === 200);
    expect(tests).toBe(1);
  });

  it('is for admins, and for who has the ability instead', async () => {
    await start(sinkThat('chat', taken));
    expect(await test('chat', OPERATOR)).toMatchObject({
      status: 403,
      json: { message: 'This needs the ability "sinks"; your role is operator.' },
    });
    expect((await test('chat')).status).toBe(200);
  });

  it('tells the audit trail who tested what, and what became of it', async () => {
    const { told } = await start(
      sinkThat('chat', taken),
      sinkThat('down', () => Promise.reject(new Error('http://u:p4ssw0rd@chat.example is away'))),
    );
    await test('chat');
    const { json } = await test('down');
    const who = { actor: 'admin-1', role: 'admin', address: '127.0.0.1', action: 'sink-test' };
    expect(await told('sink-test')).toEqual([
      { ...who, result: 'ok', sink: 'chat' },
      { ...who, result: 'failed', sink: 'down', error: expect.stringContaining('is away') as string },
    ]);
    expect(JSON.stringify([json, await told('sink-test')])).not.toContain('p4ssw0rd');
  });

  it('does not hold up the end of the application', async () => {
    const { close, service } = await start(sinkThat('stuck', () => new Promise(() => undefined)));
    const asked = test('stuck');
    await eventually(async () => (await service.stats()).readers.polls === 1);
    await close();
    host = undefined;
    expect(await asked).toMatchObject({ status: 200, json: { ok: false, error: 'It was given up' } });
  });
});
