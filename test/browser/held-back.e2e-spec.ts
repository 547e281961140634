import { Logger } from '@nestjs/common';
import {
  Counter,
  describeInChromium,
  eventually,
  OPERATOR,
  type Stage,
  streamsOf,
  type Tab,
  upTo,
} from '../support/browser.js';
import { startProxy } from '../support/proxies.js';

describeInChromium('Behind a proxy that holds live updates back', (stage) => {
  test('the page asks instead, says so, and lines still come; a server that is only quiet is not taken for one', async () => {
    const host = await stage.host({ options: { level: 'fatal' } });
    const proxy = stage.closeLater(await startProxy(host.url, { manner: 'keeps the body' }));
    const direct = await stage.tab();
    const events = await eventsOf(direct);
    await direct.goto(`${host.url}/log-console#token=${OPERATOR}`);
    const behind = await stage.tab();
    await behind.goto(`${proxy.url}/log-console#token=${OPERATOR}`);

    await behind.state('Live (slower mode)');
    expect(await behind.status.innerText()).toContain('this page asks for new lines every second instead');
    // The fourth ping comes at 5 s, after the longest silence of the first seconds.
    await eventually(() => expect(events).toEqual(['hello', 'ping', 'ping', 'ping', 'ping']));
    await direct.state('Live');

    for (let line = 1; line <= 700; line++) new Logger('Boiler').fatal(`line ${line}`);
    for (const tab of [direct, behind]) {
      await eventually(async () => expect(await tab.numbers()).toEqual(upTo(700, 201)));
    }
    const asked = direct.requested.filter((url) => /\/api\/(stream|entries)/.test(url));
    expect(asked).toEqual([`${host.url}/log-console/api/stream?limit=500`]);
    expect(await streamsOf(host)).toBe(1);
  });

  test('one that does not even hand on the head of the answer: the same', async () => {
    const host = await stage.host();
    const proxy = stage.closeLater(await startProxy(host.url, { manner: 'keeps everything' }));
    const tab = await stage.tab();
    await tab.page.clock.install();
    await tab.goto(`${proxy.url}/log-console#token=${OPERATOR}`);
    await eventually(() => expect(tab.requested).toContain(`${proxy.url}/log-console/api/stream?limit=500`));
    await tab.page.clock.fastForward(3000);

    await tab.state('Live (slower mode)');
    const counter = new Counter();
    counter.log(3);
    await eventually(async () => expect(await tab.numbers()).toEqual(upTo(3)));
  });

  test('one that hands on the first lines and keeps the rest: none is missing and none comes twice', async () => {
    const host = await stage.host();
    const proxy = stage.closeLater(await startProxy(host.url, { manner: 'keeps the rest' }));
    const tab = await stage.tab();
    const counter = new Counter();
    counter.log(3);
    await tab.page.clock.install();
    await tab.goto(`${proxy.url}/log-console#token=${OPERATOR}`);
    await tab.state('Live');
    await tab.row('line 3').waitFor();

    counter.log(3);
    await tab.page.clock.fastForward(3000);
    await tab.state('Live (slower mode)');
    await eventually(async () => expect(await tab.numbers()).toEqual(upTo(6)));
  });

  test('in slower mode pausing and clearing work as ever', async () => {
    const tab = await tabWithoutStream(stage);
    const counter = new Counter();

    await tab.button('Pause').click();
    await tab.state('Paused');
    counter.log(7);
    await tab.page.clock.fastForward(1000);
    await tab.button('Resume (7 waiting)').click();
    await tab.state('Live (slower mode)');
    expect(await tab.numbers()).toEqual(upTo(7));

    await tab.button('Clear for everyone…').click();
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Clear for everyone' }).click();
    await tab.row(/operator-1 cleared \d+ entries/).waitFor();
    expect(await tab.numbers()).toEqual([]);
  });

  test('after a minute the page tries the stream again, and loses nothing when it works', async () => {
    const tab = await tabWithoutStream(stage);
    const counter = new Counter();
    counter.log(3);
    await tab.page.unroute('**/api/stream*');
    await tab.page.clock.fastForward(61_000);
    await tab.state('Live');
    counter.log(3);
    await eventually(async () => expect(await tab.numbers()).toEqual(upTo(6)));
    new Logger('Boiler').log('all well');
    await tab.row('all well').waitFor();
  });
});

/** A tab in slower mode, with a clock of its own, because the server has no stream for it. */
async function tabWithoutStream(stage: Stage): Promise<Tab> {
  const host = await stage.host();
  const tab = await stage.tab();
  await tab.page.clock.install();
  await tab.page.route('**/api/stream*', (route) => route.fulfill({ status: 503 }));
  await tab.goto(`${host.url}/log-console#token=${OPERATOR}`);
  await tab.state('Live (slower mode)');
  return tab;
}

/** The names of the events a tab is sent, as they come. */
async function eventsOf({ page }: Tab): Promise<string[]> {
  const names: string[] = [];
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  devtools.on('Network.eventSourceMessageReceived', ({ eventName }) => names.push(eventName));
  return names;
}
