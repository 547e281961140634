import { Logger } from '@nestjs/common';
import { Counter, describeInChromium, eventually, shownOf, type Tab, upTo } from '../support/browser.js';
import { follows, isAtEnd, placeIn, placesDuring, settled } from '../support/reading-place.js';

/** Ways to leave the newest line. */
const UP: Readonly<Record<string, (tab: Tab) => Promise<void>>> = {
  'the wheel': (tab) => wheel(tab, -40),
  'a finger': (tab) => swipe(tab, 30),
  PageUp: (tab) => press(tab, 'PageUp'),
  Home: (tab) => press(tab, 'Home'),
  'an arrow': (tab) => press(tab, 'ArrowUp'),
  'the scroll bar': async (tab) => {
    await pressScrollBar(tab, 0.5);
    await tab.page.mouse.up();
  },
  'a selection': async (tab) => {
    const text = await middleOf(tab.row(/line/).nth(8).locator('.message'));
    await tab.page.mouse.move(text.x - 15, text.y);
    await tab.page.mouse.down();
    await tab.page.mouse.move(text.x + 15, text.y, { steps: 3 });
    await tab.page.mouse.up();
  },
  'opening a line': (tab) => tab.row(/line/).nth(8).getByRole('button', { name: 'Show details' }).click(),
};

/** Ways down to it. */
const DOWN: Readonly<Record<string, (tab: Tab) => Promise<void>>> = {
  'the wheel': (tab) => wheel(tab, 5000),
  'a finger': async (tab) => {
    for (let turn = 0; turn < 5; turn++) await swipe(tab, -300);
  },
  PageDown: async (tab) => {
    for (let turn = 0; turn < 5; turn++) await press(tab, 'PageDown');
  },
  End: (tab) => press(tab, 'End'),
  'the scroll bar': async (tab) => {
    await pressScrollBar(tab, 0.99);
    await follows(tab, true);
    await tab.page.mouse.up();
  },
  'the button': (tab) => tab.page.getByRole('button', { name: /^↓/ }).click(),
};

/** What makes the list higher, lower, or its rows. */
const LAYOUTS: Readonly<Record<string, (tab: Tab) => Promise<unknown>>> = {
  'a lower window': ({ page }) => page.setViewportSize({ width: 1200, height: 420 }),
  'a higher window': ({ page }) => page.setViewportSize({ width: 1280, height: 900 }),
  'lines that are not wrapped': (tab) => press(tab, 'w'),
  'lines that are wrapped': (tab) => press(tab, 'w'),
  'compact rows': (tab) => density(tab, 'compact'),
  'comfortable rows': (tab) => density(tab, 'comfortable'),
  'a banner': (tab) => tab.button('Pause').click(),
  'no banner': (tab) => tab.button('Resume (0 waiting)').click(),
};

