import { jest } from '@jest/globals';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import {
  headerWith,
  rawResponse,
  sendBytes,
  sendJson,
  takeOver,
  type HostResponse,
} from './host-response.js';

/** What a client gets when a handler answers so. */
async function answerOf(
  answer: (response: ServerResponse) => void,
  method = 'GET',
): Promise<{ status: number; headers: IncomingMessage['headers']; body: string }> {
  const server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await new Promise((resolve, reject) => {
      get({ port, host: '127.0.0.1', agent: false, method }, (incoming) => {
        let body = '';
        incoming.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body }),
        );
      }).on('error', reject);
    });
  } finally {
    server.close();
  }
}

/** A Fastify reply around a response of Node's. */
function fastifyReply(raw: ServerResponse, headers: Record<string, string | number | string[] | undefined>) {
  const hijack = jest.fn();
  return {
    hijack,
    reply: {
      raw,
      hijack,
      getHeader: (name: string) => headers[name],
      getHeaders: () => headers,
    } as HostResponse,
  };
}

const pieces = (...texts: string[]): Uint8Array[] => texts.map((text) => Buffer.from(text));

describe('sendBytes', () => {
  it('answers with all pieces in order and their length in bytes', async () => {
    const answer = await answerOf((response) =>
      sendBytes(response, 200, { 'X-Ours': 'yes' }, pieces('{"a":', '"é😀"', '}')),
    );
    expect(answer).toMatchObject({ status: 200, body: '{"a":"é😀"}' });
    expect(answer.headers).toMatchObject({ 'x-ours': 'yes', 'content-length': '14' });
    expect(answer.headers['transfer-encoding']).toBeUndefined();
  });

  it.each([204, 304])('answers %d without a body and without a length', async (status) => {
    const answer = await answerOf((response) => sendBytes(response, status, { 'X-Ours': 'yes' }, []));
    expect(answer).toMatchObject({ status, body: '' });
    expect(answer.headers['content-length']).toBeUndefined();
  });

  it('answers HEAD with the headers only', async () => {
    const answer = await answerOf((response) => sendBytes(response, 200, {}, pieces('body')), 'HEAD');
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(answer.headers['content-length']).toBe('4');
  });

  it('writes the pieces as they are, none of them joined', () => {
    const written: Uint8Array[] = [];
    const raw = {
      writeHead: jest.fn(),
      write: (piece: Uint8Array) => written.push(piece),
      end: jest.fn(),
      cork: jest.fn(),
      uncork: jest.fn(),
    };
    const shared = pieces('a', 'b', 'c');
    sendBytes(raw as unknown as ServerResponse, 200, {}, shared);
    expect(written).toHaveLength(3);
    written.forEach((piece, index) => expect(piece).toBe(shared[index]));
    expect(raw.cork).toHaveBeenCalledTimes(1);
    expect(raw.uncork).toHaveBeenCalledTimes(1);
  });

  it('does without cork where a response has none, as in HTTP/2', () => {
    const raw = { writeHead: jest.fn(), write: jest.fn(), end: jest.fn() };
    sendBytes(raw as unknown as ServerResponse, 200, {}, pieces('a'));
    expect(raw.end).toHaveBeenCalledTimes(1);
  });
});

describe('sendJson', () => {
  it('answers with JSON in UTF-8', async () => {
    const answer = await answerOf((response) => sendJson(response, 409, { message: 'é' }, { 'X-More': '1' }));
    expect(answer).toMatchObject({ status: 409, body: '{"message":"é"}' });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-more': '1',
    });
  });

  it('has no control character in it, and says the same', async () => {
    const body = { name: '\x1b[31m \x7f \x9b2J\n' };
    const answer = await answerOf((response) => sendJson(response, 200, body));
    // eslint-disable-next-line no-control-regex
    expect(answer.body).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
    expect(JSON.parse(answer.body)).toEqual(body);
  });
});

describe('a Fastify reply', () => {
  it('is taken over with the headers that were set on it, which win over those Node has already', async () => {
    const answer = await answerOf((raw) => {
      raw.setHeader('X-Both', 'raw');
      const { reply, hijack } = fastifyReply(raw, {
        'x-both': 'reply',
        vary: 'Cookie',
        'set-cookie': ['a=1', 'b=2'],
        'x-none': undefined,
      });
      sendJson(reply, 200, 'ok', { Vary: 'Ours' });
      expect(hijack).toHaveBeenCalledTimes(1);
    });
    expect(answer.headers).toMatchObject({ 'x-both': 'reply', vary: 'Ours', 'set-cookie': ['a=1', 'b=2'] });
    expect(answer.headers['x-none']).toBeUndefined();
  });

  it('keeps what is in a list of its headers beside what is added', () => {
    const { reply } = fastifyReply({} as ServerResponse, { 'Set-Cookie': ['a=1', 'b=2'], Vary: 'Origin' });
    expect(headerWith(reply, 'Set-Cookie', 'c=3')).toEqual(['a=1', 'b=2', 'c=3']);
    expect(headerWith(reply, 'Vary', 'Cookie')).toEqual(['Origin', 'Cookie']);
    expect(headerWith(fastifyReply({} as ServerResponse, {}).reply, 'Vary', 'Cookie')).toEqual(['Cookie']);
  });

  it("is looked through to Node's own response", () => {
    const raw = {} as ServerResponse;
    expect(rawResponse(fastifyReply(raw, {}).reply)).toBe(raw);
    expect(rawResponse(raw)).toBe(raw);
    expect(takeOver(raw)).toBe(raw);
  });
});
