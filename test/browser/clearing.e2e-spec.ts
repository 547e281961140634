import { type Locator } from 'playwright-core';
import { Counter, describeInChromium, OPERATOR, serviceOf, upTo, type Tab } from '../support/browser.js';

const TOLD_WITHIN_MS = 2000;

const dialogOf = (tab: Tab): Locator => tab.page.getByRole('dialog', { name: 'Clear for everyone?' });

async function ask(tab: Tab): Promise<Locator> {
  await tab.button('Clear for everyone…').click();
  const dialog = dialogOf(tab);
  await dialog.waitFor();
  return dialog;
}

async function clear(tab: Tab): Promise<void> {
  await (await ask(tab)).getByRole('button', { name: 'Clear for everyone' }).click();
}

const line = (tab: Tab, number: number): Locator => tab.row(new RegExp(`line ${number}$`));

describeInChromium('Clearing for everyone', (stage) => {
  test('asks first and says how many lines; in every tab it then says who did it and when, within two seconds', async () => {
    const host = await stage.host();
    const counter = new Counter();
    counter.log(3000);
    const held = (await serviceOf(host).stats()).held.entries;
    const tab = await stage.live(host);
    const other = await stage.live(host);
    for (const one of [tab, other]) await one.shows(held);

    const dialog = await ask(tab);
    expect(await dialog.innerText()).toContain(
      `${held.toLocaleString('en')} lines will be removed from the server's live list. Everybody who has this page open ` +
        'will see an empty list. This cannot be undone. Log files on the server are not touched.',
    );
    const clearedAt = performance.now();
    await dialog.getByRole('button', { name: 'Clear for everyone' }).click();
    const notice = /^operator-1 cleared the list at \d\d:\d\d:\d\d\.$/;
    await other.row(notice).waitFor();
    expect(performance.now() - clearedAt).toBeLessThan(TOLD_WITHIN_MS);
    for (const one of [tab, other]) {
      await one.row(notice).waitFor();
      await one.row(/Warning\s*LogConsole\s*operator-1 cleared [\d,]+ entries/).waitFor();
      await one.shows(1);
    }
    counter.log(1);
    for (const one of [tab, other]) {
      await line(one, 3001).waitFor();
      expect(await one.row(notice).count()).toBe(1);
    }
  });

  test('keeps the lines unless it is told otherwise: Esc, Enter, and its first button', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    new Counter().log(3);
    await line(tab, 3).waitFor();
    for (const keep of [
      () => tab.page.keyboard.press('Escape'),
      () => tab.page.keyboard.press('Enter'),
      () => dialogOf(tab).getByRole('button', { name: 'Keep the lines' }).click(),
    ]) {
      const dialog = await ask(tab);
      await keep();
      await dialog.waitFor({ state: 'hidden' });
    }
    expect((await serviceOf(host).stats()).cleared).toBe(0);
    expect(tab.requested.filter((url) => url.includes('upTo='))).toEqual([]);
    expect(await tab.numbers()).toEqual(upTo(3));
  });

  test('keeps what arrives while it asks, what waits while the page is paused, and Esc after a clear keeps all', async () => {
    const host = await stage.host();
    const counter = new Counter();
    const tab = await stage.live(host);
    counter.log(3);
    await line(tab, 3).waitFor();
    let dialog = await ask(tab);
    counter.log(2);
    await line(tab, 5).waitFor();
    await dialog.getByRole('button', { name: 'Clear for everyone' }).click();
    await tab.row('cleared the list').waitFor();
    expect(await tab.numbers()).toEqual([4, 5]);

    dialog = await ask(tab);
    await tab.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await tab.button('Pause').click();
    counter.log(3);
    await tab.page.getByText('3 lines are waiting.').waitFor();
    await clear(tab);
    await tab.page.getByRole('button', { name: /^Resume \(/ }).click();
    await line(tab, 8).waitFor();
    expect(await tab.numbers()).toEqual([6, 7, 8]);
  });

  test('says it once also where the server tells everybody before it answers the one who clears', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    const counter = new Counter();
    counter.log(1);
    await line(tab, 1).waitFor();
    const notice = tab.row(/^operator-1 cleared the list/);
    await tab.page.route('**/api/entries?upTo=*', async (route) => {
      const response = await route.fetch();
      await notice.waitFor();
      await route.fulfill({ response });
    });
    const answered = tab.page.waitForResponse((response) => response.request().method() === 'DELETE');
    await clear(tab);
    await (await answered).finished();
    counter.log(1);
    await line(tab, 2).waitFor();
    expect(await notice.count()).toBe(1);
  });

  test('that fails is said in words, and nothing goes from the page', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    new Counter().log(2);
    await line(tab, 2).waitFor();
    await tab.page.route('**/api/entries*', (route) => route.abort());
    await clear(tab);
    await tab.page
      .getByRole('alert')
      .getByText('The list was not cleared: the server refused, or did not answer. Try again.')
      .waitFor();
    expect(await tab.numbers()).toEqual(upTo(2));
    expect((await serviceOf(host).stats()).cleared).toBe(0);
  });

  test('is not offered while the connection is lost, nor where there is nothing to clear', async () => {
    const host = await stage.host({ options: { level: 'fatal' } });
    const tab = await stage.live(host);
    const button = tab.button('Clear for everyone…');
    await tab.page.getByText('No lines yet.').waitFor();
    expect(await button.isDisabled()).toBe(true);

    const stopped = await stage.host();
    const other = await stage.live(stopped);
    await other.row('Nest application successfully started').waitFor();
    expect(await other.button('Clear for everyone…').isEnabled()).toBe(true);
    await stopped.close();
    await other.state('Connection lost, trying again…');
    expect(await other.button('Clear for everyone…').isDisabled()).toBe(true);
  });
});

