import { ConsoleLogger, Logger, type LogLevel } from '@nestjs/common';
import { stripVTControlCharacters } from 'node:util';
import { HOSTILE } from '../security/hostile-texts.js';
import { Counter, describeInChromium, eventually, serviceOf, type Tab, upTo } from '../support/browser.js';
import { put, quietHost } from './own-lines.js';

const LEVELS = ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'] as const;
/** What Nest gives each of them, by the class it becomes here. */
const COLOURS = ['ansi-bright-cyan', 'ansi-bright-magenta', 'ansi-green', 'ansi-yellow', 'ansi-red', 'bold'];
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };

/** What is logged, and what is seen of it. */
const INERT = [
  ['<img src=x onerror=alert(1)>'],
  ['<script>alert(2)</script>'],
  ['<svg onload=alert(3)></svg><iframe src=javascript:alert(4)>'],
  ['\x1b]8;;javascript:alert(5)\x07click\x1b]8;;\x07', 'click'],
  ['user\u202egnp.exe\u200b\u2066', 'user\\u{202e}gnp.exe\\u{200b}\\u{2066}'],
  ['\x1b]0;Owned\x07\x9b2J\x9d0;Owned\x9cno title', 'no title'],
  ['</pre></li></ul><h1>Signed out</h1><style>*{display:none}</style>'],
  ['${alert(6)} {{alert(7)}} &lt;b&gt;'],
  ['" onmouseover="alert(8)" x="'],
] as const;
/** Everything a row is made of. */
const ELEMENTS = 'BDI BUTTON DD DETAILS DIV DL DT H2 LI MARK P PRE SECTION SPAN SUMMARY TIME'.split(' ');

