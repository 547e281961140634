import {
  Counter,
  describeInChromium,
  eventually,
  OPERATOR,
  serviceOf,
  upTo,
  VIEWER,
} from '../support/browser.js';
import { request } from '../support/http-client.js';

describeInChromium('Signing in', (stage) => {
  test('somebody without a link signs in with a token, and the token does not stay on the page', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    await tab.goto(`${host.url}/log-console`);
    await tab.state('Signed out');
    expect(await tab.button('Pause').isVisible()).toBe(false);
    expect(await tab.token.getAttribute('type')).toBe('password');

    await tab.signIn(OPERATOR);
    await tab.state('Live');
    expect(await tab.token.isVisible()).toBe(false);
    expect(await tab.token.inputValue()).toBe('');
    await tab.row('Nest application successfully started').waitFor();
  });

  test('a wrong token is refused in plain words, stays there to be corrected, and the right one then works', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    await tab.goto(`${host.url}/log-console`);
    await tab.signIn(OPERATOR.slice(0, -1));

    await tab.state('Not signed in');
    expect(await tab.status.innerText()).toBe(
      'Not signed in This token was not accepted. Check that it is complete, and try again.',
    );
    await tab.token.press('End');
    await tab.token.press('=');
    await tab.token.press('Enter');
    await tab.state('Live');
  });

  test('a link with a wrong token says so and offers the form', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    await tab.goto(`${host.url}/log-console#token=wrong`);
    await tab.state('Not signed in');
    expect(await tab.token.isVisible()).toBe(true);
    expect(tab.page.url()).toBe(`${host.url}/log-console`);
  });

  test('too many wrong tokens: the page says how long to wait, and the right one passes all the same', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    await tab.goto(`${host.url}/log-console`);
    await tab.state('Signed out');
    for (let attempt = 0; attempt < 10; attempt++) {
      await request(`${host.url}/log-console/api/session`, {
        method: 'POST',
        headers: { 'x-log-console': '1' },
        body: { token: 'wrong' },
      });
    }
    await tab.signIn('wrong');
    await eventually(async () =>
      expect(await tab.status.innerText()).toBe(
        'Not signed in Too many wrong tokens. Wait a minute, then try again.',
      ),
    );
    await tab.signIn(OPERATOR);
    await tab.state('Live');
  });

  test('signing out takes the lines off the screen, ends the stream, and a reload does not bring them back', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    await tab.button('Sign out').click();

    await tab.state('Signed out');
    expect(await tab.rows.count()).toBe(0);
    await eventually(async () => expect((await serviceOf(host).stats()).readers.streams).toBe(0));
    await tab.page.reload();
    await tab.state('Signed out');
  });

  test('when a session ends the lines stay on screen, and after signing in again nothing is missing', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    const counter = new Counter();
    counter.log(5);
    await eventually(async () => expect(await tab.numbers()).toEqual(upTo(5)));

    await tab.hide(true);
    await tab.page.context().clearCookies();
    await tab.hide(false);
    await tab.state('Signed out');
    expect(await tab.status.innerText()).toContain(
      'Your session ended. Sign in again; the lines on screen stay',
    );
    expect(await tab.numbers()).toEqual(upTo(5));

    counter.log(5);
    await tab.signIn(OPERATOR);
    await eventually(async () => expect(await tab.numbers()).toEqual(upTo(10)));
  });

  test('who looks away while signing in finds the form as it was left', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    await tab.goto(`${host.url}/log-console`);
    await tab.token.fill('half a tok');
    await tab.hide(true);
    await tab.hide(false);
    await tab.state('Signed out');
    expect(await tab.token.inputValue()).toBe('half a tok');
    expect(await tab.token.evaluate((field) => field === document.activeElement)).toBe(true);
  });

  test('somebody without rights to read is told whom to ask', async () => {
    const abilities = { read: 'operator' } as const;
    const host = await stage.host({ options: { access: { abilities } } });
    const tab = await stage.tab();
    await tab.goto(`${host.url}/log-console#token=${VIEWER}`);
    await tab.state('No access');
    expect(await tab.status.innerText()).toContain('Ask your administrator for the “log viewer” right.');
  });

  test('the keyboard alone signs in, pauses, resumes and signs out', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    const { keyboard } = tab.page;
    await tab.goto(`${host.url}/log-console`);
    await tab.state('Signed out');
    await keyboard.press('Tab');
    await keyboard.type(OPERATOR);
    await keyboard.press('Enter');
    await tab.state('Live');

    await tab.tabTo('Pause');
    await keyboard.press('Space');
    await tab.state('Paused');
    await keyboard.press('Enter');
    await tab.state('Live');
    await tab.tabTo('Sign out');
    await keyboard.press('Enter');
    await tab.state('Signed out');
  });
});

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