describeInChromium('What others clear', (stage) => {
  test('by the application itself is told as that', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    await tab.row('Nest application successfully started').waitFor();
    await serviceOf(host).clear();
    await tab.row(/^The application cleared the list at/).waitFor();
    await tab.shows(1);
  });

  test('while a tab rests goes from it on return, and it says how many lines it never saw', async () => {
    const host = await stage.host();
    const counter = new Counter();
    const tab = await stage.tab();
    await tab.page.clock.install();
    await tab.goto(`${host.url}/log-console#token=${OPERATOR}`);
    await tab.state('Live');
    counter.log(3);
    await line(tab, 3).waitFor();
    await tab.hide(true);
    await tab.page.clock.fastForward(31_000);
    await tab.state('Resting');
    counter.log(7);
    await serviceOf(host).clear({ by: 'operator-2' });
    await tab.hide(false);
    await tab.row('7 lines are missing here: somebody cleared the list.').waitFor();
    await tab.row('operator-2 cleared').waitFor();
    expect(await tab.numbers()).toEqual([]);
  });
});

describeInChromium('Cleaning my own view', (stage) => {
  test('takes the lines off this page only, goes on, and brings them back at their place', async () => {
    const host = await stage.host();
    const counter = new Counter();
    counter.log(10);
    const tab = await stage.live(host);
    const other = await stage.live(host);
    const { entries } = (await serviceOf(host).stats()).held;
    for (const one of [tab, other]) await one.shows(entries);

    await tab.button('Clean my view').click();
    await tab.page.getByText('Your view is clean. New lines will appear here.').waitFor();
    await tab.shows(0);
    counter.log(2);
    await line(tab, 12).waitFor();
    expect(await tab.numbers()).toEqual([11, 12]);
    await other.shows(entries + 2);
    expect((await serviceOf(host).stats()).cleared).toBe(0);

    await tab.button(`Bring back ${entries} lines`).click();
    await tab.shows(entries + 2);
    expect(await tab.numbers()).toEqual(upTo(12));
    expect(await tab.button('Clean my view').isVisible()).toBe(true);
  });
});
