import { Controller, Get, Header, Logger } from '@nestjs/common';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN, bearer, PEOPLE, VIEWER } from '../access/people.js';
import { ADAPTERS } from '../support/host-app.js';
import { open, request, type OpenReply } from '../support/http-client.js';
import { startNginx, type Nginx } from '../support/nginx.js';
import { describeWith } from '../support/services.js';
import { createRouteHost, isOpen, nameOf, routesOf, type RouteHost } from './routes.js';

const MARK = 'nobody-may-read-this-4711';
/** What only an answer to somebody who is signed in holds. */
const SECRETS = [MARK, '"epoch"', '"can":', 'admin-1'];

@Controller('public')
class PublicController {
  #count = 0;

  @Get()
  @Header('Cache-Control', 'public, max-age=60')
  count(): string {
    return String(++this.#count);
  }
}

const APPS = await Promise.all(
  ADAPTERS.map(async (adapter) => {
    const routes = (await routesOf(adapter)).filter(({ method }) => method === 'GET');
    return [adapter, routes.filter((route) => !isOpen(route))] as const;
  }),
);

/** How careful the cache is: by itself it also keeps the variants apart that `Vary` names. */
const CACHES = [
  ['that minds Vary', ''],
  ['that does not mind Vary', 'proxy_ignore_headers Vary;'],
] as const;

describeWith('nginx', 'T30: Behind nginx with a cache', (command) => {
  describe.each(CACHES)('%s', (_name, ignored) => {
    describe.each(APPS)('on %s', (adapter, routes) => {
      let host: RouteHost;
      let cache: Nginx;
      let folder: string;

      beforeAll(async () => {
        folder = mkdtempSync(join(tmpdir(), 'log-console-caching-'));
        const path = join(folder, 'shop.log');
        writeFileSync(path, `${MARK}\n`);
        host = await createRouteHost(
          adapter,
          {
            options: { access: { tokens: PEOPLE }, files: [{ id: 'x', path }] },
            controllers: [PublicController],
          },
          MARK,
        );
        new Logger('Shop').log(MARK);
        cache = await startNginx(
          command,
          (port) => `
            proxy_cache_path cache keys_zone=answers:1m;
            server {
              listen 127.0.0.1:${port};
              location / {
                proxy_pass ${host.url};
                proxy_http_version 1.1;
                proxy_cache answers;
                proxy_cache_valid 200 1m;
                proxy_cache_valid any 1m;
                proxy_cache_key $request_uri;
                proxy_cache_methods GET HEAD POST;
                ${ignored}
                add_header X-Cache $upstream_cache_status always;
              }
            }`,
        );
      });
      afterAll(async () => {
        await cache.close();
        await host.close();
        rmSync(folder, { recursive: true });
      });

      /** The beginning of an answer through the cache: of a stream up to the first line. */
      async function ask(path: string, headers: Record<string, string> = {}) {
        const reply = await open(cache.url + host.named(path), { headers });
        const isLive = reply.status === 200 && /\/(stream|tail)\b/.test(path);
        const text = isLive ? await reply.until(MARK) : await reply.ended;
        reply.close();
        return { ...reply, text };
      }
      const isHit = ({ headers }: Pick<OpenReply, 'headers'>): boolean => headers['x-cache'] === 'HIT';

      it('what may be kept is kept', async () => {
        const answers = [await ask('/public'), await ask('/public')];
        expect(answers.map(({ text }) => text)).toEqual(['1', '1']);
        expect(answers.map(isHit)).toEqual([false, true]);
      });

      it.each(routes.map((route) => [nameOf(route), route.url]))(
        '%s: what an admin read is given to nobody else, and a refusal not to the admin',
        async (_route, url) => {
          for (const query of ['', '?level=log', '?limit=x']) {
            const path = url + query;
            const refused = await ask(path);
            const first = await ask(path, bearer(ADMIN));
            const stranger = await ask(path);
            const viewer = await ask(path, bearer(VIEWER));
            const again = await ask(path, bearer(ADMIN));
            expect({ path, statuses: [refused.status, stranger.status] }).toEqual({
              path,
              statuses: [401, 401],
            });
            for (const secret of SECRETS) expect(stranger.text).not.toContain(secret);
            expect(viewer.text).not.toContain('admin-1');
            expect([200, 400]).toContain(first.status);
            expect(again.status).toBe(first.status);
            expect({ path, hits: [refused, first, stranger, viewer, again].map(isHit) }).toEqual({
              path,
              hits: [false, false, false, false, false],
            });
          }
        },
      );

      it('the same holds for a cookie, and signing in gives its cookie to one alone', async () => {
        const url = `${cache.url}/log-console/api/session`;
        const signIn = (token: string) =>
          request(url, { method: 'POST', headers: { 'x-log-console': '1' }, body: { token } });
        const signedIn = await signIn(ADMIN.token);
        const cookie = signedIn.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
        expect(cookie).toMatch(/^lc_/);
        const other = await signIn('x'.repeat(43));
        expect(other).toMatchObject({ status: 401 });
        expect(other.headers).not.toHaveProperty('set-cookie');
        for (const { url: path } of routes) {
          const read = await ask(path, { cookie });
          expect({ path, status: read.status, told: read.text.length > 0 }).toEqual({
            path,
            status: 200,
            told: true,
          });
          const stranger = await ask(path);
          expect({ path, status: stranger.status, hit: isHit(stranger) }).toEqual({
            path,
            status: 401,
            hit: false,
          });
        }
      });

      it('the page is asked for again each time, and it and its assets are whole', async () => {
        const pages = [await ask('/log-console'), await ask('/log-console')];
        expect(pages.map(isHit)).toEqual([false, false]);
        expect(pages[1].text).toBe(pages[0].text);
        for (const [asset] of pages[0].text.matchAll(/assets\/[\w.-]+/g)) {
          const direct = await request(`${host.url}/log-console/${asset}`);
          for (const encoding of ['identity', 'gzip', 'identity']) {
            const reply = await request(`${cache.url}/log-console/${asset}`, {
              headers: { 'accept-encoding': encoding },
            });
            expect(reply.status).toBe(200);
            expect(reply.headers['content-encoding'] ?? 'identity').toBe(encoding);
            if (encoding === 'identity') expect(reply.text).toBe(direct.text);
          }
        }
      });
    });
  });
});
