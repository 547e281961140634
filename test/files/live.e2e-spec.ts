import { jest } from '@jest/globals';
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bearer, OPERATOR } from '../access/people.js';
import { EventReader } from '../reading/event-reader.js';
import { eventually, idOf } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';
import { open } from '../support/http-client.js';
import { timed } from '../support/timed.js';
import { createFileHost, plainLines, type FileHost } from './file-host.js';

// A file that was rotated away is read on for up to five seconds.
jest.setTimeout(30_000);

describe.each(ADAPTERS)('Log files live, on %s', (adapter) => {
  let host: FileHost;
  const readers: EventReader[] = [];
  beforeEach(async () => (host = await createFileHost(adapter, { limits: { streamsPerUser: 200 } })));
  afterEach(async () => {
    for (const reader of readers.splice(0)) reader.close();
    await host.close();
  });

  async function follow(query = '', headers: Record<string, string> = {}, id = 'app'): Promise<EventReader> {
    const reader = await EventReader.open(host.at(`files/${id}/stream?${query}`), {
      ...bearer(OPERATOR),
      ...headers,
    });
    readers.push(reader);
    await reader.first('hello');
    return reader;
  }
  const linesOf = (count: number, from = 0): string[] => plainLines(count, from).trimEnd().split('\n');
  const rotate = (): void => renameSync(join(host.folder, 'app.log'), join(host.folder, 'app.log.1'));

  it('greet with the places of the file, and with the store of the log', async () => {
    host.write('app.log', plainLines(5));
    const { epoch, next } = await host.batch();
    const { store } = await host.service.stats();
    const reader = await follow('limit=2');
    const [hello] = reader.events;
    expect(hello).toMatchObject({ event: 'hello', retry: '2000' });
    expect(hello.data).toEqual({
      epoch,
      instance: 'web-1',
      startedAt: expect.any(String) as string,
      oldest: `${epoch}-0`,
      newest: next,
      pingSeconds: 10,
      uiVersion: expect.any(String) as string,
      store,
    });
    await reader.until(() => reader.entries.length === 2);
    expect(reader.messages).toEqual(['line 3', 'line 4']);
  });

  it('send the backlog, then each line as it comes, with the place behind it', async () => {
    host.write('app.log', plainLines(3));
    const reader = await follow();
    await reader.until(() => reader.entries.length === 3);
    for (let index = 3; index < 6; index++) {
      host.write('app.log', plainLines(1, index));
      await reader.until(() => reader.entries.length === index + 1);
    }
    expect(reader.messages).toEqual(linesOf(6));
    expect(idOf(reader.named('message').at(-1)!.id!)).toBe(plainLines(6).length);
    expect(reader.gaps).toEqual([]);
  });

  it('go on where a reader was, by Last-Event-ID, over rotations too', async () => {
    host.write('app.log', plainLines(3));
    const first = await follow();
    await first.until(() => first.entries.length === 3);
    const place = first.events.at(-1)!.id!;
    first.close();
    host.write('app.log', plainLines(2, 3));
    rotate();
    host.write('app.log', plainLines(2, 5));
    const second = await follow('after=0', { 'last-event-id': place });
    await second.until(() => second.entries.length === 4);
    expect([second.messages, second.gaps]).toEqual([linesOf(4, 3), []]);
  });

  it('tell of a rotation, and of a file that is gone and back, while they stay open', async () => {
    const reader = await follow();
    const changes = (): unknown[] => reader.named('file').map(({ data }) => data.change);
    const lines = (count: number): Promise<void> => reader.until(() => reader.entries.length === count);
    for (let count = 0; count < 2; count++) {
      host.write('app.log', plainLines(1, count));
      await lines(count + 1);
    }
    rotate();
    host.write('app.log', plainLines(1, 2));
    await lines(3);
    await reader.until(() => changes().includes('rotated'));
    const { id, data } = reader.named('file').find((event) => event.data.change === 'rotated')!;
    expect(id).toMatch(/^[A-Za-z0-9._]+-\d+$/);
    expect(data).toEqual({ change: 'rotated', at: expect.stringMatching(/^\d{4}-.*Z$/) as string });
    rmSync(join(host.folder, 'app.log'));
    rmSync(join(host.folder, 'app.log.1'));
    await reader.until(() => changes().includes('missing'));
    host.write('app.log', plainLines(1, 3));
    await lines(4);
    await reader.until(() => changes().at(-1) === 'returned');
    expect(reader.messages).toEqual(linesOf(4));
  });

  it('open for a file that is not there yet, and send its lines once it is', async () => {
    const reader = await follow();
    expect(reader.named('hello')[0].data.newest).toMatch(/^[A-Za-z0-9._]{1,128}-\d+$/);
    host.write('app.log', plainLines(2));
    await reader.until(() => reader.entries.length === 2);
    expect(reader.messages).toEqual(linesOf(2));
  });

  it('are none of those who are told that the log was cleared', async () => {
    host.write('app.log', plainLines(1));
    const [ofFile, ofLog] = [await follow(), await EventReader.open(host.at('stream'))];
    readers.push(ofLog);
    await ofLog.first('hello');
    host.store.append({ level: 'log', message: 'to be cleared' });
    await host.service.clear();
    await ofLog.first('cleared');
    host.write('app.log', plainLines(1, 1));
    await ofFile.until(() => ofFile.entries.length === 2);
    expect(ofFile.named('cleared')).toEqual([]);
    expect((await host.batch()).entries).toHaveLength(2);
  });

  it('are a text that grows, too, and a page', async () => {
    host.write('app.log', plainLines(1));
    const tail = await open(host.at('files/app/tail'), { headers: bearer(OPERATOR) });
    await tail.until('line 0\n');
    host.write('app.log', plainLines(1, 1));
    expect(await tail.until('line 1\n')).toBe('-     LOG line 0\n-     LOG line 1\n');
    tail.close();
    const page = await host.ask('files/app/tail?format=html&follow=false');
    expect(page.text).toContain('<title>app</title>');
    expect(page.text).toContain('<p class="log">-     LOG line 0</p>\n<p class="log">-     LOG line 1</p>\n');
  });

  it('take no slot and no breath for HEAD', async () => {
    expect((await host.ask('files/app/stream', 'HEAD')).status).toBe(200);
    expect((await host.ask('files/app/tail', 'HEAD')).status).toBe(200);
    expect((await host.service.stats()).readers.streams).toBe(0);
  });

  it('say bye to a hundred readers within a second, after what was written so far', async () => {
    host.write('logs/b.log', plainLines(1));
    for (let index = 0; index < 100; index++) await follow('limit=0', {}, index % 2 ? 'app' : 'logs~b.log');
    await eventually(async () => (await host.service.stats()).readers.streams === 100);
    host.write('app.log', plainLines(3));
    host.write('logs/b.log', plainLines(3, 1));
    const { took, stalled } = await timed(() => host.app.close());
    expect(took - stalled).toBeLessThan(1000);
    const cutOff: unknown[] = [];
    for (const [index, reader] of readers.entries()) {
      await reader.ended;
      const { event, data } = reader.events.at(-1)!;
      if (event === 'bye') {
        expect(data).toMatchObject({ reason: 'shutdown' });
        expect(reader.messages).toEqual(index % 2 ? linesOf(3) : linesOf(3, 1));
      } else cutOff.push(event);
    }
    // Only where the machine gave no turn in time is anybody cut off, who goes on where he was.
    expect(stalled < 200 ? cutOff : []).toEqual([]);
  });
});
