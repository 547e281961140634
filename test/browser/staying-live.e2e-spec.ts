import { Logger } from '@nestjs/common';
import { type Route } from 'playwright-core';
import {
  Counter,
  describeInChromium,
  describeInChromiumOnEach,
  eventually,
  OPERATOR,
  serviceOf,
  shownOf,
  streamsOf,
  type Tab,
  upTo,
} from '../support/browser.js';
import { startRelay } from '../support/proxies.js';
import { follows, isAtEnd, placeIn, settled } from '../support/reading-place.js';

const LOST = 'Connection lost, trying again…';

describeInChromium('A tab in the background', (stage) => {
  test('gives its stream back after 30 s, counts problems in its title, and has every line and says what was missed when somebody comes back', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    await tab.page.clock.install();
    await stage.open(tab, host);
    const [counter, logger] = [new Counter(), new Logger('PickingService')];
    counter.log(200);
    await tab.row('line 200').waitFor();
    expect(await streamsOf(host)).toBe(1);

    await tab.hide(true);
    for (let problem = 1; problem <= 12; problem++) logger.error(`problem ${problem}`);
    await eventually(async () => expect(await tab.page.title()).toBe('(12 problems) Server log'));
    await tab.state('Live');
    await tab.page.clock.fastForward(30_000);
    await tab.state('Resting');
    expect(await tab.status.innerText()).toContain('It catches up when you come back.');
    await eventually(async () => expect(await streamsOf(host)).toBe(0));
    counter.log(700);
    await tab.hide(false);
    await tab.state('Live');
    await tab.shows(await shownOf(host));
    expect(await tab.numbers()).toEqual(upTo(900));
    expect(await streamsOf(host)).toBe(1);
    expect(await tab.page.title()).toBe('Server log');

    await tab.page.getByText('Since you last looked: 12 problems.').waitFor();
    await tab.button('Show the first').click();
    await tab.page.getByText('Since you last looked').waitFor({ state: 'hidden' });
    await expectInView(tab, 'problem 1');
    await follows(tab, false);

    await tab.goto('about:blank');
    logger.fatal('The database is gone');
    logger.error('So are the orders');
    counter.log(100);
    await stage.open(tab, host);
    await tab.page.getByText('Since you last looked: 2 problems.').waitFor();
    await tab.button('Show the first').click();
    await expectInView(tab, 'The database is gone');
    await tab.page.reload();
    await tab.shows(await shownOf(host));
    expect(await tab.page.getByText('Since you last looked').count()).toBe(0);
  });

  test('is told exactly how many lines the server could not keep for it', async () => {
    const host = await stage.host({ options: { capacity: 100 } });
    const tab = await stage.tab();
    await tab.page.clock.install();
    await stage.open(tab, host);
    const counter = new Counter();
    const away = async (lines: number): Promise<void> => {
      await tab.hide(true);
      await tab.page.clock.fastForward(30_000);
      await tab.state('Resting');
      await eventually(async () => expect(await streamsOf(host)).toBe(0));
      counter.log(lines);
      await tab.hide(false);
      await tab.row(`line ${counter.last}`).waitFor();
    };
    counter.log(5);
    await tab.row('line 5').waitFor();
    await away(1412);
    await away(101);
    const told = (await tab.lines()).filter((line) => line.includes('missing'));
    expect(told).toHaveLength(2);
    expect(told[0]).toContain('1,312 lines are missing here: too many arrived at once.');
    expect(told[1]).toMatch(/\b1 line is missing here: too many arrived at once\./);
    expect(await tab.numbers()).toEqual([...upTo(5), ...upTo(1417, 1318), ...upTo(1518, 1419)]);
  });
});