describeInChromium('Lines', (stage) => {
  test('every level is a word, in a colour of its own, by day and by night', async () => {
    const host = await quietHost(stage);
    const tab = await stage.live(host);
    await tab.button('Debug 0').click();
    await tab.button('Detail 0').click();
    for (const level of LEVELS) new Logger('Boiler')[level](`this is ${level}`);
    await tab.shows(6);

    const names = ['Detail', 'Debug', 'Info', 'Warning', 'Error', 'Critical'];
    const words = LEVELS.map((level, index) =>
      tab.row(`this is ${level}`).getByText(names[index], { exact: true }),
    );
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

  test('an error opens: own steps first, those of libraries on demand, its causes, its data as a tree, all of it to be copied', async () => {
    const host = await quietHost(stage);
    const tab = await stage.live(host, CLIPBOARD);
    const cause = thrownBy(() => JSON.parse('{"sku":'));
    const error = thrownBy(() =>
      ['AB-444'].map(() => {
        throw new TypeError('No sku', { cause });
      }),
    );
    new Logger('PickingService').error(
      'Could not confirm pick 9476',
      { warehouse: 'LYON-2', items: [{ sku: 'AB-444', left: 0 }], manual: false },
      error,
    );
    new Logger('PickingService').log('All well');
    await tab.shows(2);
    await open(tab, 'Could not confirm pick 9476');

    const row = tab.row('Could not confirm pick 9476');
    const own = row.getByText(/^TypeError: No sku\s+at /);
    const ofCause = row.getByText(/^Caused by: SyntaxError: /);
    await own.waitFor();
    for (const part of [own, ofCause]) {
      const [title, ...steps] = (await part.innerText()).split('\n');
      expect(title).toMatch(/TypeError: No sku$|^Caused by: SyntaxError: .*JSON/);
      expect(steps.length).toBeGreaterThan(0);
      for (const step of steps) expect(step).toMatch(/^ {4}at .+lines\.e2e-spec\.ts:\d+:\d+\)?$/);
    }
    // How many depends on what the machine was at when the test went on.
    const libraries = row.getByText(/\d+ steps? in libraries/);
    expect(await libraries.count()).toBe(2);
    expect(await row.getByText('at Array.map').isVisible()).toBe(false);
    await libraries.first().click();
    await row.getByText('at Array.map').waitFor();

    const items = row.getByText('items: [1]');
    expect(await row.getByText('warehouse: LYON-2').isVisible()).toBe(true);
    expect(await row.getByText('manual: false').isVisible()).toBe(true);
    expect(await row.getByText('sku: AB-444').count()).toBe(0);
    await items.click();
    await row.getByText('0: {2}').click();
    await row.getByText('sku: AB-444').waitFor();
    await row.getByText('left: 0').waitFor();

    await row.getByRole('button', { name: 'Copy this line' }).click();
    await tab.page.getByText('Copied.').waitFor();
    const copied = await tab.page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^\S+Z {3}ERROR \[PickingService\] Could not confirm pick 9476\n/);
    expect(copied).toContain('TypeError: No sku\n    at ');
    expect(copied).toMatch(/\nCaused by: SyntaxError: .+\n {4}at JSON\.parse/);
    expect(copied).toContain('"sku": "AB-444"');

    await open(tab, 'All well');
    expect(await tab.row('All well').innerText()).not.toMatch(/Where it happened|Data/);
  });

  test('whatever a line contains, it stays text: nothing of it becomes an element, a link, a title or a command', async () => {
    const host = await quietHost(stage);
    const tab = await stage.live(host, { viewport: { width: 1280, height: 2000 } });
    for (const [index, [text]] of INERT.entries()) {
      put(host, {
        level: 'error',
        message: `${index}. ${text} END`,
        context: text,
        requestId: text,
        data: { [text]: text, of: [text] },
        stack: `Error: ${text}\n    at x (${text}:1:1)`,
      });
    }
    await tab.shows(INERT.length);
    for (const [index, [text, seen = text]] of INERT.entries()) {
      const row = tab.row(`${index}. ${seen} END`);
      await row.getByRole('button', { name: 'Show details' }).click();
      await row.getByText('Where it happened').waitFor();
      await row.getByText('of: [1]').click();
      expect(await row.locator('pre').first().textContent()).toBe(`Error: ${seen}\n    at x (${seen}:1:1)`);
      if (seen === text) expect(await row.getByText(`${text}: ${text}`).count()).toBe(1);
    }
    expect(await foreign(tab)).toEqual([]);

    for (const [what, text] of HOSTILE)
      put(host, { level: 'fatal', message: `${what}: ${text}`, data: text });
    await tab.shows(INERT.length + HOSTILE.length);
    const entries = (await tab.lines()).filter((line) => !line.startsWith('    '));
    expect(entries).toHaveLength(INERT.length + HOSTILE.length);
    expect(await foreign(tab)).toEqual([]);
    expect(await tab.page.title()).toBe('Server log');
    await tab.state('Live');
    expect(tab.problems).toEqual([]);
  });

  test('the colours Nest prints are colours here, and the text is what a terminal would show', async () => {
    const host = await quietHost(stage);
    const tab = await stage.live(host);
    const printed = new (class extends ConsoleLogger {
      line(level: LogLevel, message: string): string {
        return this.formatMessage(
          level,
          message,
          '[Nest] 4711  - ',
          level.toUpperCase().padStart(7),
          this.formatContext('Orders'),
          '+3ms',
        ).trimEnd();
      }
    })({ colors: true });
    const lines = LEVELS.map((level) => printed.line(level, `nest prints ${level}`));
    const text = 'שלום 👨‍👩‍👧 naïve\tcol\n  second line';
    for (const line of [...lines, text]) new Logger('Printed').log(line);
    await tab.shows(7);
    expect(lines[0]).toContain('\x1b[');

    for (const [index, colour] of COLOURS.entries()) {
      const line = tab.row(`nest prints ${LEVELS[index]}`);
      expect(await line.locator('.message').textContent()).toBe(stripVTControlCharacters(lines[index]));
      const styles = await line
        .locator('.message [class]')
        .evaluateAll((nodes) => nodes.flatMap((node) => [...node.classList]));
      expect(styles).toContain(colour);
      expect(styles).toContain('ansi-yellow');
    }
    expect(await tab.row('second line').locator('.message').textContent()).toBe(text);
  });

  test('a line of 200 kB takes no more than 20 lines of the screen until all of it is wanted; one the server cut says how long it was', async () => {
    const host = await quietHost(stage, { limits: { entryBytes: 210_000 } });
    const tab = await stage.live(host);
    const long = `begin ${'0123456789 abcdef '.repeat(12_000)}`.slice(0, 199_997) + 'end';
    new Logger('Importer').log(long);
    new Logger('Importer').log(`cut ${'x'.repeat(500_000)}`);
    await tab.shows(2);
    for (const start of ['begin', 'cut']) {
      const height = await tab.row(start).evaluate((row) => row.getBoundingClientRect().height);
      expect(height).toBeLessThanOrEqual(20 * 20);
    }

    await tab.row('begin').getByRole('button', { name: 'Show all (200 kB)' }).click();
    await eventually(async () => expect(await tab.row('begin').locator('pre').textContent()).toBe(long));
    await open(tab, 'cut x');
    await tab.row('cut x').getByText('The server kept only the beginning: this line had 500 kB.').waitFor();
  });

  test('identical lines are one row that says how often and when, unless somebody wants them all', async () => {
    const host = await quietHost(stage);
    const tab = await stage.live(host);
    const at = (second: number): string => new Date(Date.UTC(2026, 10, 20, 10, 0, second)).toISOString();
    for (let second = 0; second < 40; second++)
      put(host, { message: 'Stock is low', context: 'Stock', time: at(second) });
    put(host, { message: 'Stock is low', context: 'Other', time: at(50) });
    await tab.shows(41);
    expect(await tab.rows.count()).toBe(2);
    const folded = tab.row('40 times');
    await open(tab, '40 times');
    await folded.getByText(/^The same line 40 times, from \d\d:00:00 to \d\d:00:39\.$/).waitFor();

    await inMenu(tab, () => tab.page.getByLabel('Fold identical lines').uncheck());
    await tab.shows(41);
    expect(await tab.rows.first().getAttribute('aria-setsize')).toBe('41');
    expect(await tab.row('times').count()).toBe(0);
  });

  test('the time is a clock, how long ago, or the step since the line before; rows are compact; long lines go on or end: all of it stays so', async () => {
    const host = await quietHost(stage);
    const tab = await stage.live(host);
    const now = Date.now();
    const at = (ms: number): string => new Date(now + ms).toISOString();
    put(host, { message: 'first', time: at(-90_120) });
    put(host, { message: 'second', time: at(-90_000) });
    put(host, { message: `third ${'and so on '.repeat(60)}`, time: at(-3000) });
    await tab.shows(3);
    const timeOf = (text: string): Promise<string> => tab.row(text).getByRole('time').innerText();
    const heightOf = (text: string): Promise<number> =>
      tab.row(text).evaluate((row) => row.getBoundingClientRect().height);
    expect(await timeOf('third')).toMatch(/^\d\d:\d\d:\d\d\.\d{3}$/);
    expect(await heightOf('second')).toBe(28);
    expect(await heightOf('third')).toBeGreaterThan(60);

    const choose = (label: string, option: string): Promise<void> =>
      inMenu(tab, () => tab.page.getByRole('combobox', { name: label, exact: true }).selectOption(option));
    await choose('Time', 'How long ago');
    expect(await timeOf('third')).toMatch(/^\d+ sec\. ago$/);
    expect(await timeOf('second')).toBe('1 min. ago');
    await choose('Time', 'Since the line before');
    await choose('Rows', 'Compact');
    await inMenu(tab, () => tab.page.getByLabel('Wrap long lines').uncheck());
    for (const visit of ['at once', 'after a reload']) {
      expect([visit, await timeOf('second'), await timeOf('third')]).toEqual([visit, '+0.12 s', '+1.45 min']);
      expect([visit, await heightOf('second'), await heightOf('third')]).toEqual([visit, 22, 22]);
      if (visit === 'at once') await tab.page.reload();
      await tab.shows(3);
    }
  });

  test('the page fills itself to 20,000 lines; at its top older ones are loaded on demand, and nothing that is read moves', async () => {
    const host = await quietHost(stage, { capacity: 30_000 });
    const counter = new Counter();
    counter.log(25_000);
    const tab = await stage.live(host);
    await tab.shows(20_000);
    await tab.page.getByRole('main').focus();
    for (const held of [22_000, 24_000, 25_000]) {
      await tab.page.keyboard.press('Home');
      await tab.shows(held);
    }
    const read = tab.row(/line 1001$/);
    const before = await read.boundingBox();
    const view = await tab.page.getByRole('main').boundingBox();
    expect(Math.abs(before!.y - view!.y)).toBeLessThan(3);

    counter.log(100);
    await tab.button('↓ 100 new lines').waitFor();
    expect((await read.boundingBox())!.y).toBe(before!.y);
    expect(await tab.numbers()).toEqual(upTo(25_100));
    await tab.button('↓ 100 new lines').click();
    await tab.row('line 25100').waitFor();
    await tab.shows(20_000);
  });
});

