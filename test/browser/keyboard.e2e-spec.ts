import { Logger } from '@nestjs/common';
import { Counter, describeInChromium, eventually, type Tab } from '../support/browser.js';
import { put, quietHost } from './own-lines.js';

describeInChromium('With the keyboard alone', (stage) => {
  test('search, step through what was found, open, copy, keep to one request, and come back to everything', async () => {
    const host = await quietHost(stage);
    const counter = new Counter();
    counter.log(100);
    put(host, { message: 'pick 1 begins', requestId: 'req-7' });
    counter.log(100);
    put(host, {
      message: 'pick 1 failed',
      requestId: 'req-7',
      level: 'error',
      stack: 'Error: no\n    at x (y.js:1:1)',
    });
    counter.log(1000);
    const tab = await stage.live(host, { permissions: ['clipboard-read', 'clipboard-write'] });
    const { keyboard } = tab.page;
    await tab.shows(1202);

    await keyboard.press('/');
    await keyboard.type('pick 1 ');
    await tab.shows(2, 1202);
    await keyboard.press('Enter');
    await at(tab, 'pick 1 failed');
    await keyboard.press('Shift+N');
    await at(tab, 'pick 1 begins');
    await keyboard.press('n');
    await at(tab, 'pick 1 failed');
    await keyboard.press('Enter');
    await tab.page.getByText('Where it happened').waitFor();
    await keyboard.press('c');
    await tab.page.getByText('Copied.').waitFor();
    expect(await tab.page.evaluate(() => navigator.clipboard.readText())).toMatch(
      /pick 1 failed\nrequestId: req-7\n/,
    );
    await keyboard.press('Enter');
    await tab.page.getByText('Where it happened').waitFor({ state: 'detached' });
    await keyboard.press('Escape');
    await tab.shows(1202);
    await at(tab, 'pick 1 failed');
    await keyboard.press('ArrowUp');
    await at(tab, /line 200$/);
    await keyboard.press('ArrowDown');
    await at(tab, 'pick 1 failed');

    await keyboard.press('r');
    await tab.shows(2, 1202);
    await at(tab, 'pick 1 failed');
    await tab.page.getByRole('button', { name: 'not only Request req-7' }).waitFor();
    await keyboard.press('Escape');
    await tab.shows(1202);
    await keyboard.press('Home');
    await at(tab, /line 1$/);
    for (const key of ['End', 'PageUp', 'End']) {
      await keyboard.press(key);
      const words = key === 'End' ? 'Following the newest line.' : 'Not following: you scrolled up.';
      await tab.page.getByText(words).waitFor();
      await tab.row('line 1200').waitFor({ state: key === 'End' ? 'visible' : 'detached' });
      await tab.page.getByRole('main').focus();
    }
  });

  test('problems forward and backward, pause, wrap, help; and a switch that turns single keys off', async () => {
    const host = await quietHost(stage);
    const counter = new Counter();
    const logger = new Logger('Picking');
    for (const level of ['error', 'warn', 'fatal', 'error'] as const) {
      counter.log(60);
      logger[level](`a ${level} after ${counter.last}`);
    }
    counter.log(60);
    const tab = await stage.live(host);
    const { keyboard } = tab.page;
    await tab.shows(304);
    for (const [key, text] of [
      ['Shift+E', 'a error after 240'],
      ['Shift+E', 'a fatal after 180'],
      ['Shift+E', 'a error after 60'],
      ['Shift+E', 'a error after 60'],
      ['e', 'a fatal after 180'],
    ] as const) {
      await keyboard.press(key);
      await at(tab, text);
    }

    await keyboard.press('Space');
    await tab.state('Paused');
    counter.log(7);
    await tab.button('Resume (7 waiting)').waitFor();
    await keyboard.press('Space');
    await tab.state('Live');
    await tab.shows(311);
    await keyboard.press('?');
    const help = tab.page.getByRole('dialog', { name: 'Keyboard' });
    await help.getByText('Copy the line').waitFor();
    await keyboard.press('w'); // nothing happens behind a dialog
    await keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await at(tab, 'a fatal after 180');
    const wrap = tab.page.getByLabel('Wrap long lines');
    await tab.button('More').press('Enter');
    expect(await wrap.isChecked()).toBe(true);
    await keyboard.press('Escape');
    await keyboard.press('w');
    await tab.button('More').press('Enter');
    expect(await wrap.isChecked()).toBe(false);

    await tab.page.getByLabel('Single-key shortcuts').press('Space');
    await keyboard.press('Escape');
    expect(await tab.button('More').evaluate((node) => node === document.activeElement)).toBe(true);
    for (const key of ['w', '/', 'r', 'c', 'e', 'n', '?']) await keyboard.press(key);
    await keyboard.press('ArrowDown');
    await at(tab, 'line 181');
    for (const key of ['e', 'Shift+N', '?']) await keyboard.press(key);
    await at(tab, 'line 181');
    await keyboard.press('Space');
    expect(await tab.page.getByRole('dialog').count()).toBe(0);
    await tab.state('Live');
    await keyboard.press('Enter');
    await tab.button('Copy this line').waitFor();
    await keyboard.press('Escape');
    await tab.shows(311);
  });

  test('Tab reaches everything, the list is one stop of its own, and whatever has the focus shows it', async () => {
    const host = await quietHost(stage);
    new Counter().log(300);
    const tab = await stage.live(host);
    await tab.shows(300);
    expect(await tab.list.locator('[tabindex="0"]').count()).toBe(1);
    const reached: string[] = [];
    for (let presses = 0; presses < 30; presses++) {
      await tab.page.keyboard.press('Tab');
      const { name, outline } = await focused(tab);
      reached.push(name);
      if (name === 'the browser') break;
      expect([name, outline]).toEqual([name, 'shown']);
    }
    expect(reached).toEqual([
      'Source',
      'Pause',
      'Copy a report for support',
      'Download',
      'Clean my view',
      'Clear for everyone…',
      'More',
      'Critical 0',
      'Error 0',
      'Warning 0',
      'Info 300',
      'Debug 0',
      'Detail 0',
      'Search',
      'Part',
      'The last minutes',
      'a line',
      'the browser',
    ]);

    await tab.page.keyboard.press('Home');
    await at(tab, /line 1$/);
    await tab.page.keyboard.press('ArrowDown');
    await at(tab, /line 2$/);
    expect(await tab.list.locator('[tabindex="0"]').count()).toBe(1);
    expect((await focused(tab)).outline).toBe('shown');
    await tab.page.keyboard.press('Enter');
    await tab.button('Copy this line').waitFor();
    await tab.page.evaluate(() => new Promise(requestAnimationFrame));
    await tab.page.keyboard.press('Tab');
    expect((await focused(tab)).name).toBe('Copy this line');
    await tab.page.keyboard.press('Enter');
    await tab.page.getByText(/^Copied|^Copying is blocked/).waitFor();
  });
});

