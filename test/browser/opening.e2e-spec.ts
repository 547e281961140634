import { Controller, Get, Logger, Param, Res, type INestApplication } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { type ServerResponse } from 'node:http';
import { Counter, describeInChromium, eventually, OPERATOR, upTo, type Tab } from '../support/browser.js';
import { ADAPTERS } from '../support/host-app.js';
import { startProxy } from '../support/proxies.js';

describeInChromium('Opening the console', (stage) => {
  describe.each(ADAPTERS)('on %s', (adapter) => {
    test('the link of the terminal shows the log at once, and what is logged from then on', async () => {
      const host = await stage.host({}, adapter);
      const tab = await stage.tab();
      await tab.goto(`${host.url}/log-console#token=${OPERATOR}`);

      await tab.state('Live');
      await tab.row('Nest application successfully started').waitFor();
      new Logger('OrdersService').log('Order 48275 reserved 3 items in aisle 35');
      await tab.row('Order 48275 reserved 3 items in aisle 35').waitFor();
      expect(await tab.row('Order 48275').innerText()).toMatch(
        /^\d\d:\d\d:\d\d\.\d{3}\s+Info\s+OrdersService/,
      );
      expect(await tab.page.title()).toBe('Server log');
      expect(await tab.page.getByText('operator-1 (operator)').isVisible()).toBe(true);
      expect(tab.problems).toEqual([]);
    });

    test('the token is gone from the address and the history before anything else happens', async () => {
      const host = await stage.host({}, adapter);
      const tab = await stage.tab();
      await tab.goto(`${host.url}/log-console?from=ticket#token=${OPERATOR}`);

      await tab.state('Live');
      expect(tab.page.url()).toBe(`${host.url}/log-console?from=ticket`);
      await tab.page.reload();
      await tab.state('Live');
      await tab.page.goBack();
      expect(tab.page.url()).toBe('about:blank');
      expect(tab.requested.filter((url) => url.includes('token='))).toEqual([]);
    });

    test('the address may end with a slash', async () => {
      await opensAt(await stage.host({}, adapter), '/log-console');
    });

    test('works behind a global prefix, with and without a final slash', async () => {
      const prepare = (app: INestApplication): unknown => app.setGlobalPrefix('api');
      await opensAt(await stage.host({ prepare }, adapter), '/api/log-console');
    });

    test('works behind a proxy that strips a prefix, without any setting, with and without a final slash', async () => {
      const host = await stage.host({}, adapter);
      await opensAt(stage.closeLater(await startProxy(host.url, { prefix: '/ops' })), '/log-console');
    });

    async function opensAt({ url }: { url: string }, path: string): Promise<void> {
      const tab = await stage.tab();
      const counter = new Counter();
      for (const address of [path, `${path}/`]) {
        await tab.goto(`${url}${address}#token=${OPERATOR}`);
        await isLiveIn(tab, counter);
        expect(tab.page.url()).toBe(`${url}${address}`);
      }
    }
  });

  test('a link with a token that is opened in a tab where the console is open already signs in', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    await tab.goto(`${host.url}/log-console`);
    await tab.state('Signed out');

    await tab.goto(`${host.url}/log-console#token=${OPERATOR}`);
    await tab.state('Live');
    expect(tab.page.url()).toBe(`${host.url}/log-console`);
  });

  test('a tab opened in the background asks for nothing until somebody looks at it', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    await tab.page.addInitScript(() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    });
    await tab.goto(`${host.url}/log-console#token=${OPERATOR}`);
    await tab.state('Resting');
    expect(tab.requested.filter((url) => url.includes('/api/stream'))).toEqual([]);

    await tab.hide(false);
    await isLiveIn(tab);
  });

  test('before the first line the page says that lines will come', async () => {
    const host = await stage.host({ options: { level: 'fatal' } });
    const tab = await stage.live(host);
    const empty = tab.page.getByText('No lines yet. They will appear here as soon as the server writes one.');
    await empty.waitFor();
    new Logger('Boiler').fatal('No pressure');
    await tab.row('No pressure').waitFor();
    expect(await empty.isVisible()).toBe(false);
  });

  test('a copy of the three files works elsewhere on the same origin, with the one constant changed', async () => {
    const host = await stage.host({ controllers: [CopyController] });
    const tab = await stage.tab();
    await tab.goto(`${host.url}/my-log/#token=${OPERATOR}`);
    await isLiveIn(tab);
    expect(tab.requested.some((url) => url.startsWith(`${host.url}/my-log/assets/`))).toBe(true);
  });
});

async function isLiveIn(tab: Tab, counter = new Counter()): Promise<void> {
  await tab.state('Live');
  counter.log(5);
  await eventually(async () => expect(await tab.numbers()).toEqual(upTo(counter.last)));
  expect(tab.problems).toEqual([]);
}

const files = new URL('../../examples/minimal-client/public/', import.meta.url);
const types = { html: 'text/html', css: 'text/css', js: 'text/javascript' };

/** The files as their README says they may be served. */
@Controller('my-log')
class CopyController {
  @Get()
  page(@Res() response: ServerResponse): void {
    send(response, 'index.html');
  }

  @Get('assets/:name')
  asset(@Param('name') name: string, @Res() response: ServerResponse): void {
    send(response, `assets/${name}`);
  }
}

function send(response: ServerResponse, name: string): void {
  const type = types[name.split('.').at(-1) as keyof typeof types];
  const text = readFileSync(new URL(name, files), 'utf8');
  const changed = text.replace(
    "const api = new URL('../api/', import.meta.url);",
    "const api = new URL('/log-console/api/', location.href);",
  );
  if (name.endsWith('client.js')) expect(changed).not.toBe(text);
  response.writeHead(200, { 'content-type': type }).end(changed);
}
