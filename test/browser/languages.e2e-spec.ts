import { Logger } from '@nestjs/common';
import { type Route } from 'playwright-core';
import {
  Counter,
  describeInChromium,
  eventually,
  OPERATOR,
  serviceOf,
  type Tab,
} from '../support/browser.js';
import { startRelay } from '../support/proxies.js';

/** The files beside the script that were loaded. */
const loaded = (tab: Tab): string[] =>
  tab.requested.flatMap((url) => /assets\/console-(en|de|open-dialog)-/.exec(url)?.[1] ?? []).sort();

describeInChromium('The language', (stage) => {
  test('is German in a German browser: texts, numbers, dates, and what is told of the lines', async () => {
    const host = await stage.host();
    new Counter().log(1500);
    const tab = await stage.tab({ locale: 'de-DE', timezoneId: 'Europe/Berlin' });
    await tab.goto(`${host.url}/log-console`);
    await eventually(async () =>
      expect(await tab.status.innerText()).toBe('Abgemeldet Melden Sie sich an, um die Zeilen zu sehen.'),
    );
    await tab.page.getByLabel('Token').fill(OPERATOR);
    await tab.button('Anmelden').click();
    await eventually(async () =>
      expect(await tab.status.innerText()).toBe('Live Neue Zeilen erscheinen, sobald sie entstehen.'),
    );
    expect(await tab.page.title()).toBe('Server-Protokoll');
    expect(await tab.page.locator('html').getAttribute('lang')).toBe('de');
    const held = (await serviceOf(host).stats()).held.entries.toLocaleString('de');
    const foot = tab.page.getByRole('contentinfo');
    await eventually(async () =>
      expect(await foot.innerText()).toContain(`${held} von ${held} Zeilen gezeigt`),
    );
    expect(held).toMatch(/^1\.\d{3}$/);

    new Logger('Regal').fatal('Kein Platz');
    const row = tab.page
      .getByRole('list', { name: 'Protokollzeilen' })
      .getByRole('listitem')
      .filter({ hasText: 'Kein Platz' });
    expect(await row.innerText()).toMatch(/^\d\d:\d\d:\d\d\.\d{3}\s+Kritisch/);
    await row.click();
    await tab.button('Diese Zeile kopieren').waitFor();
    expect(await row.innerText()).toMatch(/(tag|Mittwoch), \d+\. \p{L}+ \d{4} um \d\d:\d\d:\d\d/u);
  });

  test('is chosen in the menu, kept after a reload, and given back to the browser', async () => {
    const host = await stage.host();
    new Counter().log(1500);
    const tab = await stage.tab({ locale: 'en-GB' });
    await tab.goto(`${host.url}/log-console#token=${OPERATOR}`);
    await tab.row(/line 1500$/).waitFor();
    await tab.button('More').click();
    await tab.page.getByLabel('Language').selectOption('Deutsch');
    await tab.page.getByLabel('Sprache').waitFor();
    await tab.page.reload();
    const foot = tab.page.getByRole('contentinfo');
    await eventually(async () =>
      expect(await foot.innerText()).toMatch(/1\.\d{3} von 1\.\d{3} Zeilen gezeigt/),
    );
    await tab.button('Mehr').click();
    await tab.page.getByLabel('Sprache').selectOption('Wie der Browser');
    await eventually(async () => expect(await foot.innerText()).toMatch(/1,\d{3} lines shown of 1,\d{3}/));
    await tab.page.reload();
    await tab.state('Live');
    await tab.button('More').waitFor();
  });

  test('is English where the browser speaks neither', async () => {
    const host = await stage.host();
    const tab = await stage.tab({ locale: 'fr-FR' });
    await tab.goto(`${host.url}/log-console`);
    await tab.state('Signed out');
    expect(await tab.page.locator('html').getAttribute('lang')).toBe('en');
  });

  test('is all that a reader loads: the other one stays on the server, until somebody chooses it', async () => {
    const host = await stage.host();
    const english = await stage.live(host);
    await eventually(() => expect(loaded(english)).toEqual(['en', 'open-dialog']));
    const german = await stage.tab({ locale: 'de-CH' });
    await german.goto(`${host.url}/log-console#token=${OPERATOR}`);
    await german.button('Mehr').click();
    await eventually(() => expect(loaded(german)).toEqual(['de', 'open-dialog']));
    await german.page.getByLabel('Sprache').selectOption('English');
    await german.page.getByLabel('Language').waitFor();
    expect(loaded(german)).toEqual(['de', 'en', 'open-dialog']);
  });

  test('is waited for: until it is there nothing is shown', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    const held: Route[] = [];
    await tab.page.route('**/console-en-*', (route) => void held.push(route));
    await tab.goto(`${host.url}/log-console#token=${OPERATOR}`);
    await eventually(() => expect(held).toHaveLength(1));
    expect(await tab.page.locator('body').innerText()).toBe('');
    await held[0].continue();
    await tab.state('Live');
  });

  test('that does not come is tried again, and who came with a link is signed in then', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    let isBlocked = true;
    await tab.page.route('**/console-en-*', (route) => (isBlocked ? route.abort() : route.continue()));
    await tab.goto(`${host.url}/log-console?level=error#token=${OPERATOR}`);
    await tab.page.getByText('This page did not load completely. Trying again…').waitFor();
    isBlocked = false;
    await tab.state('Live');
    expect(tab.page.url()).toBe(`${host.url}/log-console?level=error`);
  });

  test('that is chosen and does not come: the page stays as it is, says so, and can be asked again', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    let isBlocked = true;
    await tab.page.route('**/console-de-*', (route) => (isBlocked ? route.abort() : route.continue()));
    await tab.button('More').click();
    await tab.page.getByLabel('Language').selectOption('Deutsch');
    await tab.page.getByRole('alert').getByText('This part of the page could not be loaded.').waitFor();
    await eventually(async () => expect(await tab.page.getByLabel('Language').inputValue()).toBe('auto'));
    expect(await tab.page.locator('html').getAttribute('lang')).toBe('en');
    isBlocked = false;
    await tab.page.getByLabel('Language').selectOption('Deutsch');
    await tab.page.getByLabel('Sprache').waitFor();
  });
});

describeInChromium('The dialogs', (stage) => {
  test('are there when the connection is not: they came after the page', async () => {
    const host = await stage.host();
    const relay = stage.closeLater(await startRelay(host.url));
    const tab = await stage.tab();
    const isThere = tab.page.waitForEvent('requestfinished', (request) =>
      request.url().includes('open-dialog'),
    );
    await stage.open(tab, relay);
    await isThere;
    await relay.close();
    await tab.state('Connection lost, trying again…');
    await tab.button('Copy a report for support').click();
    await tab.page.getByRole('dialog', { name: 'A report for support' }).waitFor();
  });

  test('that did not come are asked for again by whoever wants one', async () => {
    const host = await stage.host();
    const tab = await stage.tab();
    let isBlocked = true;
    await tab.page.route('**/console-open-dialog-*', (route) =>
      isBlocked ? route.abort() : route.continue(),
    );
    await stage.open(tab, host);
    const failed = tab.page.getByRole('alert').getByText('This part of the page could not be loaded.');
    expect(await failed.count()).toBe(0);
    await tab.button('Download').click();
    await failed.waitFor();
    isBlocked = false;
    await tab.button('Download').click();
    await tab.page.getByRole('dialog', { name: 'Download' }).waitFor();
  });
});
