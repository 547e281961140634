import { Controller, Get, InternalServerErrorException, Logger, Param } from '@nestjs/common';
import { get } from 'node:http';
import { type Locator } from 'playwright-core';
import { describeInChromium, eventually, OPERATOR, type Stage, type Tab } from '../support/browser.js';
import { type Host } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { put, quietHost } from './own-lines.js';

/** What the request that waits waits for. */
let goOn: () => void = () => undefined;

@Controller('orders')
class OrdersController {
  readonly #orders = new Logger('Orders');
  readonly #stock = new Logger('Stock');

  @Get('slow/:id')
  async slow(@Param('id') id: string): Promise<string> {
    this.#orders.log(`looking for ${id}`);
    await new Promise<void>((resolve) => (goOn = resolve));
    this.#orders.log(`found ${id}`);
    return id;
  }

  @Get(':id')
  async one(@Param('id') id: string): Promise<string> {
    this.#orders.log(`looking for ${id}`);
    await Promise.resolve();
    if (id === '48275') {
      this.#stock.error('no such shelf');
      throw new InternalServerErrorException();
    }
    this.#stock.log(`found ${id}`);
    return id;
  }
}

const withOrders = (stage: Stage): Promise<Host> => quietHost(stage, {}, { controllers: [OrdersController] });

const head = (tab: Tab): Locator => tab.page.getByRole('region', { name: 'Request' });

/** Waits until the head of the page says this. */
async function says(tab: Tab, words: string | RegExp): Promise<void> {
  await eventually(async () => expect(await head(tab).innerText()).toMatch(words));
}

/** The lines that are shown, without their times. */
async function shown(tab: Tab): Promise<string[]> {
  return (await tab.lines()).map((line) => line.replace(/^.*\[/, '['));
}

/** The id that an answer names. */
async function idOf(answer: ReturnType<typeof request>): Promise<string> {
  return String((await answer).headers['x-request-id']);
}

describeInChromium('A request', (stage) => {
  test('is one click away from each of its lines: only those are shown, and what it was stands on top', async () => {
    const host = await withOrders(stage);
    await request(`${host.url}/orders/1`);
    const id = await idOf(request(`${host.url}/orders/48275?key=private`));
    await request(`${host.url}/orders/2`);
    const tab = await stage.live(host);
    await tab.shows(6);
    expect(await head(tab).count()).toBe(0);
    await tab.row('no such shelf').getByRole('button', { name: id }).click();
    await says(tab, /^GET \/orders\/48275\s+Answered 500 in [\d.]+ m?s\s+Started at \d\d:\d\d:\d\d\s+\S+$/);
    await tab.shows(2, 6);
    expect(await shown(tab)).toEqual(['[Orders] looking for 48275', '[Stock] no such shelf']);
    await tab.page.reload();
    await tab.state('Live');
    await says(tab, /^GET \/orders\/48275\s+Answered 500/);
    await tab.page.getByRole('button', { name: `Show all again, not only Request ${id}` }).click();
    await tab.shows(6);
    expect(await head(tab).count()).toBe(0);
  });

  test.each([
    ['alone', (id: string) => id],
    ['as the line of a header', (id: string) => `x-request-id: ${id} `],
  ])('that failed is found from its x-request-id, put into the search %s', async (_how, written) => {
    const host = await withOrders(stage);
    await request(`${host.url}/orders/1`);
    const id = await idOf(request(`${host.url}/orders/48275`));
    const tab = await stage.live(host);
    await tab.shows(4);
    const offer = tab.page.locator('header').getByRole('button', { name: 'Show only this request' });
    await tab.page.getByLabel('Search').fill(id.slice(0, -1));
    await tab.shows(2, 4);
    expect(await offer.count()).toBe(0);
    await tab.page.getByLabel('Search').fill(written(id));
    await offer.click();
    await says(tab, /^GET \/orders\/48275\s+Answered 500/);
    expect(await tab.page.getByLabel('Search').inputValue()).toBe('');
    expect(new URL(tab.page.url()).search).toBe(`?requestId=${id}`);
    await tab.shows(2, 4);
    expect(await offer.count()).toBe(0);
    await tab.page.getByLabel('Search').fill(id);
    await tab.shows(2, 4);
    expect(await offer.count()).toBe(0);
  });

  test('whose id stands in the address is shown at once', async () => {
    const host = await withOrders(stage);
    await request(`${host.url}/orders/1`);
    await request(`${host.url}/orders/48275`, { headers: { 'x-request-id': 'from=the/desk+7' } });
    const tab = await stage.tab();
    await tab.goto(
      `${host.url}/log-console?${new URLSearchParams({ requestId: 'from=the/desk+7' })}#token=${OPERATOR}`,
    );
    await says(tab, /^GET \/orders\/48275\s+Answered 500/);
    await tab.shows(2, 4);
  });

  test('that is still being served says so, until it is answered', async () => {
    const host = await withOrders(stage);
    const answer = request(`${host.url}/orders/slow/7`, { headers: { 'x-request-id': 'slow-7' } });
    const tab = await stage.tab();
    await tab.goto(`${host.url}/log-console?requestId=slow-7#token=${OPERATOR}`);
    await tab.row('looking for 7').waitFor();
    await says(tab, /^GET \/orders\/slow\/7\s+Not answered yet/);
    goOn();
    await answer;
    await tab.row('found 7').waitFor();
    await says(tab, /^GET \/orders\/slow\/7\s+Answered 200 in/);
  });

  test('whose client left says so', async () => {
    const host = await withOrders(stage);
    const tab = await stage.tab();
    const client = get(`${host.url}/orders/slow/8`, { headers: { 'x-request-id': 'slow-8' } });
    client.on('error', () => undefined);
    await tab.goto(`${host.url}/log-console?requestId=slow-8#token=${OPERATOR}`);
    await says(tab, /Not answered yet/);
    client.destroy();
    await says(tab, /^GET \/orders\/slow\/8\s+The client left after [\d.]+ m?s/);
    goOn();
  });

  test('of which only lines are known is named by its id, whatever that is', async () => {
    const host = await withOrders(stage);
    put(host, { message: 'of an old request', requestId: 'old\u202e<b>' }, { message: 'of none' });
    const tab = await stage.live(host);
    await tab.row('of an old request').getByRole('button', { name: 'old' }).click();
    await tab.shows(1, 2);
    expect(await head(tab).innerText()).toBe('old\\u{202e}<b>');
  });
});