/** Waits until the keyboard is at the row with this text, and the row is in view. */
async function at(tab: Tab, text: string | RegExp): Promise<void> {
  await eventually(async () => {
    const { row, inView } = await tab.page.evaluate(() => {
      const row = document.activeElement?.closest('[role=list] > *');
      const { top = -1, bottom = Infinity } = row?.getBoundingClientRect() ?? {};
      const view = document.querySelector('main')!.getBoundingClientRect();
      return {
        row: row?.querySelector('.message')?.textContent ?? '',
        inView: top >= view.top - 1 && bottom <= view.bottom + 1,
      };
    });
    expect(row).toMatch(text);
    expect(inView).toBe(true);
  });
}

function focused({ page }: Tab): Promise<{ name: string; outline: string }> {
  return page.evaluate(() => {
    const node = document.activeElement as HTMLElement;
    if (node === document.body) return { name: 'the browser', outline: 'shown' };
    const style = getComputedStyle(node);
    const thumb = getComputedStyle(node, '::-webkit-slider-thumb');
    const isShown =
      style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && thumb !== undefined;
    const name = node.matches('[role=list] > *') ? 'a line' : (node.ariaLabel ?? node.textContent.trim());
    return { name, outline: isShown ? 'shown' : 'hidden' };
  });
}
