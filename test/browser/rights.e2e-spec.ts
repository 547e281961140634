import { type CanActivate, type ExecutionContext } from '@nestjs/common';
import { type AccessToken, type Role } from 'nestjs-log-console';
import { Counter, describeInChromium, eventually, serviceOf, VIEWER, type Tab } from '../support/browser.js';
import { startRelay } from '../support/proxies.js';

const FIRST_LINE = 'Nest application successfully started';
const token = 'a-token-of-somebody-with-32-characters-and-more';
const NO_ACCESS =
  'No access Your account is not allowed to see these logs. Ask your administrator for the “log viewer” right.';

/** What the page offers to do, in the order it does. */
async function offers(tab: Tab): Promise<string[]> {
  const names = await tab.page.getByRole('banner').getByRole('button').allInnerTexts();
  const known = [
    'Pause',
    'Copy a report for support',
    'Download',
    'Clean my view',
    'Clear for everyone…',
    'More',
  ];
  return names.filter((name) => known.includes(name));
}

/** Somebody the host has signed in already; their role is the host's to change. */
class RoleGuard implements CanActivate {
  static role: Role | 'guest' = 'operator';

  canActivate(context: ExecutionContext): boolean {
    const incoming = context.switchToHttp().getRequest<{ user?: object }>();
    incoming.user = { username: 'ann', role: RoleGuard.role };
    return true;
  }
}

describeInChromium('Rights', (stage) => {
  test('a viewer reads, searches, pauses and reports; clearing and downloading are not offered, and refused', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    await tab.goto(`${host.url}/log-console#token=${VIEWER}`);
    await tab.row(FIRST_LINE).waitFor();
    expect(await offers(tab)).toEqual(['Pause', 'Copy a report for support', 'Clean my view', 'More']);
    await tab.button('More').click();
    await tab.page.getByText('viewer-1 (viewer)').waitFor();
    await tab.page.keyboard.press('Escape');
    await tab.page.getByLabel('Search').fill('successfully');
    await eventually(async () => expect(await tab.rows.count()).toBe(1));

    const answers = await tab.page.evaluate(async () => {
      const headers = { 'x-log-console': '1' };
      const ask = async (method: string, path: string): Promise<unknown> => {
        const { status } = await fetch(`./log-console/api/${path}`, { method, headers });
        return { path, status };
      };
      return [await ask('DELETE', 'entries'), await ask('GET', 'export'), await ask('GET', 'entries')];
    });
    expect(answers).toEqual([
      { path: 'entries', status: 403 },
      { path: 'export', status: 403 },
      { path: 'entries', status: 200 },
    ]);
    expect((await serviceOf(host).stats()).cleared).toBe(0);
  });

  test.each<[Role, AccessToken['name'], object, string[]]>([
    ['operator', 'operator-2', {}, ['Download', 'Clean my view', 'Clear for everyone…']],
    ['admin', 'admin-1', {}, ['Download', 'Clean my view', 'Clear for everyone…']],
    ['operator', 'operator-3', { clear: 'admin' }, ['Download', 'Clean my view']],
    ['viewer', 'viewer-3', { export: 'viewer' }, ['Download', 'Clean my view']],
  ])(
    'with the role %s, %s, and other rights %j, what somebody may do is offered',
    async (role, name, abilities, actions) => {
      const host = await stage.host({ options: { access: { tokens: [{ token, name, role }], abilities } } });
      const tab = await stage.tab();
      await tab.goto(`${host.url}/log-console#token=${token}`);
      await tab.row(FIRST_LINE).waitFor();
      expect(await offers(tab)).toEqual(['Pause', 'Copy a report for support', ...actions, 'More']);
    },
  );

  test('a known account without any right is told whom to ask, and can only change colours and read the help', async () => {
    RoleGuard.role = 'guest';
    const host = await stage.host({ options: { access: { guards: [RoleGuard], tokens: [] } } });
    const tab = await stage.tab();
    await tab.goto(`${host.url}/log-console`);
    await tab.state('No access');
    expect(await tab.status.innerText()).toBe(NO_ACCESS);
    expect(await tab.focusable()).toEqual(['button More']);
    await tab.button('More').click();
    await tab.page.getByLabel('Colours').waitFor();
    expect(await tab.button('Server and logging…').count()).toBe(0);
    await tab.button('Keyboard help').click();
    await tab.page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  });

  test('somebody with a token but without the right to read sees the same, and can sign out', async () => {
    const host = await stage.host({ options: { access: { abilities: { read: 'operator' } } } });
    const tab = await stage.tab();
    await tab.goto(`${host.url}/log-console#token=${VIEWER}`);
    await tab.state('No access');
    expect(await tab.status.innerText()).toBe(NO_ACCESS);
    expect(await offers(tab)).toEqual(['More']);
    expect(await tab.page.getByLabel('Search').count()).toBe(0);
    await tab.button('More').click();
    await tab.button('Sign out').click();
    await tab.state('Signed out');
  });

  test('what somebody may do no longer is not offered any more, and the rest goes on', async () => {
    RoleGuard.role = 'operator';
    const host = await stage.host({ options: { access: { guards: [RoleGuard], tokens: [] } } });
    const relay = stage.closeLater(await startRelay(host.url));
    const tab = await stage.tab();
    await tab.goto(`${relay.url}/log-console`);
    await tab.row(FIRST_LINE).waitFor();
    expect(await offers(tab)).toContain('Clear for everyone…');

    RoleGuard.role = 'viewer';
    relay.cut();
    await tab.button('Clear for everyone…').waitFor({ state: 'detached' });
    new Counter().log(1);
    await tab.row(/line 1$/).waitFor();

    RoleGuard.role = 'guest';
    relay.cut();
    await tab.state('No access');
  });

  test('names of people and servers are text, whatever they are made of', async () => {
    const name = '<img src=x onerror=alert(1)>\u202eevil';
    const shown = '<img src=x onerror=alert(1)>';
    const tokens = [{ token, name, role: 'operator' as const }];
    const host = await stage.host({ options: { access: { tokens } } });
    const tab = await stage.tab();
    await tab.page.route('**/api/session', async (route) => {
      const response = await route.fetch();
      const session = (await response.json()) as { server: object };
      const server = { ...session.server, name: `${name}</title>`, version: '<b>1</b>' };
      await route.fulfill({ response, json: { ...session, server } });
    });
    await tab.goto(`${host.url}/log-console#token=${token}`);
    await tab.row(FIRST_LINE).waitFor();
    const source = await tab.page.getByLabel('Source').innerText();
    expect(source).toContain(shown);
    await tab.button('More').click();
    expect(await tab.page.getByText('(operator)').innerText()).toContain(shown);
    await tab.page.keyboard.press('Escape');
    await tab.button('Clear for everyone…').click();
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Clear for everyone' }).click();
    const notice = tab.row('cleared the list at');
    await notice.waitFor();
    expect(await notice.innerText()).toContain(shown);
    await tab.button('Copy a report for support').click();
    expect(await tab.page.getByRole('dialog').innerText()).toContain(shown);

    expect(await tab.page.title()).toBe('Server log');
    expect(await tab.page.locator('img, b').count()).toBe(0);
    // The direction of text is nobody's to turn around.
    expect(await tab.page.locator('body').innerText()).not.toContain('\u202e');
  });
});
