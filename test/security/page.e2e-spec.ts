import { Logger, type INestApplication } from '@nestjs/common';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Locator, type Page } from 'playwright-core';
import { describeInChromiumOnEach, eventually, OPERATOR, serviceOf, streamsOf } from '../support/browser.js';
import { type Host } from '../support/host-app.js';
import { HOSTILE } from './hostile-texts.js';

/** Texts that ask a browser for something elsewhere. */
const LURES = [
  '<img src="http://127.0.0.1:9/lure.png">',
  '<link rel=stylesheet href=//127.0.0.1:9/lure.css>',
  '<style>@import url(http://127.0.0.1:9/lure.css)</style>',
  '<meta http-equiv=refresh content="0;url=http://127.0.0.1:9/">',
  '<script src=http://127.0.0.1:9/lure.js></script>',
  '<svg><image href="http://127.0.0.1:9/lure.svg"/></svg>',
  'http://127.0.0.1:9/lure javascript:alert(1) data:text/html,<script>alert(1)</script>',
];

/** What a line is made of, opened or not. */
const KNOWN_ELEMENTS = 'LI DIV BUTTON TIME SPAN BDI SECTION H2 PRE DETAILS SUMMARY DL DT DD P MARK'.split(
  ' ',
);

/** Whatever this host answers, pages everywhere may read: the worst a host does with CORS. */
const openToAll = (app: INestApplication): unknown => app.enableCors({ origin: true, credentials: true });

const FILES: Readonly<Record<string, readonly [type: string, body: string]>> = {
  '/': ['text/html', '<!doctype html><title>Cats</title>'],
  '/x.js': ['text/javascript', 'window.x = 1;'],
  '/x.css': ['text/css', 'b { color: red }'],
  '/x.svg': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'],
};

