import { Logger, type INestApplication } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import fastifyHelmet from '@fastify/helmet';
import helmet from 'helmet';
import { Counter, describeInChromium, OPERATOR, upTo, type Tab } from '../support/browser.js';
import { type HostOptions } from '../support/host-app.js';
import { startProxy } from '../support/proxies.js';

const OPEN_WITHIN_MS = 2000;

const useHelmet = (app: INestApplication): unknown =>
  app.getHttpAdapter().getType() === 'express'
    ? app.use(helmet())
    : (app as NestFastifyApplication).register(fastifyHelmet);

const PLACES: readonly (readonly [name: string, path: string, options: HostOptions])[] = [
  ['beside helmet()', '/log-console', { prepare: useHelmet }],
  [
    'behind a global prefix and at a path of its own',
    '/api/v2/ops/log',
    { prepare: (app) => app.setGlobalPrefix('api/v2'), options: { path: 'ops/log' } },
  ],
];

describeInChromium('Opening the console', (stage) => {
  test('the link of the terminal shows the log within two seconds, and what is logged from then on', async () => {
    const host = await stage.host();
    const open = async (): Promise<[Tab, ms: number]> => {
      const tab = await stage.tab();
      const openedAt = performance.now();
      await tab.goto(`${host.url}/log-console#token=${OPERATOR}`);
      await tab.state('Live');
      await tab.row('Nest application successfully started').waitFor();
      return [tab, performance.now() - openedAt];
    };
    const opened = [await open(), await open(), await open()] as const;
    expect(Math.min(...opened.map(([, ms]) => ms))).toBeLessThan(OPEN_WITHIN_MS);

    const [[tab]] = opened;
    new Logger('OrdersService').log('Order 48275 reserved 3 items in aisle 35');
    await tab.row('Order 48275 reserved 3 items in aisle 35').waitFor();
    expect(await tab.row('Order 48275').innerText()).toMatch(/^\d\d:\d\d:\d\d\.\d{3}\s+Info\s+OrdersService/);
    expect(await tab.page.title()).toBe('Server log');
    expect(await tab.status.innerText()).toBe('Live New lines appear as they happen.');
  });

  test('the token is gone from the address and the history before anything is asked', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    const asked: string[] = [];
    tab.page.on('request', (request) => request.url().includes('/api/') && asked.push(tab.page.url()));
    await tab.goto(`${host.url}/log-console?from=ticket#token=${OPERATOR}`);

    await tab.state('Live');
    expect(new Set(asked)).toEqual(new Set([`${host.url}/log-console?from=ticket`]));
    await tab.page.reload();
    await tab.state('Live');
    await tab.page.goBack();
    expect(tab.page.url()).toBe('about:blank');
    expect(tab.requested.filter((url) => url.includes('token='))).toEqual([]);
  });

  test.each(PLACES)('%s, with and without a final slash, it is live', async (_name, path, options) => {
    const host = await stage.host(options);
    await opensAt(host.url, path);
  });

  test('behind a proxy that strips a prefix it is live, without any setting, with and without a final slash', async () => {
    const host = await stage.host();
    const proxy = stage.closeLater(await startProxy(host.url, { prefix: '/ops' }));
    await opensAt(proxy.url, '/log-console');
  });

  async function opensAt(url: string, path: string): Promise<void> {
    const tab = await stage.tab();
    const counter = new Counter();
    for (const address of [path, `${path}/`]) {
      await tab.goto(`${url}${address}#token=${OPERATOR}`);
      await isLiveIn(tab, counter);
      expect(tab.page.url()).toBe(`${url}${address}`);
    }
  }

  test('a link with a token that is opened in a tab where the console is open already signs in', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    await tab.goto(`${host.url}/log-console`);
    await tab.state('Signed out');

    await tab.goto(`${host.url}/log-console#token=${OPERATOR}`);
    await tab.state('Live');
    expect(tab.page.url()).toBe(`${host.url}/log-console`);
  });

  test('a tab opened in the background asks for no lines until somebody looks at it', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    await tab.page.addInitScript(() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    });
    await tab.goto(`${host.url}/log-console#token=${OPERATOR}`);
    await tab.state('Resting');
    expect(tab.requested.filter((url) => /\/api\/(stream|entries)/.test(url))).toEqual([]);

    await tab.hide(false);
    await isLiveIn(tab);
  });

  test('where the browser forbids all storage it is live all the same', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    await tab.page.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException('Access is denied for this document.', 'SecurityError');
          },
        });
      }
    });
    await tab.goto(`${host.url}/log-console#token=${OPERATOR}`);
    await isLiveIn(tab);
  });
});

async function isLiveIn(tab: Tab, counter = new Counter()): Promise<void> {
  await tab.state('Live');
  counter.log(5);
  await tab.row(new RegExp(`line ${counter.last}$`)).waitFor();
  expect(await tab.numbers()).toEqual(upTo(counter.last));
}
