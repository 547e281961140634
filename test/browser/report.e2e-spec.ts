import { Logger } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { type Locator } from 'playwright-core';
import { describeInChromium, eventually, serviceOf, VIEWER, type Tab } from '../support/browser.js';
import { startRelay } from '../support/proxies.js';

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, string>;

async function openReport(tab: Tab): Promise<Locator> {
  await tab.button('Copy a report for support').click();
  const dialog = tab.page.getByRole('dialog', { name: 'A report for support' });
  await dialog.waitFor();
  return dialog;
}

describeInChromium('A report for support', (stage) => {
  test('says what support will ask for, shows it before it is copied, and copies exactly that', async () => {
    const host = await stage.host({ options: { instance: 'web-1' } });
    const tab = await stage.tab({
      permissions: ['clipboard-read', 'clipboard-write'],
      timezoneId: 'Europe/Berlin',
    });
    await tab.goto(`${host.url}/log-console?ticket=secret#token=${VIEWER}`);
    await tab.row('Nest application successfully started').waitFor();
    new Logger('Shop').fatal('Stock is unknown: password=hunter2-is-long-enough');
    for (let n = 1; n <= 40; n++)
      new Logger('Shelves').error(`No room in ${n}`, 'Error: full\n    at put (shelf.js:1:1)');
    await tab.row(/No room in 40$/).waitFor();
    await tab.page.getByLabel('Search').fill('room');
    await tab.page.getByLabel('Part').selectOption('Shelves');

    const dialog = await openReport(tab);
    const report = await dialog.locator('pre').innerText();
    const { held } = await serviceOf(host).stats();
    for (const said of [
      /Report of the log console/,
      new RegExp(`Application: ${name} ${version}\n`),
      /Instance: web-1\n/,
      /User: viewer-1 \(viewer\)\n/,
      /Connection: Live\n/,
      /Page: \/log-console\n/,
      /Browser: .*Chrome\/\d+/,
      /Time zone: Europe\/Berlin\n/,
      /Made at: \w+, \w+ \d+, \d{4} at \d\d:\d\d:\d\d/,
      /Levels: Critical, Error, Warning, Info\n/,
      /Search: room\n/,
      /Part: Shelves\n/,
      /Error: 40\n/,
      /Shown: 40\n/,
      new RegExp(`Held: ${held.entries}\n`),
      /Missing: 0\n/,
    ])
      expect(report).toMatch(said);
    const [, problems = '', lines = ''] =
      /== The last problems ==\n(.*)== The last lines on screen ==\n(.*)/s.exec(report) ?? [];
    expect(problems).toContain('Stock is unknown');
    expect(problems).toContain('No room in 40');
    expect(lines).not.toContain('Stock is unknown');
    expect(lines).toContain('No room in 1\n');
    // Only what the server has let out: nothing of the address but its path, and no secret.
    expect(report).not.toMatch(/ticket|hunter2/);

    await dialog.getByRole('button', { name: 'Copy' }).click();
    await tab.page.getByRole('alert').getByText('Copied.').waitFor();
    expect((await tab.page.evaluate(() => navigator.clipboard.readText())).trimEnd()).toBe(report.trimEnd());

    const again = await openReport(tab);
    const saved = tab.page.waitForEvent('download');
    await again.getByRole('button', { name: 'Save as a file' }).click();
    expect((await saved).suggestedFilename()).toBe('report.txt');
    expect(readFileSync(await (await saved).path(), 'utf8')).toContain('No room in 40');
  });

  test('is saved as a file where the browser refuses to copy, and says so; also for who is signed out', async () => {
    const host = await stage.host();
    const relay = stage.closeLater(await startRelay(host.url));
    const tab = await stage.live(relay);
    new Logger('Shelves').error('No room');
    await tab.row('No room').waitFor();
    await tab.page.context().clearCookies();
    relay.cut();
    await tab.state('Signed out');
    await tab.page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('No.', 'NotAllowedError'));
      Object.assign(document, { execCommand: () => false });
    });
    const dialog = await openReport(tab);
    expect(await dialog.locator('pre').innerText()).toContain('Connection: Signed out');
    const saved = tab.page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Copy' }).click();
    expect(readFileSync(await (await saved).path(), 'utf8')).toContain('No room');
    await tab.page
      .getByRole('alert')
      .getByText('Copying is blocked by the browser, so a file was saved instead.')
      .waitFor();
    await tab.page.getByRole('alert').getByRole('button', { name: 'Close' }).click();
    await eventually(async () => expect(await tab.page.getByRole('alert').count()).toBe(0));
  });
});