describeInChromiumOnEach('The page under attack', (stage) => {
  /** The server of somebody else, whose files everybody may load. */
  async function serve(): Promise<string> {
    const server = createServer((request, response) => {
      const [type, body] = FILES[request.url ?? ''] ?? FILES['/'];
      response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stage.closeLater({
      close: () => {
        server.closeAllConnections();
        server.close();
      },
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** An empty page of somebody else, in the browser of an operator who is signed in. */
  async function evilPage(host: Host, name: string): Promise<Page> {
    const url = await serve();
    const tab = await stage.live(host);
    // Not a tab of the stage: here refusals are what is wanted.
    const page = await tab.page.context().newPage();
    await tab.page.close();
    await page.goto(url.replace('127.0.0.1', name));
    return page;
  }

  test('T8, T38: whatever is logged, every request goes to its own server, and every line is one row', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    const texts = [...HOSTILE.map(([, text]) => text), ...LURES];
    for (const text of texts)
      new Logger(text || 'empty').error(text, { [text]: text }, `Error: ${text}\n    at x:1:1`);
    new Logger('Shop').log('the last line');
    const held = (await serviceOf(host).stats()).held.entries;
    expect(held).toBeGreaterThan(texts.length);
    await tab.shows(held);
    await tab.row('the last line').waitFor();

    await tab.page.getByRole('button', { name: /^Error/ }).dblclick();
    await tab.shows(texts.length, held);
    const seen = await watch(tab.list);
    for (let opened = 1; opened <= texts.length; opened++) {
      await tab.page.keyboard.press('ArrowUp');
      await tab.page.keyboard.press('Enter');
      await eventually(async () => expect((await seen()).opened).toBe(opened));
    }
    expect((await seen()).elements.filter((name) => !KNOWN_ELEMENTS.includes(name))).toEqual([]);
    expect(await tab.page.title()).toBe('Server log');
    const elsewhere = tab.requested.filter(
      (url) => !url.startsWith(`${host.url}/`) && !url.startsWith('data:'),
    );
    expect(elsewhere).toEqual([]);
    expect(tab.problems).toEqual([]);
  });

  test('T8, T38: even from inside nothing can be loaded from elsewhere or be made of text', async () => {
    const host = await stage.host();
    const elsewhere = await serve();
    const open = await evilPage(host, 'localhost');
    expect(await tryEverything(open, elsewhere)).toEqual({
      done: ['markup', 'policy', 'fetch', 'script', 'style', 'image'],
      refused: [],
    });
    await open.goto(`${host.url}/log-console`);
    expect(await tryEverything(open, elsewhere)).toEqual({
      done: [],
      refused: ['markup', 'policy', 'fetch', 'script', 'style', 'image'],
    });
  });

  // A port is no other site: for that one the browser sends the cookie along.
  test.each([
    ['another site', 'localhost'],
    ['another port of the same host', '127.0.0.1'],
  ])(
    'T21, T29: a page of %s reads nothing and changes nothing for somebody signed in',
    async (_what, name) => {
      const host = await stage.host({ prepare: openToAll });
      new Logger('Shop').log('nobody-may-read-this');
      const page = await evilPage(host, name);
      const given = await page.evaluate(async (api) => {
        const ask = async (path: string, init: RequestInit = {}): Promise<string> => {
          try {
            const answer = await fetch(api + path, { credentials: 'include', ...init });
            return `${answer.status} ${answer.type === 'opaque' ? '' : await answer.text()}`;
          } catch {
            return 'refused';
          }
        };
        const streamed = await new Promise((resolve) => {
          const source = new EventSource(`${api}stream`, { withCredentials: true });
          const settle = (what: string) => () => {
            source.close();
            resolve(what);
          };
          source.addEventListener('hello', settle('hello'));
          source.onmessage = settle('message');
          source.onerror = settle('refused');
        });
        const form = {
          method: 'POST',
          body: new URLSearchParams({ token: 'x'.repeat(43), _method: 'DELETE' }),
        };
        return {
          streamed,
          answers: [
            await ask('entries'),
            await ask('session'),
            await ask('tail?follow=false'),
            await ask('export'),
            await ask('entries', { mode: 'no-cors' }),
            await ask('entries', { method: 'DELETE' }),
            await ask('entries', { method: 'DELETE', headers: { 'x-log-console': '1' } }),
            await ask('session', form),
            await ask('session', { ...form, mode: 'no-cors' }),
          ],
        };
      }, `${host.url}/log-console/api/`);
      expect(given.streamed).toBe('refused');
      for (const answer of given.answers) expect(answer).toMatch(/^(refused$|0 $|403 \{"statusCode":403,)/);
      expect(given.answers.join()).not.toContain('nobody-may-read-this');
      expect(await serviceOf(host).stats()).toMatchObject({ cleared: 0 });
      await eventually(async () => expect(await streamsOf(host)).toBe(0));
    },
  );

  test('T31: it cannot be framed by a page of another site, so nobody clicks there by mistake', async () => {
    const host = await stage.host({});
    const page = await evilPage(host, 'localhost');
    const console = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
    await page.evaluate((url) => {
      const frame = Object.assign(document.createElement('iframe'), { src: url });
      document.body.append(frame);
    }, `${host.url}/log-console#token=${OPERATOR}`);
    await console;
    const [, frame] = page.frames();
    expect(await frame.title()).not.toBe('Server log');
    expect(await streamsOf(host)).toBe(0);
  });
});

/** Keeps in mind every element that is put into the list from now on, and which of its rows have been opened. */
async function watch(list: Locator): Promise<() => Promise<{ elements: string[]; opened: number }>> {
  const seen = await list.evaluateHandle((root) => {
    const elements = new Set<string>();
    const opened = new Set<string>();
    const note = (): void => {
      for (const { tagName } of root.querySelectorAll('*')) elements.add(tagName);
      for (const button of root.querySelectorAll('[aria-expanded=true]'))
        opened.add(button.closest('li')?.getAttribute('aria-posinset') ?? '');
    };
    new MutationObserver(note).observe(root, { childList: true, subtree: true, attributes: true });
    note();
    return { elements, opened };
  });
  return () => seen.evaluate(({ elements, opened }) => ({ elements: [...elements], opened: opened.size }));
}

/** What a script inside the page can do with text and with files of another server, and what it cannot. */
function tryEverything(page: Page, url: string): Promise<{ done: string[]; refused: string[] }> {
  return page.evaluate(async (from) => {
    const loads = (element: HTMLElement): Promise<unknown> =>
      new Promise((resolve, reject) => {
        element.onload = resolve;
        element.onerror = reject;
        document.head.append(element);
      });
    const make = <T extends HTMLElement>(tag: string, properties: Partial<T>): HTMLElement =>
      Object.assign(document.createElement(tag), properties);
    const { trustedTypes } = window as unknown as {
      trustedTypes: { createPolicy(name: string, rules: object): void };
    };
    const attempts: [string, () => unknown][] = [
      ['markup', () => (document.createElement('p').innerHTML = '<b>x</b>')],
      ['policy', () => trustedTypes.createPolicy('mine', {})],
      ['fetch', () => fetch(`${from}/x.js`)],
      ['script', () => loads(make<HTMLScriptElement>('script', { src: `${from}/x.js` }))],
      ['style', () => loads(make<HTMLLinkElement>('link', { rel: 'stylesheet', href: `${from}/x.css` }))],
      ['image', () => loads(make<HTMLImageElement>('img', { src: `${from}/x.svg` }))],
    ];
    const done: string[] = [];
    const refused: string[] = [];
    for (const [name, attempt] of attempts) {
      try {
        await attempt();
        done.push(name);
      } catch {
        refused.push(name);
      }
    }
    return { done, refused };
  }, url);
}
