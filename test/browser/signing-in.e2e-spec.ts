import {
  Counter,
  describeInChromium,
  eventually,
  OPERATOR,
  streamsOf,
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
    await eventually(async () => expect(await streamsOf(host)).toBe(0));
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

  test('everything that can be operated has a name for a screen reader', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    await tab.goto(`${host.url}/log-console`);
    await tab.state('Signed out');
    expect(await tab.focusable()).toEqual(['button Sign in', 'main', 'textbox Token']);

    await tab.signIn(OPERATOR);
    await tab.row('Nest application successfully started').waitFor();
    await tab.button('Clear for everyone…').click();
    expect(await tab.focusable()).toEqual([
      'button Clear for everyone',
      'button Keep the lines',
      'dialog Clear for everyone?',
    ]);
    await tab.page.keyboard.press('Escape');
    expect(await tab.focusable()).toEqual([
      'button Clear for everyone…',
      'button Pause',
      'button Sign out',
      'main',
    ]);
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
