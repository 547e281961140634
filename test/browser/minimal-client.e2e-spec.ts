import { Controller, Get, Param, Res } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { type ServerResponse } from 'node:http';
import { type Locator } from 'playwright-core';
import {
  Counter,
  describeInChromiumOnEach,
  eventually,
  OPERATOR,
  upTo,
  type Tab,
} from '../support/browser.js';

const FILES = new URL('../../examples/minimal-client/public/', import.meta.url);
const TYPES = { html: 'text/html', css: 'text/css', js: 'text/javascript' };
/** As strict as the module's own page. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";

/** The files as their README says they may be served, with the one constant changed. */
@Controller('my-log')
class CopyController {
  @Get('index.html')
  page(@Res() response: ServerResponse): void {
    send(response, 'index.html');
  }

  @Get('assets/:name')
  asset(@Param('name') name: string, @Res() response: ServerResponse): void {
    send(response, `assets/${name}`);
  }
}

function send(response: ServerResponse, name: string): void {
  const type = TYPES[name.split('.').at(-1) as keyof typeof TYPES];
  const text = readFileSync(new URL(name, FILES), 'utf8').replace(
    "const api = new URL('../api/', import.meta.url);",
    "const api = new URL('/log-console/api/', location.href);",
  );
  const raw = 'raw' in response ? (response.raw as ServerResponse) : response;
  raw.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(text);
}

const status = (tab: Tab): Locator => tab.page.getByRole('status').locator('strong');

async function state(tab: Tab, words: string): Promise<void> {
  await eventually(async () => expect(await status(tab).textContent()).toBe(words));
}

async function numbers(tab: Tab): Promise<number[]> {
  const texts = await tab.rows.allInnerTexts();
  return texts.flatMap((text) => /\bline (\d+)/.exec(text)?.[1] ?? []).map(Number);
}

describeInChromiumOnEach('A copy of the minimal client on the same origin', (stage) => {
  test('signs in, is live, pauses, clears for everyone, and signs out', async () => {
    const host = await stage.host({ controllers: [CopyController], options: { ui: false } });
    const counter = new Counter();
    const tab = await stage.tab();
    await tab.goto(`${host.url}/my-log/index.html`);
    await state(tab, 'Signed out');
    await tab.signIn(OPERATOR.slice(1));
    await state(tab, 'Not signed in');
    await tab.signIn(OPERATOR);
    await state(tab, 'Live');
    counter.log(3);
    await eventually(async () => expect(await numbers(tab)).toEqual(upTo(3)));

    await tab.button('Pause').click();
    await state(tab, 'Paused');
    counter.log(2);
    await tab.button('Resume (2 waiting)').click();
    await eventually(async () => expect(await numbers(tab)).toEqual(upTo(5)));

    await tab.button('Clear for everyone…').click();
    counter.log(1);
    await eventually(async () => expect(await numbers(tab)).toEqual(upTo(6)));
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Clear for everyone' }).click();
    await tab.row(/^operator-1 cleared the list at \d\d:\d\d:\d\d\.$/).waitFor();
    await eventually(async () => expect(await numbers(tab)).toEqual([6]));

    await tab.button('Sign out').click();
    await state(tab, 'Signed out');
    expect(await tab.rows.count()).toBe(0);
  });

  test('opens with a link, and goes on where it was after a rest in the background', async () => {
    const host = await stage.host({ controllers: [CopyController], options: { ui: false } });
    const tab = await stage.tab();
    await tab.goto(`${host.url}/my-log/index.html#token=${OPERATOR}`);
    await state(tab, 'Live');
    expect(tab.page.url()).toBe(`${host.url}/my-log/index.html`);
    const counter = new Counter();
    counter.log(2);
    await eventually(async () => expect(await numbers(tab)).toEqual(upTo(2)));
    await tab.hide(true);
    await state(tab, 'Resting');
    counter.log(2);
    await tab.hide(false);
    await eventually(async () => expect(await numbers(tab)).toEqual(upTo(4)));
  });
});
