import { Logger } from '@nestjs/common';
import { Counter, describeInChromium, eventually, type Tab, upTo } from '../support/browser.js';

const LEVELS = ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'] as const;

/** What is logged, and what is seen: what acts instead of being seen is shown by its number. */
const HOSTILE = {
  ...same('<img src=x onerror=alert(1)>'),
  ...same('<script>alert(2)</script>'),
  ...same('<svg onload=alert(3)></svg><iframe src=javascript:alert(4)>'),
  ...same('</pre></li></ol><h1>Signed out</h1><style>*{display:none}</style>'),
  ...same('${alert(6)} {{alert(7)}} &lt;b&gt;'),
  '\x1b]8;;javascript:alert(5)\x07click\x1b]8;;\x07':
    '\\u{1b}]8;;javascript:alert(5)\\u{7}click\\u{1b}]8;;\\u{7}',
  '\x1b]0;Owned\x07\x1b[31mred\x9b2J': '\\u{1b}]0;Owned\\u{7}\\u{1b}[31mred\\u{9b}2J',
  'user\u202egnp.exe\u200b\u2066\ufeff': 'user\\u{202e}gnp.exe\\u{200b}\\u{2066}\\u{feff}',
};

function same(text: string): Record<string, string> {
  return { [text]: text };
}

describeInChromium('Lines', (stage) => {
  test('every level is a word, in a colour of its own, by day and by night', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    for (const level of LEVELS) new Logger('Boiler')[level](`this is ${level}`);
    await tab.row('this is fatal').waitFor();

    const words = LEVELS.map((level) => tab.row(`this is ${level}`).locator('.level'));
    const texts = await Promise.all(words.map((word) => word.textContent()));
    expect(texts).toEqual(['Detail', 'Debug', 'Info', 'Warning', 'Error', 'Critical']);
    for (const [colorScheme, critical] of [
      ['light', 'rgb(143, 15, 44)'],
      ['dark', 'rgb(255, 159, 178)'],
    ] as const) {
      await tab.page.emulateMedia({ colorScheme });
      const colours = await Promise.all(
        words.map((word) => word.evaluate((node) => getComputedStyle(node).color)),
      );
      expect(new Set(colours).size).toBe(LEVELS.length);
      expect(colours.at(-1)).toBe(critical);
    }
  });

  test('an error opens and shows its stack and data; a line without either has nothing to open', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    const logger = new Logger('PickingService');
    logger.error('Could not confirm pick 9476', { warehouse: 'LYON-2' }, new TypeError('No sku').stack);
    logger.log('All well');
    const row = tab.row('Could not confirm pick 9476');
    const stack = row.getByText('TypeError: No sku');
    await row.waitFor();
    expect(await stack.isVisible()).toBe(false);

    await row.getByText('Details').click();
    await stack.waitFor();
    const text = await stack.innerText();
    expect(text).toMatch(/TypeError: No sku\n {4}at .+lines\.e2e-spec\.ts:\d+:\d+/);
    expect(text).toContain('"warehouse": "LYON-2"');
    expect(await tab.row('All well').getByText('Details').isVisible()).toBe(false);
  });

  test('a line that was cut says how long it was', async () => {
    const host = await stage.host({ options: { limits: { entryBytes: 2048 } } });
    const tab = await stage.live(host);
    new Logger('Importer').log('x'.repeat(10_000));
    const row = tab.row('xxx');
    await row.getByText('Details').click();
    await row.getByText('Shortened from 10,000 bytes.').waitFor();
  });

  test('whatever a line contains, it stays text', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    for (const text of Object.keys(HOSTILE)) {
      new Logger(text).error(`${text} END`, { [text]: text }, `Error: ${text}\n    at x:1:1`);
    }
    await tab.row('gnp.exe').waitFor();
    for (const details of await tab.rows.getByText('Details').all()) {
      if (await details.isVisible()) await details.click();
    }

    const known = ['BDI', 'DETAILS', 'LI', 'PRE', 'SPAN', 'SUMMARY', 'TIME'];
    const elements = await tab.list.locator('*').evaluateAll((nodes) => nodes.map(({ tagName }) => tagName));
    expect([...new Set(elements)].sort()).toEqual(known);
    expect(await tab.page.title()).toBe('Server log');
    await tab.state('Live');
    for (const text of Object.values(HOSTILE)) {
      const row = tab.row(`${text} END`);
      expect(await row.locator('.context').textContent()).toBe(text);
      expect(await row.locator('.message').textContent()).toBe(`${text} END`);
      expect(await row.locator('pre').textContent()).toContain(`Error: ${text}\n    at x:1:1`);
    }
    expect(tab.problems).toEqual([]);
  });

  test('ordinary text of every script, tabs and line ends are left as they are', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    const text = 'שלום 👨‍👩‍👧 naïve\tcol\n  second line';
    new Logger('Receiving').log(text);
    await tab.row('second line').waitFor();
    expect(await tab.row('second line').locator('.message').textContent()).toBe(text);
  });

  test('10,000 lines at once: the newest are there, 500 rows at most, and the page answers', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    const counter = new Counter();
    counter.log(10_000);
    await tab.row('line 10000').waitFor();
    expect(await tab.numbers()).toEqual(upTo(10_000, 9501));
    expect(await isAtEnd(tab)).toBe(true);

    await tab.button('Pause').click();
    await tab.state('Paused');
    await tab.button('Resume (0 waiting)').click();
    counter.log(1);
    await tab.row('line 10001').waitFor();
    expect(await tab.rows.count()).toBe(500);
  });

  test('opened late, the page begins with the newest 500 lines', async () => {
    const host = await stage.host();
    new Counter().log(700);
    const tab = await stage.live(host);
    await eventually(async () => expect(await tab.numbers()).toEqual(upTo(700, 201)));
  });
});