describeInChromium('Reading', (stage) => {
  test('a short list begins at the top; a line that is opened comes into view as a whole, and stays where it is while lines arrive', async () => {
    const host = await quietHost(stage);
    const counter = new Counter();
    const tab = await stage.live(host);
    counter.log(1);
    await tab.shows(1);
    const view = (await tab.page.getByRole('main').boundingBox())!;
    expect((await tab.row('line 1').boundingBox())!.y - view.y).toBeLessThan(5);

    counter.log(299);
    const stack = `Error: No sku\n${'    at x (y.js:1:1)\n'.repeat(12)}    at last (y.js:1:1)`;
    new Logger('PickingService').error('Could not confirm pick', stack);
    counter.log(2);
    await tab.shows(303);
    await open(tab, 'Could not confirm pick');
    const opened = tab.row('Could not confirm pick').getByText('Error: No sku');
    await tab.button('↓ Go to the newest line').waitFor();
    const before = (await opened.boundingBox())!;
    expect(before.y).toBeGreaterThan(view.y);
    expect(before.y + before.height).toBeLessThan(view.y + view.height);
    counter.log(50);
    await tab.button('↓ 50 new lines').waitFor();
    expect((await opened.boundingBox())!.y).toBe(before.y);
    expect((await serviceOf(host).stats()).held.entries).toBe(353);
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

async function open(tab: Tab, text: string): Promise<void> {
  await tab.row(text).getByRole('button', { name: 'Show details' }).click();
}

async function inMenu(tab: Tab, act: () => Promise<unknown>): Promise<void> {
  await tab.button('More').click();
  await act();
  await tab.page.keyboard.press('Escape');
}

/** Elements in the list that are none of the page's own, and any that would load, run or lead elsewhere. */
function foreign(tab: Tab): Promise<string[]> {
  return tab.list.evaluate(
    (list, own) =>
      [...list.querySelectorAll('*')]
        .filter((node) => !own.includes(node.tagName) || node.matches('[src], [href], [onload], [onerror]'))
        .map((node) => node.outerHTML),
    ELEMENTS,
  );
}
