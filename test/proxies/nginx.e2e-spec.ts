import { Logger } from '@nestjs/common';
import { type Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { type LogBatch } from 'nestjs-log-console';
import { ADMIN, bearer, OPERATOR } from '../access/people.js';
import { EventReader } from '../reading/event-reader.js';
import { createLogHost, eventually, logLines, messagesOf, type LogHost } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';
import { describeWith } from '../support/services.js';
import { putBehind, type BehindNginx } from './behind-nginx.js';
import { CONFIGURATIONS, configuration, HOLDS_BACK } from './configurations.js';

const ROOMY = { capacity: 20_000, maxBytes: 256 * 1024 ** 2 };

describeWith('nginx', 'Behind nginx', (command) => {
  describe.each(ADAPTERS)('on %s', (adapter) => {
    let host: LogHost;
    let nginx: BehindNginx;
    beforeEach(async () => (host = await createLogHost(adapter, ROOMY)));
    afterEach(async () => {
      await nginx.close();
      await host.close();
    });

    describe.each(CONFIGURATIONS)('with $name', (configured) => {
      beforeEach(async () => (nginx = await putBehind(command, host, configured)));

      it('says hello within 200 ms, and shows a line within 500 ms', async () => {
        // The quickest of some: a busy machine is late now and then, a proxy that holds back is every time.
        const [hellos, lines]: number[][] = [[], []];
        for (let attempt = 0; attempt < 3; attempt++) {
          const opened = performance.now();
          const reader = await nginx.follow();
          hellos.push(reader.events[0].at - opened);
          const logged = performance.now();
          const [line] = logLines(1);
          const { at } = await reader.first('message');
          expect(reader.messages).toEqual([line]);
          lines.push(at - logged);
        }
        expect(Math.min(...hellos)).toBeLessThan(200);
        expect(Math.min(...lines)).toBeLessThan(500);
      });

      it('goes on after a cut without losing or doubling a line', async () => {
        const logged = new Set<string>();
        const log = (count: number): void => {
          for (let index = 0; index < count; index++) {
            const line = `line ${logged.size}`;
            new Logger('Lines').log(line);
            logged.add(line);
          }
        };
        const delivered: string[] = [];
        const cuts = [
          (reader: EventReader<Readable>) => reader.close(),
          () => host.sockets.at(-1)!.resetAndDestroy(),
          () => host.sockets.at(-1)!.destroy(),
        ];
        let resume: Record<string, string> = {};
        for (const cut of cuts) {
          const reader = await nginx.follow('limit=0&context=Lines', resume);
          log(1500);
          await reader.until(() => reader.entries.length > 0);
          cut(reader);
          await reader.ended;
          log(100);
          expect(reader.gaps).toEqual([]);
          delivered.push(...reader.messages);
          resume = { 'last-event-id': reader.events.at(-1)!.id! };
        }
        const last = await nginx.follow('limit=0&context=Lines', resume);
        await last.until(() => delivered.length + last.entries.length >= logged.size);
        expect([...delivered, ...last.messages]).toEqual([...logged]);
        expect(last.gaps).toEqual([]);
      });

      it('answers a poll that waits with the next line, and at its time limit with nothing new', async () => {
        const after = await host.now();
        const waiting = nginx.ask(`entries?after=${after}&wait=15`);
        await eventually(async () => (await host.service.stats()).readers.polls === 1);
        const [line] = logLines(1);
        const batch = JSON.parse((await waiting).text) as LogBatch;
        expect(messagesOf(batch)).toEqual([line]);
        const { status, text } = await nginx.ask(`entries?after=${batch.next}&wait=1`);
        expect(status).toBe(200);
        expect(JSON.parse(text)).toMatchObject({ entries: [], next: batch.next, more: false });
      });

      it('writes a tail line by line, and a burst whole', async () => {
        const tail = await nginx.tail();
        logLines(1);
        expect(await tail.until('line 0\n')).toMatch(/ LOG \[Lines\] line 0\n$/);
        logLines(5000);
        const text = await tail.until('line 4999\n');
        expect(text.trimEnd().split('\n')).toHaveLength(5002);
      });

      it('hands a large download to a slow client whole', async () => {
        const long = 'x'.repeat(2000);
        for (let index = 0; index < 8000; index++) new Logger('Long').log(`${index} ${long}`);
        const download = await nginx.download('export?context=Long');
        // The client has taken nothing, and nginx all that it takes.
        await eventually(
          async () =>
            (await host.service.stats()).readers.streams === 0 ||
            host.sockets.some(({ writableNeedDrain }) => writableNeedDrain),
        );
        const lines = (await textOf(download)).trimEnd().split('\n');
        const numbers = lines.map((line) => parseInt((JSON.parse(line) as { message: string }).message, 10));
        expect(numbers).toEqual(Array.from({ length: 8000 }, (_, index) => index));
      });

      it('says bye to its readers when the application ends, which takes no second', async () => {
        const readers = await Promise.all(Array.from({ length: 5 }, () => nginx.follow()));
        const lines = logLines(1500);
        const start = performance.now();
        await host.close();
        expect(performance.now() - start).toBeLessThan(1000);
        for (const reader of readers) {
          await reader.ended;
          expect(reader.messages).toEqual(lines);
          expect(reader.events.at(-1)).toMatchObject({ event: 'bye', data: { reason: 'shutdown' } });
        }
      });

      it('shows the page and its assets', async () => {
        for (const address of ['/log-console', '/log-console/']) {
          const url = `${nginx.root}${address}`;
          const page = await nginx.send(url);
          expect(page).toMatchObject({
            status: 200,
            headers: { 'content-type': 'text/html; charset=utf-8' },
          });
          const links = [...(await textOf(page.body)).matchAll(/(?:src|href)="(?!data:)(.*?)"/g)];
          expect(links).toHaveLength(2);
          for (const [, link] of links) {
            const asset = await nginx.send(new URL(link, url).href);
            expect(asset.status).toBe(200);
            expect(asset.headers['content-type']).toMatch(/^text\/(css|javascript); charset=utf-8$/);
            expect(await textOf(asset.body)).toContain('{');
          }
        }
      });

      it('signs a browser in with a cookie that opens the stream, Secure exactly where the browser sees https', async () => {
        const { status, headers, text } = await nginx.ask('session', {
          method: 'POST',
          headers: { 'x-log-console': '1', 'sec-fetch-site': 'same-origin' },
          body: { token: ADMIN.token },
        });
        expect(status).toBe(200);
        expect(JSON.parse(text)).toMatchObject({ user: { name: 'admin-1' } });
        const [pair = '', ...attributes] = headers['set-cookie']?.[0]?.split('; ') ?? [];
        expect(attributes).not.toContainEqual(expect.stringMatching(/^(Path|Domain)=/));
        expect(attributes.includes('Secure')).toBe(nginx.root.startsWith('https:'));
        const reader = await nginx.follow('limit=0', { authorization: '', cookie: pair });
        const lines = logLines(1);
        await reader.until(() => reader.entries.length > 0);
        expect(reader.messages).toEqual(lines);
        expect(await nginx.ask('session', { headers: {} })).toMatchObject({ status: 401 });
      });
    });

    it('signs in a browser that says no more than its Origin, once nginx hands the Host on', async () => {
      const signIn = async (): Promise<number> => {
        const headers = { 'x-log-console': '1', origin: new URL(nginx.root).origin };
        const body = { token: OPERATOR.token };
        return (await nginx.ask('session', { method: 'POST', headers, body })).status;
      };
      nginx = await putBehind(command, host, configuration('proxy_pass only'));
      expect(await signIn()).toBe(403);
      await nginx.close();
      nginx = await putBehind(command, host, configuration('the settings of docs/deployment.md'));
      expect(await signIn()).toBe(200);
    });

    it('delivers what was held back whole in the end, where nginx is told to hold the stream back', async () => {
      nginx = await putBehind(command, host, HOLDS_BACK);
      const opened = nginx.send(`${nginx.root}/log-console/api/stream?limit=0`, {
        headers: bearer(OPERATOR),
      });
      await eventually(async () => (await host.service.stats()).readers.streams === 1);
      const lines = logLines(3);
      await host.close();
      const reader = EventReader.over((await opened).body);
      await reader.ended;
      expect(reader.messages).toEqual(lines);
      expect(reader.events.at(-1)?.event).toBe('bye');
    });

    it('does not make a download look whole that the end of the application cut off', async () => {
      nginx = await putBehind(command, host, configuration('a read timeout of 20 s and no temporary files'));
      for (let index = 0; index < 20_000; index++) new Logger('Long').log('x'.repeat(2000));
      const download = await nginx.download('export');
      await eventually(() => host.sockets.some(({ writableNeedDrain }) => writableNeedDrain));
      await host.close();
      const looksWhole = await textOf(download).then(
        () => true,
        () => false,
      );
      expect(looksWhole).toBe(false);
    });
  });
});
