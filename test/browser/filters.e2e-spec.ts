import { Logger } from '@nestjs/common';
import { Counter, describeInChromium, eventually, serviceOf, VIEWER, type Tab } from '../support/browser.js';
import { type Host } from '../support/host-app.js';
import { put, quietHost } from './own-lines.js';

const NAMES = {
  fatal: 'Critical',
  error: 'Error',
  warn: 'Warning',
  log: 'Info',
  debug: 'Debug',
  verbose: 'Detail',
};
type Level = keyof typeof NAMES;
const LEVELS = Object.keys(NAMES) as Level[];

describeInChromium('Filters', (stage) => {
  test('each level has a switch with its count, as the server counts; a double click leaves only that one', async () => {
    const host = await stage.host();
    const tab = await stage.live(host);
    LEVELS.forEach((level, index) => {
      for (let n = 0; n <= index; n++) new Logger('Boiler')[level](`${level} ${n}`);
    });
    const { byLevel, entries } = (await serviceOf(host).stats()).held;
    const quiet = byLevel.debug + byLevel.verbose;
    expect(quiet).toBeGreaterThanOrEqual(11);
    await tab.shows(entries - quiet, entries);
    for (const level of LEVELS) {
      expect(await isOn(tab, level, byLevel[level])).toBe(!['debug', 'verbose'].includes(level));
    }

    const chip = (level: Level) => tab.button(`${NAMES[level]} ${byLevel[level]}`);
    await chip('verbose').click();
    await tab.shows(entries - byLevel.debug, entries);
    await chip('log').click();
    await tab.shows(entries - byLevel.debug - byLevel.log, entries);
    await chip('error').dblclick();
    await tab.shows(2, entries);
    expect(await tab.rows.allInnerTexts()).toEqual([
      expect.stringMatching(/Error\s+Boiler\s+error 0$/),
      expect.stringMatching(/Error\s+Boiler\s+error 1$/),
    ]);
    await chip('error').click(); // the last one that was on: nobody wants to see nothing
    await tab.shows(entries);
    expect(new URL(tab.page.url()).search).toBe('?level=fatal,error,warn,log,debug,verbose');
    new Logger('Boiler').error('one more');
    await tab.button(`Error ${byLevel.error + 1}`).waitFor();
  });

  test('a search looks at everything held, in message, part, request, stack and data, whatever the case and the colours', async () => {
    const host = await quietHost(stage);
    const counter = new Counter();
    put(host, { message: 'the first of all' });
    counter.log(3000);
    put(host, { message: 'by \x1b[31mNee\x1b[1mdle\x1b[0m alone' });
    put(host, { message: 'by part', context: 'NeedleService' });
    put(host, { message: 'by request', requestId: 'a-needle-7' });
    put(host, { message: 'by stack', stack: 'Error: x\n    at NEEDLE (a.js:1:1)' });
    put(host, { message: 'by data', data: { nEEdle: 1 } });
    put(host, { message: 'by value', data: [{ of: 'a "needle"' }] });
    counter.log(2000);
    const tab = await stage.live(host);
    await tab.shows(5007);
    const search = tab.page.getByLabel('Search');
    await search.fill('needle');
    await tab.shows(6, 5007);
    expect(await tab.list.locator('mark').allInnerTexts()).toEqual(['Nee', 'dle', 'Needle', 'needle']);
    await tab.row('by stack').getByRole('button', { name: 'Show details' }).click();
    await eventually(async () =>
      expect(await tab.row('by stack').locator('mark').innerText()).toBe('NEEDLE'),
    );
    await search.fill('a "NEEDLE"');
    await tab.shows(1, 5007);
    expect(await tab.rows.innerText()).toContain('by value');
    await search.fill('FIRST of');
    await tab.shows(1, 5007);
    expect(await tab.list.locator('mark').innerText()).toBe('first of');
    await search.fill('line 4999');
    await tab.shows(1, 5007);
    counter.log(1);
    await tab.shows(1, 5008);

    await tab.page.getByRole('button', { name: 'Info' }).dblclick();
    await search.fill('aisle 17');
    await tab.page.getByText('No line matches: Info, “aisle 17”.').waitFor();
    expect(await tab.rows.count()).toBe(0);
    await tab.button('Show everything').click();
    await tab.shows(5008);
    expect(await search.inputValue()).toBe('');
    await tab.page.keyboard.press('End');
    await tab.row('line 5001').waitFor();
  });

  test('Esc and "Show the lines around it" bring everything back with the same line in view', async () => {
    const host = await quietHost(stage);
    const counter = new Counter();
    counter.log(800);
    new Logger('Picking').error('wanted');
    counter.log(800);
    const tab = await stage.live(host);
    await tab.shows(1601);
    await tab.page.getByLabel('Search').fill('wanted');
    await tab.shows(1, 1601);
    await tab.page.keyboard.press('Enter');
    await tab.page.keyboard.press('Escape');
    await tab.shows(1601);
    await expectInView(tab, 'wanted');
    await tab.row('line 800').waitFor();
    await tab.row('line 801').waitFor();

    await tab.page.keyboard.press('End');
    await tab.row('line 1600').waitFor();
    await tab.button('Error 1').dblclick();
    await tab.shows(1, 1601);
    await tab.row('wanted').click();
    await tab.button('Show the lines around it').click();
    await tab.shows(1601);
    await expectInView(tab, 'wanted', 'middle');
  });

  test('a part and a request, in the address: there after a reload, and in a link that somebody else opens', async () => {
    const host = await quietHost(stage);
    const counter = new Counter();
    counter.log(40);
    for (let n = 1; n <= 6; n++) {
      put(host, {
        context: 'Orders',
        message: `order ${n}`,
        requestId: `req-${n % 2}`,
        level: n < 5 ? 'log' : 'debug',
      });
    }
    put(host, { context: 'Picking', message: 'pick', requestId: 'req-1' });
    const tab = await stage.live(host);
    await tab.shows(45, 47);
    await tab.page.getByLabel('Part').selectOption('Orders (6)');
    await tab.shows(4, 47);
    await tab.row('order 3').getByRole('button', { name: 'req-1' }).click();
    await tab.shows(2, 47);
    await tab.page.getByLabel('Search').fill('order 3');
    await tab.shows(1, 47);
    await tab.page.reload();
    await tab.shows(1, 47);
    expect(await tab.page.getByLabel('Search').inputValue()).toBe('order 3');

    const other = await stage.tab();
    await other.goto(`${host.url}/log-console`);
    await other.signIn(VIEWER);
    await other.state('Live');
    await other.goto(tab.page.url());
    await other.shows(1, 47);
    await other.page.getByLabel('Search').fill('');
    await other.shows(2, 47);
    await other.page.getByRole('button', { name: 'Show all again, not only Request req-1' }).click();
    await other.shows(4, 47);
    await other.page.getByLabel('Part').selectOption('All parts');
    await other.shows(45, 47);
    expect(new URL(other.page.url()).search).toBe('');
  });
});