describeInChromium('Pausing', (stage) => {
  test('the lines on screen stay, the button counts exactly what waits, and resuming adds exactly that', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    const counter = new Counter();
    counter.log(5);
    await tab.shows(await shownOf(host));
    const before = await shownOf(host);

    await tab.button('Pause').click();
    await tab.state('Paused');
    counter.log(1500);
    await tab.button('Resume (1,500 waiting)').waitFor();
    await tab.page.getByText(/Paused since \S+( [AP]M)?\. 1,500 lines are waiting\./).waitFor();
    await tab.shows(before);
    await tab.button('Resume (1,500 waiting)').click();
    await tab.state('Live');
    await tab.shows(before + 1500);
    expect(await tab.numbers()).toEqual(upTo(1505));
    expect(await isAtEnd(tab)).toBe(true);
    expect(await tab.button('Pause').isVisible()).toBe(true);
  });

  test('what is too much to wait is one row with the exact number, and is loaded as far as the server holds it', async () => {
    const host = await stage.host({ options: { capacity: 26_000 } });
    const boot = await shownOf(host);
    const tab = await stage.live(host, { viewport: { width: 1280, height: 2400 } });
    const counter = new Counter();
    counter.log(5);
    await tab.row('line 5').waitFor();
    await tab.button('Pause').click();
    for (let turn = 1; turn <= 13; turn++) {
      counter.log(2050);
      await tab.button(`Resume (${Math.min(20_000, turn * 2050).toLocaleString('en')} waiting)`).waitFor();
    }
    await tab.button('Resume (20,000 waiting)').click();
    await tab.state('Live');
    await tab.row('line 26655').waitFor();
    const why = 'lines are missing here: this page could not keep them while it waited.';
    await tab.page.getByRole('main').focus();
    await tab.page.keyboard.press('Home');
    const gap = tab.row(/missing here/);
    await gap.waitFor();
    expect(await gap.locator('span').first().textContent()).toBe(`6,650 ${why}`);

    // The server holds the newest 26,000, without the first 655 of these lines, and gives 5,000 at once.
    const { line } = await placeIn(tab);
    await tab.button('Load them').click();
    await tab.shows(boot + 5 + 26_000);
    expect((await settled(tab)).line).toBe(line);
    expect(await tab.row('650 lines are missing here: too many arrived at once.').count()).toBe(1);
    expect(await tab.numbers()).toEqual([...upTo(5), ...upTo(26_655, 656)]);
    expect(await tab.button('Load them').count()).toBe(0);
  });

  test('what is cleared during a pause is gone after it', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    const counter = new Counter();
    counter.log(5);
    await tab.row('line 5').waitFor();
    await tab.button('Pause').click();
    counter.log(5);
    await tab.button('Resume (5 waiting)').waitFor();
    await serviceOf(host).clear({ by: 'operator-2' });
    counter.log(1);
    // The line that tells of it is one, too.
    await tab.button('Resume (2 waiting)').waitFor();
    await tab.row('line 5').waitFor();
    await tab.button('Resume (2 waiting)').click();
    await tab.row('operator-2 cleared the list at').waitFor();
    await tab.shows(2);
    expect(await tab.numbers()).toEqual([11]);
  });
});

