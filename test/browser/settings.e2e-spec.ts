import { Logger } from '@nestjs/common';
import { type Locator } from 'playwright-core';
import { describeInChromium, eventually, type Tab } from '../support/browser.js';

const FIRST_LINE = 'Nest application successfully started';
const LIGHT = 'rgb(255, 255, 255)';
const DARK = 'rgb(15, 20, 25)';

async function background(tab: Tab, colour: string): Promise<void> {
  await eventually(async () =>
    expect(await tab.page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(colour),
  );
}

const choice = (tab: Tab, name: string): Locator => tab.page.getByRole('combobox', { name, exact: true });

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