describeInChromium('A link of one line', (stage) => {
  test('opens that line, however far back it is, whatever the filters; of one that is gone the reader is told', async () => {
    const host = await quietHost(stage, { capacity: 30_000 });
    put(host, { message: 'far back', level: 'debug', data: { sku: 'AB-444' } });
    const counter = new Counter();
    counter.log(24_999);
    const oldest = await oldestOf(host);
    const tab = await stage.live(host, { permissions: ['clipboard-read', 'clipboard-write'] });
    await tab.goto(`${host.url}/log-console?level=error#line=${oldest}`);
    await tab.row('far back').getByText('sku: AB-444').waitFor();
    await expectInView(tab, 'far back');
    await eventually(async () => expect(await held(tab)).toBe(25_000));
    expect(tab.page.url()).toBe(`${host.url}/log-console?level=fatal,error,warn,log,debug,verbose`);

    await tab.page.keyboard.press('End');
    const row = tab.row('line 24990');
    await row.click();
    await row.getByRole('button', { name: 'Copy link' }).click();
    await tab.page.getByText('Copied.').waitFor();
    const link = await tab.page.evaluate(() => navigator.clipboard.readText());
    await tab.goto('about:blank');
    await tab.goto(link);
    await row.getByText('Counter', { exact: true }).last().waitFor();
    await row.getByRole('button', { name: 'Copy link' }).waitFor();
    await expectInView(tab, 'line 24990');

    counter.log(6000);
    await tab.goto('about:blank');
    await tab.goto(`${host.url}/log-console#line=${oldest}`);
    await tab.page.getByRole('alert').getByText('The server does not hold this line any more.').waitFor();
    await tab.row('line 30999').waitFor();
    await tab.page.getByText('Following the newest line.').waitFor();
    counter.log(1);
    await tab.row('line 31000').waitFor();
  });
});

/** The oldest line held, as a link names it. */
async function oldestOf(host: Host): Promise<string> {
  const { epoch, oldest } = await serviceOf(host).stats();
  const [entry] = (await serviceOf(host).read({ after: oldest, limit: 1 })).entries;
  return `${epoch}-${entry.id}`;
}

async function isOn(tab: Tab, level: Level, lines: number): Promise<boolean> {
  return (await tab.button(`${NAMES[level]} ${lines}`).getAttribute('aria-pressed')) === 'true';
}

async function held({ page }: Tab): Promise<number> {
  const foot = await page.getByRole('contentinfo').textContent();
  return Number(/of ([\d,]+)/.exec(foot ?? '')?.[1]?.replaceAll(',', ''));
}

/** As a whole; `middle`: with as much before it as after it. */
async function expectInView(tab: Tab, text: string, where?: 'middle'): Promise<void> {
  await eventually(async () => {
    const view = (await tab.page.getByRole('main').boundingBox())!;
    const row = (await tab.row(text).boundingBox())!;
    const [above, below] = [row.y - view.y, view.y + view.height - row.y - row.height];
    expect(above).toBeGreaterThanOrEqual(0);
    expect(below).toBeGreaterThanOrEqual(-2);
    if (where) expect(Math.abs(above - below)).toBeLessThan(4);
  });
}