describeInChromium('Following', (stage) => {
  test('one tick of the wheel during 2,000 lines per second: nothing moves any more, the button counts exactly and leads back', async () => {
    const host = await stage.host({ options: { capacity: 20_000 } });
    const counter = new Counter();
    counter.log(300);
    const tab = await stage.live(host);
    const flood = stage.closeLater(floodOf(counter));
    await eventually(() => expect(counter.last).toBeGreaterThan(900));
    expect(await isAtEnd(tab)).toBe(true);

    const leftAt = tab.list.evaluate(
      (list) =>
        new Promise<string>((resolve) => {
          const newest = (): string => list.querySelector('li:last-child .message')?.textContent ?? '';
          addEventListener('wheel', () => resolve(newest()), { capture: true, once: true });
        }),
    );
    await wheel(tab, -40);
    await follows(tab, false);
    await settled(tab);
    expect(await placesDuring(tab, 2000)).toHaveLength(1);

    flood.close();
    const came = counter.last - Number(/\d+/.exec(await leftAt));
    expect(came).toBeGreaterThan(2000);
    await tab.button(`↓ ${came.toLocaleString('en')} new lines`).click();
    await follows(tab, true);
    counter.log(1);
    await tab.row(`line ${counter.last}`).waitFor();
    expect(await isAtEnd(tab)).toBe(true);
    expect(await tab.button('↓ Go to the newest line').count()).toBe(0);
  });

  test('while somebody reads further up no line is taken off the page; what is too much waits, and comes in when they go to the end', async () => {
    const host = await stage.host({ options: { capacity: 50_000 } });
    const counter = new Counter();
    counter.log(300);
    const tab = await stage.live(host);
    const before = await shownOf(host);
    await tab.shows(before);
    await press(tab, 'PageUp');
    const place = await settled(tab);

    await logSlowly(counter, 45_000, tab);
    await tab.button('↓ 45,000 new lines').waitFor();
    const foot = await tab.page.getByRole('contentinfo').textContent();
    const held = Number(/^([\d,]+) lines/.exec(foot!)![1].replaceAll(',', ''));
    expect(held).toBeGreaterThanOrEqual(40_000);
    expect(held).toBeLessThan(42_000);
    expect(await placeIn(tab)).toEqual(place);

    await tab.button('↓ 45,000 new lines').click();
    await tab.row('line 45300').waitFor();
    await follows(tab, true);
    expect(await isAtEnd(tab)).toBe(true);
    const numbers = await tab.numbers();
    expect(numbers.length).toBeGreaterThanOrEqual(20_000);
    expect(numbers.length).toBeLessThanOrEqual(22_000);
    expect(numbers).toEqual(upTo(45_300, numbers[0]));
    await tab.page.getByText(`Showing the newest ${numbers.length.toLocaleString('en')} lines.`).waitFor();
  });

  test('older lines that come in above do not move what is read', async () => {
    const host = await stage.host();
    const counter = new Counter();
    counter.log(5000);
    const tab = await stage.tab();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await tab.page.route('**/entries?before=*', async (route) => {
      await held;
      await route.continue();
    });
    await stage.open(tab, host);
    await tab.shows(1000);
    await press(tab, 'PageUp');
    await press(tab, 'PageUp');
    const place = await settled(tab);
    const places = placesDuring(tab, 1000);
    release();
    await tab.shows(await shownOf(host));
    expect(await places).toEqual([place]);
    await press(tab, 'Home');
    await tab.row(/Starting Nest application/).waitFor();
  });
});

describeInChromium(
  'Leaving the end and joining it',
  (stage) => {
    test('every way up leaves the end at once, only reaching it joins again, and lines that come change neither', async () => {
      const host = await stage.host();
      const counter = new Counter();
      counter.log(300);
      const tab = await stage.live(host, { hasTouch: true });
      await tab.shows(await shownOf(host));
      const downs = Object.entries(DOWN);
      for (const [index, [up, leave]] of Object.entries(UP).entries()) {
        const [down, join] = downs[index % downs.length];
        await told(up, async () => {
          await leave(tab);
          await follows(tab, false);
          const place = await settled(tab);
          counter.log(3);
          await tab.button('↓ 3 new lines').waitFor();
          expect(await placeIn(tab)).toEqual(place);
        });
        await told(down, async () => {
          await join(tab);
          await follows(tab, true);
          counter.log(1);
          await tab.row(`line ${counter.last}`).waitFor();
          expect(await isAtEnd(tab)).toBe(true);
        });
      }
    });

    test('a move down that does not reach the end does not join, and the lines it brings into view are not new any more', async () => {
      const host = await stage.host();
      const counter = new Counter();
      counter.log(300);
      const tab = await stage.live(host);
      await tab.shows(await shownOf(host));
      await press(tab, 'PageUp');
      await settled(tab);
      counter.log(50);
      await tab.button('↓ 50 new lines').waitFor();
      const { height } = (await tab.page.getByRole('main').boundingBox())!;
      await wheel(tab, height + 10);
      const { line } = await settled(tab);
      await follows(tab, false);
      expect(Number(/\d+/.exec(line))).toBeGreaterThan(250);
      const left = Number(/\d+/.exec((await tab.page.getByRole('button', { name: /^↓/ }).textContent())!));
      expect(left).toBeGreaterThan(10);
      expect(left).toBeLessThan(50);
    });

    test('a layout that changes never changes whether the newest line is followed, and keeps the place', async () => {
      const host = await stage.host();
      const counter = new Counter();
      for (let turn = 0; turn < 60; turn++) {
        counter.log(4);
        new Logger('Importer').log(`long ${turn} ${'and more of it '.repeat(20)}`);
      }
      const tab = await stage.live(host);
      await tab.shows(await shownOf(host));
      for (const [name, change] of Object.entries(LAYOUTS)) {
        await told(`${name}, at the end`, async () => {
          await change(tab);
          await settled(tab);
          await follows(tab, true);
          expect(await isAtEnd(tab)).toBe(true);
        });
      }
      await press(tab, 'PageUp');
      await press(tab, 'PageUp');
      await press(tab, 'PageUp');
      await settled(tab);
      for (const [name, change] of Object.entries(LAYOUTS)) {
        await told(`${name}, further up`, async () => {
          const { line } = await settled(tab);
          await change(tab);
          const after = await settled(tab);
          await follows(tab, false);
          expect(after.line).toBe(line);
        });
      }
    });

    test('lines that are opened and closed push down what is below them, and nothing else', async () => {
      const host = await stage.host();
      const counter = new Counter();
      counter.log(300);
      const tab = await stage.live(host);
      await tab.shows(await shownOf(host));
      await press(tab, 'PageUp');
      const place = await settled(tab);
      const row = tab.row(/line/).nth(12);
      const opener = row.getByRole('button', { name: 'Show details' });
      await opener.click();
      await row.getByText('Copy this line').waitFor();
      expect(await settled(tab)).toEqual(place);
      counter.log(40);
      await tab.button('↓ 40 new lines').waitFor();
      expect(await placeIn(tab)).toEqual(place);
      await opener.click();
      await row.getByText('Copy this line').waitFor({ state: 'hidden' });
      expect(await settled(tab)).toEqual(place);
      await follows(tab, false);
    });

    test('a list that is shorter than its view begins at the top', async () => {
      const host = await stage.host();
      const tab = await stage.live(host, { viewport: { width: 1280, height: 2400 } });
      await tab.row('Nest application successfully started').waitFor();
      expect(await placeIn(tab)).toMatchObject({ y: 0 });
      await follows(tab, true);
    });
  },
  // With scroll bars as on a desktop.
  { ignoreDefaultArgs: ['--hide-scrollbars'] },
);

