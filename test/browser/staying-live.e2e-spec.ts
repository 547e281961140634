import { type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LogConsoleModule } from 'nestjs-log-console';
import {
  ACCESS,
  Counter,
  describeInChromium,
  eventually,
  serviceOf,
  streamsOf,
  upTo,
} from '../support/browser.js';
import { startRelay } from '../support/proxies.js';

/** A server that can come back where it was. */
async function startOn(port: number): Promise<INestApplication> {
  const root = LogConsoleModule.forRoot({ access: ACCESS, forward: false });
  const app = await NestFactory.create(root, { abortOnError: false });
  await app.listen(port, '127.0.0.1');
  return app;
}

describeInChromium('A tab in the background', (stage) => {
  test('gives its stream back to the server, and has every line when somebody comes back', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    const counter = new Counter();
    counter.log(5);
    await tab.row('line 5').waitFor();
    expect(await streamsOf(host)).toBe(1);

    await tab.hide(true);
    await tab.state('Resting');
    await eventually(async () => expect(await streamsOf(host)).toBe(0));
    counter.log(70);
    await tab.hide(false);
    await tab.state('Live');
    await eventually(async () => expect(await tab.numbers()).toEqual(upTo(75)));
    expect(await streamsOf(host)).toBe(1);
  });

  test('is told exactly how many lines the server could not keep for it', async () => {
    const host = await stage.host({ options: { capacity: 100 } });
    const tab = await stage.live(host);
    const counter = new Counter();
    counter.log(5);
    await tab.row('line 5').waitFor();

    await tab.hide(true);
    counter.log(1412);
    await tab.hide(false);
    await tab.row('1,312 lines are missing here: too many arrived at once.').waitFor();
    await eventually(async () => expect(await tab.numbers()).toEqual([...upTo(5), ...upTo(1417, 1318)]));
  });

  test('one line that is missing is not called "lines"', async () => {
    const host = await stage.host({ options: { capacity: 100 } });
    const tab = await stage.live(host);
    await tab.row('Nest application successfully started').waitFor();
    await tab.hide(true);
    new Counter().log(101);
    await tab.hide(false);
    await tab.row(/^1 line is missing here: too many arrived at once\.$/).waitFor();
  });
});

describeInChromium('Pausing', (stage) => {
  test('the lines on screen stay, the button counts exactly what waits, and resuming shows it', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    const counter = new Counter();
    counter.log(5);
    await tab.row('line 5').waitFor();

    await tab.button('Pause').click();
    await tab.state('Paused');
    counter.log(300);
    await tab.button('Resume (300 waiting)').waitFor();
    expect(await tab.numbers()).toEqual(upTo(5));
    await tab.button('Resume (300 waiting)').click();
    await tab.state('Live');
    expect(await tab.numbers()).toEqual(upTo(305));
    expect(await tab.button('Pause').isVisible()).toBe(true);
  });

  test('a long pause counts on, and ends with the newest 500 lines', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    await tab.button('Pause').click();
    const counter = new Counter();
    counter.log(1500);
    await tab.button('Resume (1,500 waiting)').click();
    await tab.state('Live');
    expect(await tab.numbers()).toEqual(upTo(1500, 1001));
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
    await tab.button('Resume (7 waiting)').click();
    await tab.row('operator-2 cleared the list at').waitFor();
    expect(await tab.numbers()).toEqual([11]);
  });
});

describeInChromium('The connection', (stage) => {
  test('a restarted server: the lines are kept, the page says so, and is live again by itself', async () => {
    const first = stage.closeLater(await startOn(0));
    const url = (await first.getUrl()).replace('[::1]', '127.0.0.1');
    const tab = await stage.live({ url });
    const counter = new Counter();
    counter.log(5);
    await tab.row('line 5').waitFor();

    await first.close();
    await tab.state('Connection lost, trying again…');
    expect(await tab.status.innerText()).toContain('The lines you see are kept. You do not need to reload.');
    expect(await tab.numbers()).toEqual(upTo(5));
    expect(await tab.button('Clear for everyone…').isDisabled()).toBe(true);

    stage.closeLater(await startOn(Number(new URL(url).port)));
    await tab.state('Live');
    await tab.row('The server restarted. Lines from just before may be missing here.').waitFor();
    counter.log(5);
    await eventually(async () => expect(await tab.numbers()).toEqual(upTo(10)));
    expect(await tab.row('The server restarted').count()).toBe(1);
  });

  test('cut three times while lines pour in: every line is there once, in order', async () => {
    const host = await stage.host();
    const relay = stage.closeLater(await startRelay(host.url));
    const tab = await stage.live(relay);
    const counter = new Counter();
    const load = stage.closeLater(counter.every(15, 450));
    for (let cut = 0; cut < 3; cut++) {
      await tab.row(`line ${counter.last + 1}`).waitFor();
      relay.cut();
      await tab.state('Connection lost, trying again…');
      await tab.state('Live');
    }
    load.close();
    await eventually(async () => expect(await tab.numbers()).toEqual(upTo(counter.last)));
    expect(await tab.row('missing').count()).toBe(0);
  });

  test('while nobody answers the page keeps trying, and goes on where it was', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    const counter = new Counter();
    counter.log(3);
    await tab.row('line 3').waitFor();
    await tab.hide(true);
    await tab.page.route('**/api/**', (route) =>
      route.fulfill({ status: 502, body: '<h1>Bad gateway</h1>' }),
    );
    await tab.hide(false);
    await tab.state('Connection lost, trying again…');
    counter.log(3);
    await tab.page.unroute('**/api/**');
    await tab.state('Live');
    await eventually(async () => expect(await tab.numbers()).toEqual(upTo(6)));
  });
});