describeInChromiumOnEach('The connection', (stage) => {
  test('a restarted server: the page says so at once, keeps the lines, and is live again by itself', async () => {
    const first = await stage.host();
    const { port } = new URL(first.url);
    const tab = await stage.live(first);
    const counter = new Counter();
    counter.log(5);
    await tab.row('line 5').waitFor();
    const before = await shownOf(first);

    const stopped = performance.now();
    await first.close();
    await tab.state(LOST);
    expect(performance.now() - stopped).toBeLessThan(1000);
    expect(await tab.status.innerText()).toContain('The lines you see are kept. You do not need to reload.');
    expect(await tab.page.getByRole('alert').innerText()).toContain(LOST);
    await tab.shows(before);
    expect(await tab.button('Clear for everyone…').isDisabled()).toBe(true);

    const second = await stage.host({ port: Number(port) });
    const opened = performance.now();
    await tab.state('Live');
    expect(performance.now() - opened).toBeLessThan(6000);
    counter.log(5);
    await tab.shows(before + (await shownOf(second)));
    expect(await tab.numbers()).toEqual(upTo(10));
    const told = (await tab.lines()).filter((line) => line.includes('restarted'));
    expect(told).toEqual([
      expect.stringMatching(/The server restarted at \d.+\. Lines from just before may be missing here\./),
    ]);
  });

  test('cut three times while lines pour in: every line is there once, in order', async () => {
    const host = await stage.host();
    const relay = stage.closeLater(await startRelay(host.url));
    const tab = await stage.live(relay);
    const counter = new Counter();
    const load = stage.closeLater(counter.every(5));
    for (let cut = 1; cut <= 3; cut++) {
      const from = counter.last;
      await eventually(() => expect(counter.last).toBeGreaterThan(from + 50));
      relay.cut();
      await eventually(() => expect(streamsAsked(tab)).toHaveLength(1 + cut));
    }
    load.close();
    await tab.state('Live');
    await tab.shows(await shownOf(host));
    expect(await tab.numbers()).toEqual(upTo(counter.last));
    expect((await tab.lines()).filter((line) => line.includes('missing'))).toEqual([]);
  });

  const REFUSALS: readonly (readonly [
    name: string,
    answer: Parameters<Route['fulfill']>[0],
    state: string,
    words: string,
  ])[] = [
    [
      'a proxy without a server',
      { status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' },
      LOST,
      'The lines you see are kept.',
    ],
    [
      'an error page',
      { status: 500, contentType: 'text/html', body: '<h1>Oops</h1>' },
      LOST,
      'The lines you see are kept.',
    ],
    [
      'a server that was taken away',
      { status: 404, contentType: 'application/json', body: '{}' },
      LOST,
      'The lines you see are kept.',
    ],
    [
      'a limit of requests',
      { status: 429, headers: { 'retry-after': '1' }, body: '' },
      LOST,
      'The lines you see are kept.',
    ],
    [
      'a sign-in page',
      { status: 200, contentType: 'text/html', body: '<form>' },
      'Signed out',
      'the lines on screen stay here',
    ],
    [
      'a redirect to a sign-in page',
      { status: 302, headers: { location: '/login' } },
      'Signed out',
      'the lines on screen stay here',
    ],
    [
      'no right any more',
      { status: 403, contentType: 'application/json', body: '{}' },
      'No access',
      'not allowed to see these logs',
    ],
  ];
  test('whatever answers instead has its words, no line on screen is lost, and the page goes on where it was', async () => {
    const host = await stage.host();
    const relay = stage.closeLater(await startRelay(host.url));
    const tab = await stage.live(relay);
    const counter = new Counter();
    counter.log(3);
    await tab.shows(await shownOf(host));
    for (const [name, answer, state, words] of REFUSALS) {
      const shown = await shownOf(host);
      const refuse = (route: Route): Promise<void> => route.fulfill(answer);
      await tab.page.route('**/api/**', refuse);
      relay.cut();
      await tab.state(state);
      expect([name, await tab.status.innerText()]).toEqual([name, expect.stringContaining(words)]);
      await tab.shows(shown);
      counter.log(3);
      await tab.page.unroute('**/api/**', refuse);
      if (state === LOST) await tab.button('Try now').click();
      else if (state === 'Signed out') await tab.signIn(OPERATOR);
      else await stage.open(tab, relay);
      await tab.state('Live');
      await tab.shows(await shownOf(host));
    }
    expect(await tab.numbers()).toEqual(upTo(counter.last));
  });

  test('no free place for a stream: the page asks every second, says why, and takes the stream when there is one', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    await tab.page.clock.install();
    await tab.page.route('**/api/stream*', (route) =>
      route.fulfill({ status: 503, headers: { 'retry-after': '5' } }),
    );
    await tab.goto(`${host.url}/log-console#token=${OPERATOR}`);
    await tab.state('Live (slower mode)');
    expect(await tab.status.innerText()).toContain('Very many people have this page open');
    const counter = new Counter();
    counter.log(3);
    await tab.row('line 3').waitFor();
    expect(await streamsOf(host)).toBe(0);
    await tab.page.unroute('**/api/stream*');
    await tab.page.clock.fastForward(5000);
    await tab.state('Live');
    counter.log(3);
    await tab.shows(await shownOf(host));
    expect(await tab.numbers()).toEqual(upTo(6));
    expect(await streamsOf(host)).toBe(1);
  });

  test('an event that is garbled is not passed over: the page asks for what was in it', async () => {
    const host = await stage.host();
    const hello = JSON.stringify({ epoch: 'x', pingSeconds: 10, uiVersion: '' });
    const tab = await stage.tab();
    await tab.page.route('**/api/stream*', (route) =>
      route.fulfill({
        contentType: 'text/event-stream',
        body: `event: hello\ndata: ${hello}\n\ndata: {"epo\n\n`,
      }),
    );
    new Counter().log(3);
    await tab.goto(`${host.url}/log-console#token=${OPERATOR}`);
    await tab.state('Live (slower mode)');
    await tab.shows(await shownOf(host));
    expect(await tab.numbers()).toEqual(upTo(3));
  });

  test('a server that vanished without a word is noticed, and every line comes when it is back', async () => {
    const host = await stage.host();
    const relay = stage.closeLater(await startRelay(host.url));
    const tab = await stage.tab();
    await tab.page.clock.install();
    await stage.open(tab, relay);
    const counter = new Counter();
    counter.log(3);
    const before = await shownOf(host);
    await tab.shows(before);
    relay.vanish();
    counter.log(3);
    await tab.page.clock.fastForward(26_000);
    await eventually(() => expect(tab.requested.join('\n')).toContain('/api/entries?after='));
    await tab.page.clock.fastForward(16_000);
    await tab.state(LOST);
    await tab.shows(before);
    relay.cut();
    await tab.button('Try now').click();
    await tab.state('Live');
    await tab.shows(await shownOf(host));
    expect(await tab.numbers()).toEqual(upTo(6));
  });
});

function streamsAsked(tab: Tab): string[] {
  return tab.requested.filter((url) => url.includes('/api/stream'));
}

async function expectInView(tab: Tab, text: string): Promise<void> {
  await settled(tab);
  const row = await tab
    .row(new RegExp(`${text}\\b`))
    .first()
    .boundingBox();
  const view = await tab.page.getByRole('main').boundingBox();
  expect(row!.y).toBeGreaterThanOrEqual(view!.y);
  expect(row!.y + row!.height).toBeLessThanOrEqual(view!.y + view!.height);
}
