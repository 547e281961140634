import { Logger } from '@nestjs/common';
import { Counter, describeInChromium, eventually, serviceOf, upTo, VIEWER } from '../support/browser.js';

describeInChromium('Clearing', (stage) => {
  test('a viewer reads, and is not offered to clear', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    await tab.goto(`${host.url}/log-console#token=${VIEWER}`);
    await tab.state('Live');
    await tab.page.getByText('viewer-1 (viewer)').waitFor();
    expect(await tab.button('Pause').isVisible()).toBe(true);
    expect(await tab.button('Clear for everyone…').isVisible()).toBe(false);
  });

  test('an operator clears: the lines go in every tab, which says who did it and when', async () => {
    const host = await stage.host();
    const counter = new Counter();
    counter.log(30);
    const tab = await stage.live(host);
    const other = await stage.live(host);
    await other.row('line 30').waitFor();

    await tab.button('Clear for everyone…').click();
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Clear for everyone' }).click();
    for (const one of [tab, other]) {
      await one.row(/^operator-1 cleared the list at \d\d:\d\d:\d\d\.$/).waitFor();
      await one.row(/Warning\s*LogConsole\s*operator-1 cleared \d+ entries/).waitFor();
      await eventually(async () => expect(await one.numbers()).toEqual([]));
    }
    counter.log(1);
    await other.row('line 31').waitFor();
  });

  test('the notice stays also where the server tells everybody before it answers the one who clears', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    new Counter().log(1);
    await tab.row('line 1').waitFor();
    const notice = tab.row(/^operator-1 cleared the list/);
    await tab.page.route('**/api/entries?upTo=*', async (route) => {
      const response = await route.fetch();
      await notice.waitFor();
      await route.fulfill({ response });
    });
    const answered = tab.page.waitForResponse((response) => response.request().method() === 'DELETE');
    await tab.button('Clear for everyone…').click();
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Clear for everyone' }).click();
    await (await answered).finished();
    new Logger('Boiler').log('all well');
    await tab.row('all well').waitFor();
    expect(await notice.count()).toBe(1);
  });

  test('the dialog keeps the lines unless it is told otherwise: Esc, Enter, and its first button', async () => {
    const host = await stage.host();
    new Counter().log(3);
    const tab = await stage.live(host);
    await tab.row('line 3').waitFor();
    const dialog = tab.page.getByRole('dialog', { name: 'Clear for everyone?' });
    for (const keep of [
      () => tab.page.keyboard.press('Escape'),
      () => tab.page.keyboard.press('Enter'),
      () => dialog.getByRole('button', { name: 'Keep the lines' }).click(),
    ]) {
      await tab.button('Clear for everyone…').click();
      await dialog.waitFor();
      await keep();
      await dialog.waitFor({ state: 'hidden' });
    }
    expect((await serviceOf(host).stats()).cleared).toBe(0);
    expect(await tab.numbers()).toEqual(upTo(3));
  });

  test('lines that arrive while the dialog is open are not cleared', async () => {
    const host = await stage.host();
    const counter = new Counter();
    counter.log(3);
    const tab = await stage.live(host);
    await tab.row('line 3').waitFor();
    await tab.button('Clear for everyone…').click();
    counter.log(2);
    await tab.row('line 5').waitFor();
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Clear for everyone' }).click();
    await eventually(async () => expect(await tab.numbers()).toEqual([4, 5]));
  });

  test('Esc after an earlier clear still keeps the lines', async () => {
    const host = await stage.host();
    const counter = new Counter();
    const tab = await stage.live(host);
    const clear = tab.button('Clear for everyone…');
    const dialog = tab.page.getByRole('dialog');
    counter.log(1);
    await tab.row('line 1').waitFor();
    await clear.click();
    await dialog.getByRole('button', { name: 'Clear for everyone' }).click();
    await tab.row('cleared the list').waitFor();
    counter.log(1);
    await tab.row('line 2').waitFor();
    await clear.click();
    await tab.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    counter.log(1);
    await tab.row('line 3').waitFor();
    expect(await tab.numbers()).toEqual([2, 3]);
    expect(tab.requested.filter((url) => url.includes('upTo='))).toHaveLength(1);
  });

  test('what somebody clears while a tab rests goes from it on return, and it says how many it never saw', async () => {
    const host = await stage.host();
    const counter = new Counter();
    const tab = await stage.live(host);
    counter.log(3);
    await tab.row('line 3').waitFor();
    await tab.hide(true);
    counter.log(7);
    await serviceOf(host).clear({ by: 'operator-2' });
    await tab.hide(false);
    await tab.row('7 lines are missing here: somebody cleared the list.').waitFor();
    await tab.row('operator-2 cleared').waitFor();
    expect(await tab.numbers()).toEqual([]);
  });

  test('a clear by the application itself is told as that', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    await tab.row('Nest application successfully started').waitFor();
    await serviceOf(host).clear();
    await tab.row(/^The application cleared the list at/).waitFor();
    await eventually(async () => expect(await tab.rows.count()).toBe(2));
  });

  test('a clear that fails is said in words, and nothing goes from the page', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    new Counter().log(2);
    await tab.row('line 2').waitFor();
    await tab.page.route('**/api/entries*', (route) => route.abort());
    await tab.button('Clear for everyone…').click();
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Clear for everyone' }).click();
    await tab.page
      .getByRole('alert')
      .getByText('The list was not cleared: the server refused, or did not answer. Try again.')
      .waitFor();
    expect(await tab.numbers()).toEqual(upTo(2));
  });
});
