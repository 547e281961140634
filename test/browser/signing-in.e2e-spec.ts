import { UnauthorizedException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { type ServerResponse } from 'node:http';
import { type Request } from 'playwright-core';
import {
  Counter,
  describeInChromiumOnEach,
  eventually,
  OPERATOR,
  streamsOf,
  upTo,
  type Tab,
} from '../support/browser.js';
import { type HostOptions } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { startRelay } from '../support/proxies.js';

const FIRST_LINE = 'Nest application successfully started';

describeInChromiumOnEach('Signing in with a token', (stage) => {
  test('somebody without a link is shown a form and nothing else; the token goes with the form', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    await tab.goto(`${host.url}/log-console`);
    await tab.state('Signed out');
    expect(await tab.status.innerText()).toBe('Signed out Sign in to see the lines.');
    expect(await tab.token.getAttribute('type')).toBe('password');
    expect(await tab.focusable()).toEqual(['button More', 'button Sign in', 'textbox Token']);
    expect(await tab.page.getByRole('link').count()).toBe(0);

    await tab.signIn(OPERATOR);
    await tab.state('Live');
    await tab.row(FIRST_LINE).waitFor();
    await tab.token.waitFor({ state: 'detached' });
    expect(await tab.page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toContain(
      OPERATOR,
    );
  });

  test('a link with a wrong token says so; the field stays there to be corrected, and the right one then works', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    await tab.goto(`${host.url}/log-console#token=wrong`);
    const refused = tab.page.getByRole('alert');
    const words = 'Not signed in This token was not accepted. Check that it is complete, and try again.';
    await eventually(async () => expect(await refused.innerText()).toBe(words));
    expect(tab.page.url()).toBe(`${host.url}/log-console`);

    await tab.signIn(OPERATOR.slice(0, -1));
    await eventually(async () => expect(await refused.innerText()).toBe(words));
    await tab.token.press('End');
    await tab.token.press('=');
    await tab.token.press('Enter');
    await tab.state('Live');
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
      expect(await tab.page.getByRole('alert').innerText()).toBe(
        'Not signed in Too many wrong tokens. Wait a minute, then try again.',
      ),
    );
    await tab.signIn(OPERATOR);
    await tab.state('Live');
  });

  test('a server that does not answer is told from a wrong token', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    await tab.goto(`${host.url}/log-console`);
    await tab.state('Signed out');
    await tab.page.context().setOffline(true);
    await tab.signIn(OPERATOR);
    await eventually(async () =>
      expect(await tab.page.getByRole('alert').innerText()).toBe(
        'Not signed in The server did not answer. Try again.',
      ),
    );
    await tab.page.context().setOffline(false);
    await tab.button('Sign in').click();
    await tab.state('Live');
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

  test('the keyboard alone signs in and out; the lines go, the stream ends, and a reload brings nothing back', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    const { keyboard } = tab.page;
    await tab.goto(`${host.url}/log-console`);
    await tab.state('Signed out');
    await keyboard.type(OPERATOR);
    await keyboard.press('Enter');
    await tab.row(FIRST_LINE).waitFor();

    await tab.tabTo('More');
    await keyboard.press('Enter');
    await tab.page.getByText('operator-1 (operator)').waitFor();
    await tab.tabTo('Sign out');
    await keyboard.press('Enter');
    await tab.state('Signed out');
    expect(await tab.rows.count()).toBe(0);
    await eventually(async () => expect(await streamsOf(host)).toBe(0));
    await tab.page.reload();
    await tab.state('Signed out');
  });

  test('signing out that does not reach the server is said, and the lines stay', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    await tab.row(FIRST_LINE).waitFor();
    await tab.page.route('**/api/session', (route) => route.abort());
    await tab.button('More').click();
    await tab.button('Sign out').click();
    await tab.page
      .getByRole('alert')
      .getByText('You are still signed in: the server did not answer. Try again.')
      .waitFor();
    expect(await tab.row(FIRST_LINE).isVisible()).toBe(true);
  });
});

