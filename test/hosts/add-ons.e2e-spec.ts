import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { bearer, OPERATOR, PEOPLE } from '../access/people.js';
import { AppFolder } from '../support/app-process.js';
import { ADAPTERS, createHost, type Adapter } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { describeHost } from './describe-host.js';
import { OrdersController } from './orders.controller.js';
import { ask, consoleAt, startProcess, type RunningHost } from './running-host.js';

const LIMIT = 9;
const folder = new AppFolder();
const site = mkdtempSync(join(tmpdir(), 'log-console-site-'));
writeFileSync(join(site, 'index.html'), '<title>The shop</title>');
writeFileSync(join(site, 'shop.js'), 'let shop;');
afterAll(() => {
  folder.remove();
  rmSync(site, { recursive: true });
});

function start(adapter: Adapter, setup: string, env: Record<string, string>): Promise<RunningHost> {
  return startProcess(folder, adapter, { setup: fileURLToPath(new URL(setup, import.meta.url)), env });
}

const throttled = (adapter: Adapter, what: string): Promise<RunningHost> =>
  start(adapter, 'throttled.setup.ts', { LIMIT: String(LIMIT), THROTTLED: what });

describeHost(
  'a throttler that leaves the console out',
  (adapter) => throttled(adapter, 'itself'),
  (host) => {
    it('throttles itself only', async () => {
      const own: number[] = [];
      for (let turn = 0; turn <= LIMIT; turn++) own.push((await request(`${host().url}/orders`)).status);
      expect(own).toEqual([...Array<number>(LIMIT).fill(200), 429]);
      for (let turn = 0; turn <= LIMIT; turn++) expect((await ask(host(), '/api/stats')).status).toBe(200);
    });
  },
);

describe.each(ADAPTERS)('A host with a throttler for everything, on %s', (adapter) => {
  it('refuses a stream cleanly once there were too many requests', async () => {
    const host = await throttled(adapter, 'everything');
    for (let turn = 0; turn < LIMIT; turn++)
      expect(
        await request(consoleAt(host, '/api/stream'), { method: 'HEAD', headers: host.operator }),
      ).toMatchObject({
        status: 200,
      });
    expect(await ask(host, '/api/stream')).toMatchObject({
      status: 429,
      headers: {
        'content-type': expect.stringMatching(/^application\/json/) as unknown,
        'retry-after': expect.stringMatching(/^\d+$/) as unknown,
      },
      json: { statusCode: 429, message: 'ThrottlerException: Too Many Requests' },
    });
    expect((await ask(host, '/api/stats')).status).toBe(200);
    await host.close();
  });
});

const SITE = '<title>The shop</title>';
const setupOfSite = (fallthrough: boolean): Record<string, string> => ({
  STATIC_ROOT: site,
  STATIC_OPTIONS: JSON.stringify({ fallthrough }),
});

for (const fallthrough of [true, false]) {
  describeHost(
    `a site of its own at /, fallthrough: ${fallthrough}`,
    (adapter) => start(adapter, 'static.setup.ts', setupOfSite(fallthrough)),
    (host, adapter) => {
      const answerAt = async (path: string): Promise<string> => {
        const { status, text } = await request(host().url + path);
        return status === 200 ? text : String(status);
      };

      it('serves it, at unknown addresses too if it lets them through', async () => {
        expect(await answerAt('/')).toBe(SITE);
        expect(await answerAt('/shop.js')).toBe('let shop;');
        expect(await answerAt('/unknown')).toBe(fallthrough ? SITE : '404');
      });

      it('does so beside the console, and on Express below it', async () => {
        expect(await answerAt('/log-console-of-ours')).toBe(fallthrough ? SITE : '404');
        const below = fallthrough && adapter === 'express' ? SITE : '404';
        expect(await answerAt('/log-console/unknown')).toBe(below);
        expect(await answerAt('/log-console/api/unknown')).toBe(below);
      });
    },
  );
}

describe.each(ADAPTERS)('A host with a site of its own and a closed console, on %s', (adapter) => {
  it('answers 404 for the console, and not the site', async () => {
    const env = { ...setupOfSite(true), NODE_ENV: 'production' };
    const setup = fileURLToPath(new URL('static.setup.ts', import.meta.url));
    const { port, stop } = await folder.start(adapter, { terminal: false, setup, env });
    for (const path of ['/log-console', '/log-console/api/entries'])
      expect(await request(`http://127.0.0.1:${port}${path}`)).toMatchObject({
        status: 404,
        json: { statusCode: 404, message: `Cannot GET ${path}`, error: 'Not Found' },
      });
    await stop();
  });
});

describe('A host whose static files stand in front of its routes, and let nothing through, on express', () => {
  it('has no console, as it has no routes of its own', async () => {
    const { url, close } = await createHost('express', {
      controllers: [OrdersController],
      options: { access: { tokens: PEOPLE } },
      prepare: (app) =>
        (app as NestExpressApplication).useStaticAssets(site, { fallthrough: false, redirect: false }),
    });
    expect(await request(`${url}/shop.js`)).toMatchObject({ status: 200 });
    for (const path of ['/orders', '/log-console', '/log-console/api/session'])
      expect(await request(url + path, { headers: bearer(OPERATOR) })).toMatchObject({ status: 404 });
    await close();
  });
});
