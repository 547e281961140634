import { Counter, describeInChromium, eventually, type Tab } from '../support/browser.js';
import { settled } from '../support/reading-place.js';
import { expectToFit } from './fits.js';
import { put, quietHost } from './own-lines.js';
import { Steps } from './steps.js';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describeInChromium('On a phone', (stage) => {
  test('390 × 844: nothing has to be scrolled sideways, and everything can be hit with a finger', async () => {
    const host = await quietHost(stage);
    const long = 'x'.repeat(3000);
    new Counter().log(30);
    put(host, {
      message: `no blanks ${long}`,
      level: 'fatal',
      requestId: long.slice(0, 200),
      context: long.slice(0, 100),
    });
    put(host, {
      context: 'AServiceWithANameThatIsLongerThanItsColumn',
      message: 'to be opened',
      level: 'error',
      requestId: 'r'.repeat(200),
      traceId: 't'.repeat(200),
      stack: `Error: ${long}\n    at own (/app/${long}.js:1:1)\n    at lib (/app/node_modules/${long}.js:1:1)`,
      data: { [long]: long, list: [{ [long]: [1] }] },
    });
    const tab = await stage.live(host, { ...PHONE, colorScheme: 'dark' });
    const { page } = tab;
    await tab.shows(32);
    await expectToFit(tab, 'the list');
    await tab.row('to be opened').getByRole('button', { name: 'Show details' }).tap();
    await page.getByText('1 step in libraries').tap();
    await page.getByText('list: [1]').tap();
    await expectToFit(tab, 'an open row');
    await tab.button('Show only this request').tap();
    await page.getByRole('button', { name: /^Show all again/ }).waitFor();
    await page.getByLabel('Search').fill(long.slice(0, 250));
    await page.getByText('No line matches').or(tab.rows.first()).first().waitFor();
    await expectToFit(tab, 'the filters');
    await page.getByRole('button', { name: /^Show all again/ }).tap();
    await page.getByLabel('Search').fill('');
    for (const [button, dialog] of [
      ['Copy a report for support', 'A report for support'],
      ['Download', 'Download'],
      ['Clear for everyone…', 'Clear for everyone?'],
      ['Keyboard help', 'Keyboard'],
    ] as const) {
      await tab.button('More').tap();
      await expectToFit(tab, `the menu before ${dialog}`);
      await tab.button(button).filter({ visible: true }).tap();
      await page.getByRole('dialog', { name: dialog }).waitFor();
      await expectToFit(tab, dialog);
      await page.keyboard.press('Escape');
    }
    await tab.button('Pause').tap();
    await tab.state('Paused');
    await expectToFit(tab, 'paused');
    await tab.button('More').tap();
    await tab.button('Sign out').tap();
    await tab.state('Signed out');
    await expectToFit(tab, 'signed out');
  });

  test('390 × 844: an operation and a request fit, and the switcher leads to them', async () => {
    const host = await quietHost(stage);
    const long = 'x'.repeat(180);
    const parent = new Steps(host, `Nightly ${long}`);
    let importing!: Steps;
    parent.do(() => {
      importing = new Steps(host, `Import ${long}`, { by: long, data: { [long]: long }, cancellable: true });
    });
    await eventually(() => expect(importing).toBeDefined());
    const { id } = importing.operation;
    importing.do(({ progress }) => progress(1e12, 1e15));
    importing.do(() => new Counter().log(5));
    put(host, { message: 'both', operation: id, requestId: long });
    const tab = await stage.live(host, PHONE);
    await tab.row('both').getByRole('link', { name: 'Import' }).waitFor();
    await expectToFit(tab, 'lines of an operation');
    await tab.row('both').getByRole('button', { name: long }).tap();
    await tab.page.getByRole('region', { name: 'Request' }).waitFor();
    await expectToFit(tab, 'a request');
    await tab.page.getByLabel('Source').selectOption({ value: `operation ${id}` });
    await tab.page.getByRole('region', { name: 'Operation' }).waitFor();
    await tab.page.getByRole('button', { name: /^Show all again/ }).tap();
    await tab.shows(5);
    await tab.page.getByText('Data').tap();
    await expectToFit(tab, 'an operation');
    await tab.button('Cancel…').tap();
    await expectToFit(tab, 'the question before it is cancelled');
    await tab.button('Let it go on').tap();
    importing.fail(`${long}\n`.repeat(50));
    await tab.state('Finished');
    await expectToFit(tab, 'a failed operation');
    expect((await tab.list.boundingBox())!.y).toBeLessThan(700);
  });

  test('a finger leaves the end at once and comes back to it; who wants no motion sees none', async () => {
    const host = await quietHost(stage);
    const counter = new Counter();
    counter.log(300);
    const tab = await stage.live(host, { ...PHONE, reducedMotion: 'reduce' });
    await tab.shows(300);
    const moving = await tab.page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .map((node) => getComputedStyle(node))
        .filter(
          ({ animationName, transitionDuration, scrollBehavior }) =>
            animationName !== 'none' ||
            !/^0s(, 0s)*$/.test(transitionDuration) ||
            scrollBehavior === 'smooth',
        ),
    );
    expect(moving).toEqual([]);
    expect(await tab.page.evaluate(() => document.getAnimations().length)).toBe(0);

    await swipe(tab, 60);
    await tab.button('↓ Go to the newest line').waitFor();
    await settled(tab); // a finger that stops a fling presses nothing
    counter.log(40);
    await tab.button('↓ 40 new lines').tap();
    await tab.row('line 340').waitFor();
    expect(await tab.page.getByText('Following the newest line.').isVisible()).toBe(true);
  });
});

/** A finger on the list that moves down by so many pixels. */
async function swipe({ page }: Tab, by: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number): Promise<unknown> =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: 200, y }] });
  await touch('touchStart', 500);
  for (let y = 510; y <= 500 + by; y += 10) await touch('touchMove', y);
  await touch('touchEnd');
  await devtools.detach();
}