describeInChromiumOnEach('A session that ends', (stage) => {
  /** What a server in front of the console may answer somebody whose session is over. */
  const ANSWERS: Readonly<Record<string, ((response: ServerResponse) => void) | undefined>> = {
    'a 401 of the console itself': undefined,
    'a redirect to a sign-in page': (response) => response.writeHead(302, { location: '/sign-in' }).end(),
    'a sign-in page in place of the answer': (response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>'),
  };

  test.each(Object.keys(ANSWERS))(
    '%s: signed out, the lines stay, and nothing is missing after',
    async (name) => {
      const answer = ANSWERS[name];
      let isOver = false;
      const host = await stage.host({
        prepare: (app) =>
          app.use(({ url = '' }: { url?: string }, response: ServerResponse, next: () => void) =>
            isOver && answer && url.includes('/api/') ? answer(response) : next(),
          ),
      });
      const relay = stage.closeLater(await startRelay(host.url));
      const tab = await stage.live(relay);
      const counter = new Counter();
      counter.log(5);
      await tab.row(/line 5$/).waitFor();

      isOver = true;
      const cookies = await tab.page.context().cookies();
      if (!answer) await tab.page.context().clearCookies();
      relay.cut();
      await tab.state('Signed out');
      expect(await tab.status.innerText()).toBe(
        'Signed out Your session ended. Sign in again; the lines on screen stay here until you close the tab.',
      );
      expect(await tab.numbers()).toEqual(upTo(5));
      expect(await tab.button('Clear for everyone…').isDisabled()).toBe(true);

      counter.log(5);
      isOver = false;
      await tab.signIn(OPERATOR);
      await tab.row(/line 10$/).waitFor();
      expect(await tab.numbers()).toEqual(upTo(10));
      expect(cookies.map(({ httpOnly, sameSite }) => ({ httpOnly, sameSite }))).toEqual([
        { httpOnly: true, sameSite: 'Strict' },
      ]);
    },
  );
});

/** The host's own sign-in: a word in the `Authorization` header, as a JSON Web Token would be. */
class WordGuard implements CanActivate {
  static word = '';

  canActivate(context: ExecutionContext): boolean {
    const incoming = context.switchToHttp().getRequest<{
      headers: { authorization?: string };
      user?: object;
    }>();
    if (incoming.headers.authorization !== `Bearer ${WordGuard.word}`) throw new UnauthorizedException();
    incoming.user = { username: 'ann', role: 'operator' };
    return true;
  }
}

describeInChromiumOnEach('Signing in where the host has its own guards', (stage) => {
  const guarded: HostOptions = { options: { access: { guards: [WordGuard], tokens: [] } } };

  /** The requests to the API, and what each said of who asks. */
  function apiRequests(tab: Tab): Request[] {
    const made: Request[] = [];
    tab.page.on('request', (one) => one.url().includes('/log-console/api/') && made.push(one));
    return made;
  }

  test('what they take is sent with every request – lines, stream, clear, download – and kept for this tab only', async () => {
    WordGuard.word = 'header.payload-of-the-host.signature';
    const host = await stage.host(guarded);
    const counter = new Counter();
    counter.log(3);
    const tab = await stage.tab();
    await tab.goto(`${host.url}/log-console`);
    await tab.signIn(WordGuard.word);
    await tab.state('Live');
    await tab.row(/line 3$/).waitFor();
    expect(await tab.page.context().cookies()).toEqual([]);

    const made = apiRequests(tab);
    await tab.page.reload();
    await tab.row(/line 3$/).waitFor();
    await tab.button('Download').click();
    const saved = tab.page.waitForEvent('download');
    await tab.button('JSON lines').click();
    const lines = readFileSync(await (await saved).path(), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.slice(-3).map((line) => (JSON.parse(line) as { message: string }).message)).toEqual([
      'line 1',
      'line 2',
      'line 3',
    ]);
    await tab.page.keyboard.press('Escape');
    await tab.button('Clear for everyone…').click();
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Clear for everyone' }).click();
    await tab.row(/^ann cleared the list at/).waitFor();

    const asked = made.map((one) => `${one.method()} ${new URL(one.url()).pathname.split('/').at(-1)}`);
    expect(asked).toEqual(
      expect.arrayContaining(['GET session', 'GET stream', 'GET export', 'DELETE entries']),
    );
    for (const one of made) expect(await one.headerValue('authorization')).toBe(`Bearer ${WordGuard.word}`);

    const other = await tab.page.context().newPage();
    await other.goto(`${host.url}/log-console`);
    await other.getByText('Sign in to see the lines.').waitFor();
  });

  test('when it is not taken any more the lines stay, the next one goes on, and signing out forgets it', async () => {
    WordGuard.word = 'first';
    const host = await stage.host(guarded);
    const relay = stage.closeLater(await startRelay(host.url));
    const counter = new Counter();
    const tab = await stage.tab();
    await tab.goto(`${relay.url}/log-console#token=first`);
    await tab.state('Live');
    counter.log(3);
    await tab.row(/line 3$/).waitFor();

    WordGuard.word = 'second';
    relay.cut();
    await tab.state('Signed out');
    expect(await tab.numbers()).toEqual(upTo(3));
    counter.log(3);
    await tab.signIn('first');
    await tab.page.getByRole('alert').getByText('This token was not accepted.').waitFor();
    await tab.signIn('second');
    await tab.row(/line 6$/).waitFor();

    await tab.button('More').click();
    await tab.button('Sign out').click();
    await tab.state('Signed out');
    expect(await tab.page.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
    await tab.page.reload();
    await tab.state('Signed out');
  });

  test('a page of the host to sign in is linked above the field', async () => {
    const signInUrl = '/login?next=/log-console&why="logs"';
    const host = await stage.host({ options: { ui: { signInUrl }, access: { guards: [WordGuard] } } });
    const tab = await stage.tab();
    await tab.goto(`${host.url}/log-console`);
    await tab.state('Signed out');
    const link = tab.page.getByRole('link', { name: 'Go to the sign-in page' });
    expect(await link.getAttribute('href')).toBe(signInUrl);
    await tab.signIn(OPERATOR);
    await tab.state('Live');
    await link.waitFor({ state: 'detached' });
  });
});