/** 2,000 lines per second. */
function floodOf(counter: Counter): { close(): void } {
  const timer = setInterval(() => counter.log(20), 10);
  return { close: () => clearInterval(timer) };
}

/** Many lines, each thousand when the page has the one before it. */
async function logSlowly(counter: Counter, lines: number, tab: Tab): Promise<void> {
  for (let logged = 1000; logged <= lines; logged += 1000) {
    counter.log(1000);
    await tab.button(`↓ ${logged.toLocaleString('en')} new lines`).waitFor();
  }
}

/** Says in an error what was being tried. */
async function told(what: string, tried: () => Promise<void>): Promise<void> {
  try {
    await tried();
  } catch (error) {
    throw new Error(`With ${what}: ${String(error)}`, { cause: error });
  }
}

async function wheel(tab: Tab, pixels: number): Promise<void> {
  const [x, y] = await centreOf(tab);
  await tab.page.mouse.move(x, y);
  await tab.page.mouse.wheel(0, pixels);
}

async function press(tab: Tab, key: string): Promise<void> {
  await tab.page.getByRole('main').focus();
  await tab.page.keyboard.press(key);
}

/** A finger on the list that moves so many pixels, down where they are more than none. */
async function swipe(tab: Tab, pixels: number): Promise<void> {
  const [x, y] = await centreOf(tab);
  const devtools = await tab.page.context().newCDPSession(tab.page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: number): Promise<unknown> =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: at === undefined ? [] : [{ x, y: at }] });
  await touch('touchStart', y);
  for (let step = 1; step <= 5; step++) await touch('touchMove', y + (pixels * step) / 5);
  await touch('touchEnd');
  await devtools.detach();
}

/** Presses the scroll bar at a part of its height, from above. */
async function pressScrollBar(tab: Tab, part: number): Promise<void> {
  const { x, y, width, height } = (await tab.page.getByRole('main').boundingBox())!;
  await tab.page.mouse.move(x + width - 7, y + height * part);
  await tab.page.mouse.down();
}

async function density(tab: Tab, value: string): Promise<void> {
  await tab.button('More').click();
  await tab.page.getByRole('combobox', { name: /^Rows/ }).selectOption(value);
  await tab.page.keyboard.press('Escape');
}

async function centreOf(tab: Tab): Promise<[number, number]> {
  const { x, y } = await middleOf(tab.page.getByRole('main'));
  return [x, y];
}

async function middleOf(what: Tab['list']): Promise<{ x: number; y: number }> {
  const box = await what.boundingBox();
  return { x: box!.x + box!.width / 2, y: box!.y + box!.height / 2 };
}
