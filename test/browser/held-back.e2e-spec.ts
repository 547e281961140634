import { bearer } from '../access/people.js';
import { EventReader } from '../reading/event-reader.js';
import {
  Counter,
  describeInChromium,
  eventually,
  OPERATOR,
  shownOf,
  streamsOf,
  type Tab,
  upTo,
} from '../support/browser.js';
import { type Host } from '../support/host-app.js';
import { startProxy, type Manner } from '../support/proxies.js';

const SLOWER = 'Live (slower mode)';
const WORDS =
  'Your network holds back live updates, so this page asks for new lines every second instead. Nothing is missing.';

describeInChromium('Behind a proxy that holds live updates back', (stage) => {
  test('a quiet server: the page asks instead within 6 s, says so, and a line is there within 2 s; a server that is only quiet is not taken for one', async () => {
    const host = await stage.host();
    const direct = await stage.tab();
    const states = await direct.states();
    await direct.goto(`${host.url}/log-console#token=${OPERATOR}`);
    // Beside the page's own stream: it is sent the same pings at the same times.
    const reader = await EventReader.open(`${host.url}/log-console/api/stream`, bearer({ token: OPERATOR }));
    stage.closeLater({ close: () => reader.response.destroy() });
    const behind: { tab: Tab; opened: number }[] = [];
    for (const manner of ['keeps the body', 'keeps everything'] as const) {
      const proxy = stage.closeLater(await startProxy(host.url, { manner }));
      const tab = await stage.tab();
      await tab.goto(`${proxy.url}/log-console#token=${OPERATOR}`);
      behind.push({ tab, opened: performance.now() });
    }
    for (const { tab, opened } of behind) {
      await tab.state(SLOWER);
      expect(performance.now() - opened).toBeLessThan(6000);
      expect(await tab.status.innerText()).toContain(WORDS);
    }

    const counter = new Counter();
    counter.log(3);
    const logged = performance.now();
    for (const { tab } of behind) await tab.row('line 3').waitFor();
    expect(performance.now() - logged).toBeLessThan(2000);

    // The fourth ping comes at 5 s, after the longest silence of the first seconds.
    await eventually(() => expect(reader.named('ping').length).toBeGreaterThanOrEqual(4));
    expect(states()).toEqual(['Connecting…', 'Live']);
    expect(direct.requested.filter((url) => url.includes('/api/entries?after='))).toEqual([]);
    for (const tab of [direct, ...behind.map((each) => each.tab)]) {
      await tab.shows(await shownOf(host));
      expect(await tab.numbers()).toEqual(upTo(3));
    }
  });

  test('a busy server, whose first lines come through: within 9 s, no line is missing and none comes twice', async () => {
    const { host, tab, opened } = await behind('keeps the rest');
    const counter = new Counter();
    stage.closeLater(counter.every(20));
    await tab.state('Live');
    await tab.state(SLOWER);
    expect(performance.now() - opened).toBeLessThan(9000);
    const upToHere = counter.last;
    await eventually(() => expect(counter.last).toBeGreaterThan(upToHere + 20));
    await eventually(async () => expect((await tab.numbers()).length).toBeGreaterThan(upToHere + 20));
    const numbers = await tab.numbers();
    expect(numbers).toEqual(upTo(numbers.length));
    expect(await streamsOf(host)).toBeLessThanOrEqual(1);
  });

  test('in slower mode pausing and clearing work as ever', async () => {
    const { host, tab } = await withoutStream();
    const counter = new Counter();

    await tab.button('Pause').click();
    await tab.state('Paused');
    counter.log(7);
    await tab.page.clock.fastForward(1000);
    await tab.button('Resume (7 waiting)').click();
    await tab.state(SLOWER);
    await tab.shows(await shownOf(host));
    expect(await tab.numbers()).toEqual(upTo(7));

    await tab.button('Clear for everyone…').click();
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Clear for everyone' }).click();
    await tab.row(/operator-1 cleared \d+ entries/).waitFor();
    await tab.shows(1);
    expect(await tab.numbers()).toEqual([]);
  });

  test('after a minute the page tries the stream again, and loses nothing when it works', async () => {
    const { host, tab } = await withoutStream();
    const counter = new Counter();
    const load = stage.closeLater(counter.every(10));
    await tab.page.unroute('**/api/stream*');
    await tab.page.clock.fastForward(61_000);
    await tab.state('Live');
    const asked = tab.requested.length;
    const upToHere = counter.last;
    await eventually(() => expect(counter.last).toBeGreaterThan(upToHere + 150));
    load.close();
    await tab.shows(await shownOf(host));
    expect(await tab.numbers()).toEqual(upTo(counter.last));
    expect(tab.requested.slice(asked).filter((url) => url.includes('/entries'))).toEqual([]);
    expect(await streamsOf(host)).toBe(1);
  });

  test('several servers that answer in turn and share nothing: a banner says so, and every line comes once', async () => {
    const hosts = [await stage.host(), await stage.host()];
    // Each of them has each line.
    const counter = new Counter();
    counter.log(5);
    const tab = await stage.tab();
    await tab.page.route('**/api/stream*', (route) => route.fulfill({ status: 503 }));
    let turn = 0;
    await tab.page.route('**/api/entries?*', async (route) => {
      const { pathname, search } = new URL(route.request().url());
      const { url } = hosts[turn++ % hosts.length];
      await route.fulfill({ response: await route.fetch({ url: `${url}${pathname}${search}` }) });
    });
    await tab.goto(`${hosts[0].url}/log-console#token=${OPERATOR}`);
    await tab.page.getByText('Several servers answer; this page shows them in turn.').waitFor();
    counter.log(5);
    const twice = upTo(10).flatMap((number) => [number, number]);
    await eventually(async () => {
      expect((await tab.numbers()).toSorted((a, b) => a - b)).toEqual(twice);
    });
  });

  async function behind(manner: Manner): Promise<{ host: Host; tab: Tab; opened: number }> {
    const host = await stage.host();
    const proxy = stage.closeLater(await startProxy(host.url, { manner }));
    const tab = await stage.tab();
    await tab.goto(`${proxy.url}/log-console#token=${OPERATOR}`);
    return { host, tab, opened: performance.now() };
  }

  /** A tab in slower mode, with a clock of its own, because nothing of the stream comes through. */
  async function withoutStream(): Promise<{ host: Host; tab: Tab }> {
    const host = await stage.host();
    const tab = await stage.tab();
    await tab.page.clock.install();
    await tab.page.route('**/api/stream*', (route) =>
      route.fulfill({ contentType: 'text/event-stream', body: '' }),
    );
    await tab.goto(`${host.url}/log-console#token=${OPERATOR}`);
    await tab.state(SLOWER);
    return { host, tab };
  }
});
