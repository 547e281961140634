import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cutOff } from './cut-off.js';

describe('cutOff', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cut-off-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  let server: Server;
  beforeEach(() => (server = createServer()));
  afterEach(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });

  /** An answer of which half is sent, to a client that knows its end by the end of the connection alone. */
  const halfWay = async (client: Socket): Promise<ServerResponse> => {
    client.write('GET / HTTP/1.0\r\n\r\n');
    const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
    response.write('half');
    await once(client, 'data');
    return response;
  };
  const overTcp = async (): Promise<Socket> => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return connect((server.address() as AddressInfo).port, '127.0.0.1');
  };

  it('resets a TCP connection: nobody takes it for the end of the answer', async () => {
    const client = await overTcp();
    const response = await halfWay(client);
    const [failed, closed] = [once(client, 'error'), once(response, 'close')];
    cutOff(response);
    expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' });
    await closed;
  });

  it('ends what cannot be reset: a connection by a Unix socket', async () => {
    const path = join(folder, 'app.sock');
    await once(server.listen(path), 'listening');
    const client = connect(path);
    const response = await halfWay(client);
    const ended = Promise.all([once(client, 'close'), once(response, 'close')]);
    cutOff(response);
    await ended;
  });

  it('does nothing to one whose connection is gone', async () => {
    const client = await overTcp();
    const response = await halfWay(client);
    client.destroy();
    await once(response, 'close');
    expect(() => cutOff(response)).not.toThrow();
  });
});
