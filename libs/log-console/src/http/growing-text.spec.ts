import { jest } from '@jest/globals';
import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { ArrayOperation } from '../testing/array-operation.js';
import { GrowingText } from './growing-text.js';
import { htmlFormat } from './html-format.js';
import { OpenStreams } from './open-streams.js';
import { textFormat } from './text-format.js';

const LIMITS = { streamsPerUser: 1, streamsPerProcess: 1 };

describe('GrowingText', () => {
  let operation: ArrayOperation;
  let open: OpenStreams;
  let text: GrowingText;
  beforeEach(() => {
    operation = new ArrayOperation();
    open = new OpenStreams(LIMITS);
    text = new GrowingText(operation, textFormat(), open);
  });
  afterEach(() => text.destroy());

  async function read(): Promise<string> {
    let all = '';
    for await (const chunk of text) all += String(chunk);
    return all;
  }
  const messages = (all: string): string[] =>
    all
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/^\S+ +LOG /, ''));

  it('is the lines from the beginning, those that come, and the outcome', async () => {
    operation.log('one');
    const reading = read();
    await turns();
    operation.log('two');
    await turns();
    operation.end();
    expect(messages(await reading)).toEqual(['one', 'two', '=== ok in 12.4 s, 2 lines ===']);
  });

  it('begins as its format does, before there is a line', async () => {
    const page = new GrowingText(operation, htmlFormat('Import'), open);
    const [chunk] = (await once(
      page.on('data', () => undefined),
      'data',
    )) as [Buffer];
    expect(chunk.toString()).toMatch(/^<!DOCTYPE html>/);
    page.destroy();
  });

  it('reads no faster than it is taken', async () => {
    const line = 'x'.repeat(100_000);
    operation.log(...Array.from({ length: 50 }, () => line));
    const reads = jest.spyOn(operation, 'read');
    text.read();
    await turns(50);
    expect(reads.mock.calls.length).toBeLessThan(3);
    expect(text.readableLength).toBeLessThan(1_000_000);
  });

  it('lets go of the operation when the viewer leaves, and the operation knows nothing of it', async () => {
    const sink = new PassThrough();
    text.pipe(sink);
    await turns();
    expect(operation.waiting.size).toBe(1);
    text.destroy();
    await turns();
    expect([operation.waiting.size, operation.isFinished()]).toEqual([0, false]);
  });

  it('fails with its source', async () => {
    operation.read = () => Promise.reject(new Error('gone'));
    await expect(read()).rejects.toThrow('gone');
  });

  describe('as an answer', () => {
    let server: Server;
    let answered: ServerResponse;
    let before: (response: ServerResponse) => void;
    beforeEach(async () => {
      before = () => undefined;
      server = createServer((_request, response) => {
        answered = response;
        before(response);
        text.pipe(response);
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
    });
    afterEach(async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });

    const ask = async (agent: Agent | false = false): Promise<IncomingMessage> => {
      const { port } = server.address() as AddressInfo;
      const outgoing = get({ host: '127.0.0.1', port, agent });
      const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
      return response;
    };

    it('has its head out before there is a line, with headers that let it through', async () => {
      before = (response) => response.setHeader('Cache-Control', 'public');
      const response = await ask();
      expect(response.headers).toMatchObject({
        'content-type': 'text/plain; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
      });
      expect(open.counts.streams).toBe(1);
      response.destroy();
      await once(answered, 'close');
      await turns();
      expect([open.counts.streams, operation.waiting.size]).toEqual([0, 0]);
    });

    it('has the policy of a page, instead of another', async () => {
      text = new GrowingText(operation, htmlFormat('Import'), open);
      before = (response) => response.setHeader('Content-Security-Policy', "script-src 'self'");
      const response = await ask();
      expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(response.headers['content-security-policy']).toMatch(/^default-src 'none'; .*; sandbox$/);
      response.destroy();
    });

    it('ends with the operation, and so does its connection, which somebody would keep', async () => {
      const agent = new Agent({ keepAlive: true });
      const response = await ask(agent);
      const { socket } = response;
      const closed = once(socket, 'close');
      operation.log('one');
      operation.end();
      let all = '';
      for await (const chunk of response) all += String(chunk);
      expect(messages(all)).toEqual(['one', '=== ok in 12.4 s, 1 line ===']);
      expect(response.complete).toBe(true);
      await closed;
      expect(open.counts.streams).toBe(0);
      agent.destroy();
    });

    it.each([
      ['takes nothing for 30 s', 30_000, () => undefined],
      ['does not take it at a shutdown', 500, () => void open.closeAll()],
    ])('is cut off for a viewer who %s', async (_who, ms, then) => {
      jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance'] });
      try {
        operation.log(...Array.from({ length: 200 }, () => 'x'.repeat(100_000)));
        operation.end();
        const response = await ask();
        response.pause();
        for (let round = 0; round < 2000 && !answered.writableNeedDrain; round++) await turns(1);
        await turns(50);
        then();
        jest.advanceTimersByTime(ms - 10);
        await turns();
        expect(answered.destroyed).toBe(false);
        jest.advanceTimersByTime(20);
        await turns();
        expect([answered.destroyed, answered.writableFinished]).toEqual([true, false]);
        expect(open.counts.streams).toBe(0);
        response.on('error', () => undefined).destroy();
      } finally {
        jest.useRealTimers();
      }
    });
  });
});

/** Macrotasks, and the common ticks that live responses keep to. */
async function turns(count = 10): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}