describeInChromium('Following', (stage) => {
  test('the newest line is in view, until one tick of the wheel: then what is read stays put while lines arrive', async () => {
    const host = await stage.host();
    const counter = new Counter();
    counter.log(600);
    const tab = await stage.live(host);
    await tab.row('line 600').waitFor();
    const flood = stage.closeLater(counter.every(5));
    await tab.row('line 630').waitFor();
    expect(await isAtEnd(tab)).toBe(true);

    await tab.list.hover();
    const scrolled = tab.page.getByRole('main').evaluate(async (main) => {
      await new Promise((resolve) => main.addEventListener('scrollend', resolve, { once: true }));
    });
    await tab.page.mouse.wheel(0, -40);
    await scrolled;
    const newest = tab.button('↓ Go to the newest line');
    await newest.waitFor();
    const read = tab.row(await textInView(tab));
    const before = await read.boundingBox();
    await tab.row(`line ${counter.last + 50}`).waitFor();
    expect((await read.boundingBox())?.y).toBeCloseTo(before!.y, -1);
    expect(await isAtEnd(tab)).toBe(false);

    await newest.click();
    await newest.waitFor({ state: 'hidden' });
    await tab.row(`line ${counter.last + 20}`).waitFor();
    expect(await isAtEnd(tab)).toBe(true);
    flood.close();
  });

  test('the keyboard leaves the end and joins it again', async () => {
    const host = await stage.host();
    const counter = new Counter();
    counter.log(300);
    const tab = await stage.live(host);
    await tab.row('line 300').waitFor();
    const newest = tab.button('↓ Go to the newest line');
    await tab.page.getByRole('main').focus();
    await tab.page.keyboard.press('PageUp');
    await newest.waitFor();
    await tab.page.keyboard.press('End');
    await newest.waitFor({ state: 'hidden' });
    counter.log(10);
    await tab.row('line 310').waitFor();
    expect(await isAtEnd(tab)).toBe(true);
  });

  test('a line that somebody opens comes into view as a whole, and stays where it is while lines arrive', async () => {
    const host = await stage.host();
    const counter = new Counter();
    counter.log(300);
    const tab = await stage.live(host);
    const stack = `Error: No sku\n${'    at x (y.js:1:1)\n'.repeat(12)}    at last (y.js:1:1)`;
    new Logger('PickingService').error('Could not confirm pick', stack);
    counter.log(2);
    const row = tab.row('Could not confirm pick');
    await row.getByText('Details').click();
    await tab.button('↓ Go to the newest line').waitFor();
    const opened = row.getByText('Error: No sku');
    const before = await opened.boundingBox();
    const view = await tab.page.getByRole('main').boundingBox();
    expect(before!.y).toBeGreaterThan(view!.y);
    expect(before!.y + before!.height).toBeLessThan(view!.y + view!.height);

    counter.log(50);
    await tab.row('line 352').waitFor();
    expect((await opened.boundingBox())?.y).toBeCloseTo(before!.y, -1);
  });

  test('a short list begins at the top', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    await tab.row('Nest application successfully started').waitFor();
    const [first, main] = [
      await tab.rows.first().boundingBox(),
      await tab.page.getByRole('main').boundingBox(),
    ];
    expect(first!.y - main!.y).toBeLessThan(5);
  });
});

describeInChromium('On a phone', (stage) => {
  test('390 × 844: nothing has to be scrolled sideways, and everything can be hit with a finger', async () => {
    const host = await stage.host();
    const tab = await stage.live(host, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    const long = 'x'.repeat(3000);
    new Logger('AServiceWithANameThatIsLongerThanItsColumn').error(
      `no blanks ${long}`,
      { [long]: long },
      `Error: ${long}\n    at x:1:1`,
    );
    await tab.row('no blanks').getByText('Details').click();
    await tab.row('no blanks').getByText('Error: xxx').waitFor();
    await expectToFit(tab);
    await tab.button('Clear for everyone…').click();
    await expectToFit(tab);
    await tab.page.keyboard.press('Escape');
    await tab.button('Sign out').click();
    await tab.state('Signed out');
    await expectToFit(tab);
  });
});

async function expectToFit({ page }: Tab): Promise<void> {
  const wide = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, dialog')]
      .filter((node) => node.scrollWidth > node.clientWidth)
      .map((node) => node.tagName),
  );
  expect(wide).toEqual([]);
  const targets = page.locator('button:visible, input:visible, summary:visible');
  const small = await targets.evaluateAll((nodes) =>
    nodes
      .filter((node) => node.getBoundingClientRect().height < (node.tagName === 'SUMMARY' ? 24 : 44))
      .map((node) => node.textContent),
  );
  expect(small).toEqual([]);
}

function isAtEnd(tab: Tab): Promise<boolean> {
  return tab.rows.last().evaluate((row) => {
    const main = row.closest('main')!.getBoundingClientRect();
    return row.getBoundingClientRect().bottom <= main.bottom + 2;
  });
}

/** The message of the line in the middle of the view. */
function textInView(tab: Tab): Promise<string> {
  return tab.page.getByRole('main').evaluate((main) => {
    const { left, top, height } = main.getBoundingClientRect();
    const row = document.elementFromPoint(left + 300, top + height / 2)?.closest('li');
    return row?.querySelector('.message')?.textContent ?? '';
  });
}
