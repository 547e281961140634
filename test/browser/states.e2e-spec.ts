import { Logger } from '@nestjs/common';
import { type Locator } from 'playwright-core';
import { Counter, describeInChromium, eventually, OPERATOR, type Tab } from '../support/browser.js';
import { type Host } from '../support/host-app.js';
import { startRelay } from '../support/proxies.js';

const FIRST_LINE = 'Nest application successfully started';

async function says(tab: Tab, words: string): Promise<void> {
  await eventually(async () => expect(await tab.status.innerText()).toBe(words));
}

function banner(tab: Tab, text: string): Locator {
  return tab.page.getByRole('paragraph').filter({ hasText: text });
}

describeInChromium('What the page says of itself', (stage) => {
  test('while nobody answers: connecting, and after ten seconds that it is still trying', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    await tab.page.clock.install();
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    await tab.page.route('**/api/session', async (route) => {
      await answered;
      await route.continue();
    });
    await tab.goto(`${host.url}/log-console`);
    await says(tab, 'Connecting… Opening the live view.');
    await tab.page.clock.fastForward(9000);
    await says(tab, 'Connecting… Opening the live view.');
    await tab.page.clock.fastForward(2500);
    await says(tab, 'Connecting… Still trying. Is the server running?');
    answer();
    await says(tab, 'Signed out Sign in to see the lines.');
  });

  test('where there is no console: that it is not available', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    await tab.page.route('**/api/session', (route) => route.continue({ url: `${host.url}/no-such-console` }));
    await tab.goto(`${host.url}/log-console`);
    await says(tab, 'Not available There is no log console here, or it is switched off on this server.');
    expect(await tab.focusable()).toEqual(['button More']);
  });

  test('before the first line: that lines will come; where the filters let none through: which, with a way back', async () => {
    const host = await stage.host({ options: { level: 'fatal' } });
    const tab = await stage.live(host);
    const empty = tab.page.getByText('No lines yet. They will appear here as soon as the server writes one.');
    await empty.waitFor();
    await tab.shows(0);
    new Logger('Boiler').fatal('No pressure');
    await tab.row('No pressure').waitFor();
    expect(await empty.isVisible()).toBe(false);

    await tab.page.getByRole('button', { name: /^Error/ }).dblclick();
    await tab.page.getByLabel('Search').fill('aisle 17');
    await tab.page.getByText('No line matches: Error, “aisle 17”.').waitFor();
    await tab.shows(0, 1);
    await tab.button('Show everything').click();
    await tab.row('No pressure').waitFor();
  });

  test('after a deployment: that the page was updated; it loads the new one when it is asked to', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    const page = `${host.url}/log-console`;
    await tab.page.route(page, async (route) => {
      const response = await route.fetch();
      const before = (await response.text()).replace(/(name="ui-version" content=)"\w+"/, '$1"before"');
      await route.fulfill({ response, body: before });
    });
    await tab.goto(`${page}#token=${OPERATOR}`);
    await tab.row(FIRST_LINE).waitFor();
    const updated = banner(tab, 'This page was updated.');
    await updated.waitFor();
    new Counter().log(1);
    await tab.row(/line 1$/).waitFor();

    await tab.page.unroute(page);
    await updated.getByRole('button', { name: 'Reload' }).click();
    await updated.waitFor({ state: 'detached' });
    await tab.row(/line 1$/).waitFor();
    await tab.state('Live');
    expect(await updated.count()).toBe(0);
  });

  test('when servers without a shared store take turns: that they do, with no line twice', async () => {
    const first = await stage.host({ options: { instance: 'web-1' } });
    const second = await stage.host({ options: { instance: 'web-2' } });
    let { url } = first;
    const balancer = stage.closeLater(await startRelay(() => url));
    const tab = await stage.tab();
    await tab.goto(`${balancer.url}/log-console#token=${OPERATOR}`);
    await tab.row(FIRST_LINE).first().waitFor();
    const turns = banner(
      tab,
      'Several servers answer; this page shows them in turn. Ask your administrator for a shared store.',
    );
    const counter = new Counter();
    const turnTo = async (host: Host): Promise<void> => {
      ({ url } = host);
      balancer.cut();
      counter.log(1);
      const line = tab.row(new RegExp(`line ${counter.last}$`));
      await eventually(async () => expect(await line.count()).toBeGreaterThan(0));
    };
    await turnTo(second);
    expect(await turns.count()).toBe(0);
    await turnTo(first);
    await turns.waitFor();
    await turnTo(second);
    // Both applications run in this process, so that each has every line; the last was read of one of them.
    expect((await tab.numbers()).toSorted((a, b) => a - b)).toEqual([1, 1, 2, 2, 3]);
  });

  test('when a line cannot be copied: that a file was saved instead', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    new Logger('Shelves').error('No room');
    await tab.page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('No.', 'NotAllowedError'));
      Object.assign(document, { execCommand: () => false });
    });
    await tab.row('No room').click();
    const saved = tab.page.waitForEvent('download');
    await tab.button('Copy this line').click();
    expect((await saved).suggestedFilename()).toBe('line.txt');
    await tab.page
      .getByRole('alert')
      .getByText('Copying is blocked by the browser, so a file was saved instead.')
      .waitFor();
  });
});
