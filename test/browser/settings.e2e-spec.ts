import { Logger } from '@nestjs/common';
import { type Locator } from 'playwright-core';
import {
  Counter,
  describeInChromium,
  eventually,
  OPERATOR,
  serviceOf,
  type Tab,
} from '../support/browser.js';

const FIRST_LINE = 'Nest application successfully started';
const LIGHT = 'rgb(255, 255, 255)';
const DARK = 'rgb(15, 20, 25)';

async function background(tab: Tab, colour: string): Promise<void> {
  await eventually(async () =>
    expect(await tab.page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(colour),
  );
}

const choice = (tab: Tab, name: string): Locator => tab.page.getByRole('combobox', { name, exact: true });

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
});

describeInChromium('Settings', (stage) => {
  test('the colours follow the device until somebody chooses, and stay chosen', async () => {
    const host = await stage.host();
    const tab = await stage.live(host, { colorScheme: 'light' });
    await background(tab, LIGHT);
    await tab.page.emulateMedia({ colorScheme: 'dark' });
    await background(tab, DARK);
    await tab.button('More').click();
    const colours = tab.page.getByLabel('Colours');
    await colours.selectOption('Light');
    await background(tab, LIGHT);
    await tab.page.reload();
    await tab.state('Live');
    await background(tab, LIGHT);
    await tab.page.emulateMedia({ colorScheme: 'light' });
    await tab.button('More').click();
    await colours.selectOption('Dark');
    await background(tab, DARK);
  });

  test('all are remembered by the browser, and what they say is done', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    await tab.row(FIRST_LINE).waitFor();
    const height = async (): Promise<number> => (await tab.row(FIRST_LINE).boundingBox())?.height ?? 0;
    const comfortable = await height();
    const time = tab.row(FIRST_LINE).locator('time');
    expect(await time.innerText()).toMatch(/^\d\d:\d\d:\d\d\.\d{3}$/);
    await tab.button('More').click();
    await choice(tab, 'Rows').selectOption('Compact');
    await choice(tab, 'Time').selectOption('How long ago');
    await tab.page.getByLabel('Fold identical lines').uncheck();
    await tab.page.getByLabel('Wrap long lines').uncheck();
    await tab.page.getByLabel('Single-key shortcuts').uncheck();

    const isDone = async (): Promise<void> => {
      await tab.row(FIRST_LINE).waitFor();
      await eventually(async () => expect(await height()).toBeLessThan(comfortable));
      expect(await time.innerText()).toMatch(/^(now|\d+ sec\. ago)$/);
    };
    await isDone();
    await tab.page.reload();
    await isDone();
    await tab.page.keyboard.press('/');
    await tab.page.keyboard.press('w');
    new Logger('Same').log('the same');
    new Logger('Same').log('the same');
    await eventually(async () => expect(await tab.row('the same').count()).toBe(2));
    await tab.button('More').click();
    for (const name of ['Fold identical lines', 'Wrap long lines', 'Single-key shortcuts'])
      expect(await tab.page.getByLabel(name).isChecked()).toBe(false);
    expect(await tab.page.getByLabel('Search').evaluate((field) => field === document.activeElement)).toBe(
      false,
    );
  });
});
