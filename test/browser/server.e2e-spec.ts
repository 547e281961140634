import { Logger } from '@nestjs/common';
import { fileSink, type LogSink, type LogStats } from 'nestjs-log-console';
import { type Locator } from 'playwright-core';
import { ADMIN, OPERATOR, PEOPLE, VIEWER } from '../access/people.js';
import { LogFileOfTest } from '../sinks/writing-host.js';
import { Counter, describeInChromium, eventually, serviceOf, type Tab } from '../support/browser.js';
import { type Host } from '../support/host-app.js';
import { expectNothing } from './axe.js';
import { expectToFit } from './fits.js';
import { put, quietHost } from './own-lines.js';
import { auditOf, LevelRoutes, testable } from './server-routes.js';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const SECRET = 'hunter2-and-more';

describeInChromium('The dialog about the server', (stage) => {
  const host = (sinks: LogSink[] = [], capacity = 1000): Promise<Host> =>
    quietHost(stage, { access: { tokens: PEOPLE }, sinks, capacity });
  /** Signs in; routes are stood in for before. */
  const arrive = async (at: Host, { token } = ADMIN, tab?: Tab): Promise<Tab> => {
    const page = tab ?? (await stage.tab());
    await page.goto(`${at.url}/log-console#token=${token}`);
    await page.page.locator('.status').getByText('Live', { exact: true }).waitFor();
    return page;
  };
  const open = async (tab: Tab): Promise<Dialog> => {
    await tab.button('More').click();
    await tab.button('Server and logging…').click();
    const dialog = new Dialog(tab);
    await dialog.box.waitFor();
    return dialog;
  };

  describe('on levels', () => {
    const start = async (person = ADMIN): Promise<{ dialog: Dialog; levels: LevelRoutes; tab: Tab }> => {
      const tab = await stage.tab();
      const levels = await LevelRoutes.on(tab.page);
      await arrive(await host(), person, tab);
      return { tab, levels, dialog: await open(tab) };
    };

    test('shows whoever reads what is logged of which part, the noisiest first, and nothing to change it', async () => {
      const { dialog } = await start(VIEWER);
      expect(await dialog.tabs()).toEqual(['What is logged', 'Where it goes', 'Instances']);
      await eventually(async () =>
        expect(await dialog.rows()).toEqual([
          'All parts 0 Everything',
          expect.stringMatching(
            /^Orders\* 2,345 Warning and above until \d\d:\d\d:\d\d, for another 12 min \d+ s set by grace because: too many orders$/,
          ),
          'Picking 80 Everything',
          'Boiler 12 Everything',
        ]),
      );
      expect(await dialog.box.getByRole('button').allInnerTexts()).toEqual(['Close']);
      expect(await dialog.box.getByRole('textbox').count()).toBe(0);
    });

    test('ends with those that are too many to be told apart', async () => {
      const tab = await stage.tab();
      const levels = await LevelRoutes.on(tab.page);
      levels.others = { lines: 1234 };
      await arrive(await host(), VIEWER, tab);
      const dialog = await open(tab);
      await eventually(async () =>
        expect((await dialog.rows()).at(-1)).toBe('Others, too many to list 1,234'),
      );
    });

    test('sets one for half an hour unless something else is chosen, for names and beginnings, and takes it back', async () => {
      const { dialog, levels } = await start();
      await dialog.button('Change Picking').click();
      expect(await dialog.field('Part or beginning*').inputValue()).toBe('Picking');
      expect(await dialog.field('Log').inputValue()).toBe('verbose');
      await dialog.field('Log').selectOption('Error and above');
      await dialog.button('Set').click();
      await dialog.says('Done. Logged of Picking: Error and above.');
      await eventually(async () =>
        expect((await dialog.rows())[2]).toMatch(
          /^Picking 80 Error and above until .*, for another (30 min 0|29 min \d+) s set by admin-1 Change Reset$/,
        ),
      );

      await dialog.field('Part or beginning*').fill('Ship*/ping');
      await dialog.field('Log').selectOption('Everything');
      await dialog.field('For how long').selectOption('8 hours');
      await dialog.field('Why (optional)').fill('a parcel is lost');
      await dialog.button('Set').press('Enter');
      await dialog.button('Reset Ship*/ping').waitFor();
      expect(await dialog.field('Why (optional)').inputValue()).toBe('');
      expect(levels.asked).toEqual([
        { method: 'PUT', context: 'Picking', body: { level: 'error', ttlSeconds: 1800 } },
        {
          method: 'PUT',
          context: 'Ship*/ping',
          body: { level: 'verbose', ttlSeconds: 28_800, reason: 'a parcel is lost' },
        },
      ]);

      await dialog.button('Reset Picking').click();
      await dialog.says('Done. Picking is logged as before.');
      expect(levels.asked.at(-1)).toEqual({ method: 'DELETE', context: 'Picking' });
      await eventually(async () => expect((await dialog.rows())[2]).toBe('Picking 80 Everything Change'));
      await dialog.button('Change All parts').click();
      expect(await dialog.field('Part or beginning*').inputValue()).toBe('*');
    });

    test('says beside the field what the server does not take, and above the table where it does not answer', async () => {
      const { dialog, levels } = await start();
      const part = dialog.field('Part or beginning*');
      await part.fill('Boiler');
      levels.refusal = {
        status: 400,
        message: [
          'reason must be a text of at most 200 characters.',
          'context must be the name of a context.',
        ],
      };
      await dialog.button('Set').click();
      await dialog.box.getByText('reason must be a text of at most 200 characters.').waitFor();
      expect(await described(dialog.field('Why (optional)'))).toBe(
        'reason must be a text of at most 200 characters.',
      );
      expect(await described(part)).toBe('context must be the name of a context.');
      expect(await described(dialog.field('Log'))).toBe('');
      expect(await part.inputValue()).toBe('Boiler');

      levels.refusal = { status: 403, message: ['Forbidden resource'] };
      await dialog.button('Set').click();
      await dialog.box.getByText('Your account is not allowed to do this.').waitFor();
      expect(await described(part)).toBe('');
      levels.refusal = { status: 409, message: ['A level is in the way.'] };
      await dialog.button('Set').click();
      await dialog.box.getByRole('alert').getByText('A level is in the way.').waitFor();
      expect(await described(dialog.field('Log'))).toBe('');
      levels.refusal = { status: 409, message: ['Not now.'] };
      await dialog.button('Reset Orders*').click();
      await dialog.box.getByRole('alert').getByText('Not now.').waitFor();
      expect((await dialog.rows())[1]).toContain('Warning and above');
    });

    test('counts down, and shows that it reverted by itself', async () => {
      const tab = await stage.tab();
      const levels = await LevelRoutes.on(tab.page);
      await tab.page.clock.install();
      await arrive(await host(), VIEWER, tab);
      const dialog = await open(tab);
      const left = async (): Promise<number> => {
        const [, minutes, seconds] = /another (\d+) min (\d+) s/.exec((await dialog.rows())[1]) ?? [];
        return Number(minutes) * 60 + Number(seconds);
      };
      await dialog.box.getByText('for another').waitFor();
      let answer = (): void => undefined;
      levels.answering = new Promise<void>((resolve) => (answer = resolve));
      const before = await left();
      expect(before).toBeGreaterThan(700);
      await eventually(async () => expect(await left()).toBeLessThan(before));
      expect(await left()).toBeGreaterThan(700);
      levels.contexts['Orders*'] = { configured: null, effective: 'verbose', lines: 2345 };
      await tab.page.clock.runFor(5000);
      answer();
      await eventually(async () => expect((await dialog.rows())[1]).toBe('Orders* 2,345 Everything'));
    });

    test('is opened by a line: filled in so that its kind is quiet, or so that all that goes with a problem comes', async () => {
      const tab = await stage.tab();
      await LevelRoutes.on(tab.page);
      const at = await host();
      put(
        at,
        { context: 'Boiler', message: 'warm' },
        { context: 'Picking', level: 'error', message: 'no shelf' },
      );
      put(at, { message: 'of no part' });
      await arrive(at, ADMIN, tab);
      const dialog = new Dialog(tab);
      const filled = async (): Promise<string[]> => [
        await dialog.field('Part or beginning*').inputValue(),
        await dialog.field('Log').locator('option:checked').innerText(),
      ];
      for (const [line, button, ...values] of [
        ['warm', 'Quiet this part…', 'Boiler', 'Warning and above'],
        ['no shelf', 'Show more of this part…', 'Picking', 'Everything'],
      ]) {
        await tab.row(line).getByRole('button', { name: 'Show details' }).click();
        await tab.button(button).click();
        await eventually(async () => expect(await filled()).toEqual(values));
        await eventually(async () => expect(await isFocused(dialog.field('Log'))).toBe(true));
        await tab.page.keyboard.press('Escape');
        await dialog.box.waitFor({ state: 'detached' });
        expect(await isFocused(tab.button(button))).toBe(true);
      }
      await tab.row('of no part').getByRole('button', { name: 'Show details' }).click();
      expect(
        await tab
          .row('of no part')
          .getByRole('button', { name: /this part/ })
          .count(),
      ).toBe(0);
      await open(tab);
      await eventually(async () => expect((await filled())[0]).toBe(''));

      const operator = await arrive(at, OPERATOR);
      await operator.row('warm').getByRole('button', { name: 'Show details' }).click();
      await operator.row('warm').getByRole('button', { name: 'Copy link' }).waitFor();
      expect(await operator.page.getByRole('button', { name: /this part/ }).count()).toBe(0);
    });

    test('shows names and reasons as text, whatever they are made of', async () => {
      const evil = '<img src=x onerror=alert(1)>\u202eevil';
      const tab = await stage.tab();
      const levels = await LevelRoutes.on(tab.page);
      levels.contexts[evil] = {
        ...levels.contexts['Orders*'],
        lines: 9999,
        setBy: evil,
        reason: evil,
      };
      await arrive(await host(), ADMIN, tab);
      const dialog = await open(tab);
      await dialog.box.getByRole('table').waitFor();
      const [, row] = await dialog.rows();
      expect(row.split('<img src=x onerror=alert(1)>\\u{202e}evil')).toHaveLength(4);
      expect(await dialog.box.locator('img').count()).toBe(0);
      await dialog.box.getByRole('button', { name: /^Reset .*evil/ }).click();
      await dialog.says(/^Done\. .*evil is logged as before\.$/);
      expect(levels.asked).toEqual([{ method: 'DELETE', context: evil }]);
    });
  });

  describe('on destinations', () => {
    test('says of each how it is, how far behind and what it lost, and how it goes on', async () => {
      const file = new LogFileOfTest();
      stage.closeLater({ close: () => file.remove() });
      let release = (): void => undefined;
      const free = new Promise<void>((resolve) => (release = resolve));
      const slow: LogSink = { name: 'slow', batch: { entries: 20 }, write: () => free };
      const broken: LogSink = {
        name: 'broken',
        batch: { entries: 20 },
        write: () => {
          throw new Error('the mast fell');
        },
      };
      const grave: LogSink = { name: 'grave', level: 'error', write: () => undefined };
      const at = await host([fileSink({ path: file.path }), slow, broken, grave], 100);
      const counter = new Counter();
      const sinksNow = async (): Promise<LogStats['sinks']> => (await serviceOf(at).stats()).sinks;
      for (let burst = 0; burst < 8; burst++) {
        counter.log(50);
        await eventually(async () => {
          const { file: written, grave: looked } = await sinksNow();
          expect([written.behind, looked.behind]).toEqual([0, 0]);
        });
      }
      const tab = await stage.tab();
      await tab.page.clock.install();
      const dialog = await open(await arrive(at, VIEWER, tab));
      await dialog.choose('Where it goes');
      await eventually(async () => {
        const sinks = await sinksNow();
        expect(sinks.slow.dropped).toBeGreaterThan(200);
        expect(await dialog.cards()).toEqual(
          [
            `file Works since TIME took ${sinks.file.written} lines`,
            `slow Works since TIME took 0 lines, is ${sinks.slow.behind} lines behind, lost ${sinks.slow.dropped} lines`,
            `broken Takes no lines since TIME; it is tried again the mast fell took 0 lines, is ${sinks.broken.behind} lines behind, lost ${sinks.broken.dropped} lines`,
            `grave Works since TIME took 0 lines, did not want ${sinks.grave.filtered} lines`,
          ].map(
            (words) =>
              expect.stringMatching(
                new RegExp(`^${words.replace('TIME', '\\d\\d:\\d\\d:\\d\\d')}$`),
              ) as string,
          ),
        );
      });
      expect(await dialog.box.getByRole('button', { name: /Test/ }).count()).toBe(0);

      release();
      await eventually(async () => {
        await tab.page.clock.runFor(5000);
        expect((await dialog.cards())[1]).toMatch(/took \d\d\d? lines, lost \d+ lines$/);
      });
    });

    test('are not to be tried by those who may not', async () => {
      const tab = await stage.tab();
      await testable(tab.page, { ok: true });
      const at = await host([{ name: 'pager', write: () => undefined }]);
      const dialog = await open(await arrive(at, VIEWER, tab));
      await dialog.choose('Where it goes');
      await eventually(async () => expect(await dialog.cards()).toHaveLength(1));
      expect(await dialog.box.getByRole('button').allInnerTexts()).toEqual(['Close']);
      await tab.page.unrouteAll({ behavior: 'ignoreErrors' });
    });

    test('says so where there is none, and why that matters', async () => {
      const dialog = await open(await arrive(await host(), VIEWER));
      await dialog.choose('Where it goes');
      await dialog.box.getByText('gone when the server stops').waitFor();
      expect(await dialog.cards()).toEqual([]);
    });

    test.each([
      [{ ok: true, status: 202 }, 'The test worked (202)'],
      [{ ok: false, status: 500, error: 'Internal\u202e' }, 'The test failed: Internal\\u{202e} (500)'],
      [{ ok: false, error: 'no answer' }, 'The test failed: no answer'],
    ])('tries those that can be tried, for whoever may: %j', async (answer, words) => {
      const file = new LogFileOfTest();
      stage.closeLater({ close: () => file.remove() });
      const at = await host([fileSink({ path: file.path }), { name: 'pager', write: () => undefined }]);
      const tab = await stage.tab();
      const { tested } = await testable(tab.page, answer);
      const dialog = await open(await arrive(at, ADMIN, tab));
      await dialog.choose('Where it goes');
      await dialog.button('Test pager').click();
      await dialog.says(words);
      expect(tested).toEqual(['POST pager']);
      expect(await dialog.box.getByRole('button', { name: /^Test/ }).count()).toBe(1);
      await tab.page.unrouteAll({ behavior: 'ignoreErrors' });
    });
  });

  test('on what people did: the newest first, by their days, older ones when they are wanted, one kind alone', async () => {
    const tab = await stage.tab({ timezoneId: 'UTC' });
    await auditOf(tab.page, 130);
    const dialog = await open(await arrive(await host(), ADMIN, tab));
    await dialog.choose('Who did what');
    const deeds = async (): Promise<string[]> =>
      (await dialog.rows()).flatMap((row) => /deed \d+/.exec(row)?.[0] ?? []);
    await eventually(async () => expect(await deeds()).toHaveLength(100));
    expect((await deeds()).slice(0, 2)).toEqual(['deed 130', 'deed 129']);
    expect((await dialog.rows())[1]).toMatch(
      /^\d\d:\d\d:\d\d ada admin 10\.0\.0\.7 ada .* did deed 130, .* Clearing: ok$/,
    );
    const days = dialog.box.locator('th[scope=rowgroup]');
    expect(new Set(await days.allInnerTexts()).size).toBe(await days.count());
    expect(await days.first().innerText()).toMatch(/^\w+day, \w+ \d+, \d{4}$/);

    await dialog.button('Older').click();
    await eventually(async () => expect(await deeds()).toHaveLength(130));
    expect((await deeds()).at(-1)).toBe('deed 1');
    expect(await dialog.button('Older').count()).toBe(0);
    await dialog.field('Show').selectOption('Download');
    expect((await deeds()).slice(0, 3)).toEqual(['deed 128', 'deed 124', 'deed 120']);
    await dialog.field('Show').selectOption('Level ended');
    await dialog.box.getByText('Nothing here.').waitFor();
  });

  test('on what is masked: what would be, and by which rule; nothing of it is stored', async () => {
    const at = await host();
    new Logger('Auth').log(`password=${SECRET}`);
    const dialog = await open(await arrive(at));
    await dialog.choose('What is masked');
    await eventually(async () => expect(await dialog.rows()).toEqual(['assignment 1']));
    const held = (await serviceOf(at).stats()).accepted.total;

    const text = dialog.field('A text to try. It is not stored.');
    const ask = dialog.button('What would be masked?');
    await text.fill(`user=ann password=${SECRET}\u202e card 4111 1111 1111 1111.`);
    await ask.click();
    await dialog.says(/These 2 would be masked/);
    expect(await dialog.box.locator('mark').allInnerTexts()).toEqual([
      expect.stringMatching(new RegExp(`^${SECRET}`)),
      '4111 1111 1111 1111',
    ]);
    const [marked, masked] = await dialog.box.locator('pre').allInnerTexts();
    expect(marked).toMatch(/assignment.*4111 1111 1111 1111\s*card-number/);
    expect(masked).toMatch(/^user=ann password=\[redacted:password\].* card \[redacted:card\]\.$/);
    await text.fill('nothing to hide');
    await ask.click();
    await dialog.says('Nothing in it would be masked.');
    await text.fill('x'.repeat(70_000));
    await ask.click();
    await dialog.box.getByText(/text must be a text of at most 65536 characters/).waitFor();
    expect(await described(text)).toContain('at most 65536');

    const after = await serviceOf(at).stats();
    expect([after.accepted.total, after.redactions]).toEqual([held, { assignment: 1 }]);
  });

  test('says that there is one instance alone, where nothing is shared', async () => {
    const dialog = await open(await arrive(await host(), VIEWER));
    await dialog.choose('Instances');
    await dialog.box.getByText('There is only this one.').waitFor();
    const cards = dialog.box.getByRole('tabpanel').getByRole('listitem');
    expect(await cards.allInnerTexts()).toEqual([
      expect.stringMatching(
        new RegExp(`Up since [^]*process ${process.pid} on [^]*all of its lines are there$`),
      ),
    ]);
  });

  test('is there for the keyboard: from the menu and back, and from one page to the next by the arrows', async () => {
    const tab = await stage.tab();
    await LevelRoutes.on(tab.page);
    await auditOf(tab.page, 3);
    await arrive(await host(), ADMIN, tab);
    const { keyboard } = tab.page;
    await tab.button('More').focus();
    await keyboard.press('Enter');
    await tab.tabTo('Server and logging…');
    await keyboard.press('Enter');
    const dialog = new Dialog(tab);
    await dialog.box.waitFor();
    const at = (name: string): Promise<void> =>
      eventually(async () => {
        expect(await isFocused(dialog.box.getByRole('tab', { name, selected: true }))).toBe(true);
        expect(await dialog.box.getByRole('tabpanel', { name }).count()).toBe(1);
      });
    await at('What is logged');
    for (const [key, name] of [
      ['ArrowRight', 'Where it goes'],
      ['End', 'What is masked'],
      ['ArrowRight', 'What is logged'],
      ['ArrowLeft', 'What is masked'],
      ['ArrowLeft', 'Who did what'],
      ['Home', 'What is logged'],
    ]) {
      await keyboard.press(key);
      await at(name);
    }
    // The page asks anew each time it is chosen.
    await dialog.field('Part or beginning*').waitFor();
    await keyboard.press('Tab');
    expect(await isFocused(dialog.box.getByRole('tabpanel'))).toBe(true);
    await keyboard.press('Tab');
    expect(await isFocused(dialog.field('Part or beginning*'))).toBe(true);
    await keyboard.type('Shop');
    await keyboard.press('Enter');
    await dialog.says('Done. Logged of Shop: Warning and above.');
    await keyboard.press('Escape');
    await dialog.box.waitFor({ state: 'detached' });
    expect(await isFocused(tab.button('More'))).toBe(true);
  });

  test('axe finds nothing on any of its pages, and they fit on a phone', async () => {
    const broken: LogSink = {
      name: 'broken',
      write: () => {
        throw new Error('the mast fell');
      },
    };
    const at = await host([broken, { name: 'pager', write: () => undefined }]);
    new Logger('Auth').log(`password=${SECRET}`);
    const tab = await stage.tab();
    const phone = await stage.tab(PHONE);
    for (const one of [tab, phone]) {
      const levels = await LevelRoutes.on(one.page);
      levels.contexts[`Long${'Name'.repeat(20)}`] = {
        configured: null,
        effective: 'debug',
        lines: 1_234_567,
      };
      levels.refusal = { status: 400, message: ['reason must be a text of at most 200 characters.'] };
      await auditOf(one.page, 130);
      await testable(one.page, { ok: false, error: 'no answer' });
      await arrive(at, ADMIN, one);
      const dialog = await open(one);
      await dialog.field('Part or beginning*').fill('Boiler');
      await dialog.button('Set').click();
      await dialog.box.getByText('reason must be a text of at most 200 characters.').waitFor();
      await check(one, 'levels');
      await dialog.choose('Where it goes');
      await dialog.button('Test pager').click();
      await dialog.says('The test failed: no answer');
      await check(one, 'destinations');
      await dialog.choose('Who did what');
      await dialog.button('Older').waitFor();
      await check(one, 'audit');
      await dialog.choose('What is masked');
      await dialog.field('A text to try. It is not stored.').fill(`password=${SECRET}`);
      await dialog.button('What would be masked?').click();
      await dialog.box.locator('mark').waitFor();
      await check(one, 'redaction');
      await one.page.unrouteAll({ behavior: 'ignoreErrors' });
    }

    async function check(one: Tab, where: string): Promise<void> {
      if (one === phone) await expectToFit(one, where);
      else await expectNothing(one, where);
    }
  }, 60_000);

  test('speaks German in a German browser', async () => {
    const tab = await stage.tab({ locale: 'de-DE' });
    await LevelRoutes.on(tab.page);
    await arrive(await host(), ADMIN, tab);
    await tab.button('Mehr').click();
    await tab.button('Server und Protokollierung …').click();
    const dialog = new Dialog(tab);
    await dialog.box.getByRole('table').waitFor();
    expect(await dialog.tabs()).toEqual([
      'Was protokolliert wird',
      'Wohin es geht',
      'Instanzen',
      'Wer was tat',
      'Was verdeckt wird',
    ]);
    expect((await dialog.rows())[1]).toMatch(
      /^Orders\* 2\.345 Warnung und höher bis .*, noch 12 min \d+ s eingestellt von grace weil: too many orders Ändern Zurücksetzen$/,
    );
    expect(tab.requested.filter((url) => url.includes('server-en'))).toEqual([]);
  });

  test('comes when it is wanted, and is asked for again where it did not come', async () => {
    const at = await host();
    const tab = await stage.tab();
    await LevelRoutes.on(tab.page);
    let isBlocked = true;
    await tab.page.route('**/console-server-pages-*', (route) =>
      isBlocked ? route.abort() : route.continue(),
    );
    await arrive(at, ADMIN, tab);
    expect(tab.requested.filter((url) => url.includes('/console-server-'))).toEqual([]);
    await tab.button('More').click();
    await tab.button('Server and logging…').click();
    await tab.page.getByRole('alert').getByText('This part of the page could not be loaded.').waitFor();
    isBlocked = false;
    await open(tab);
  });

  test('does what it says: a part gets quiet, a destination is tried, and both are told of', async () => {
    const pager: LogSink = {
      name: 'pager',
      write: () => undefined,
      test: () => Promise.resolve({ ok: false, status: 503, error: 'It answered 503' }),
    };
    const tab = await arrive(await host([pager]));
    const dialog = await open(tab);
    await dialog.field('Part or beginning*').fill('Boiler');
    await dialog.field('Log').selectOption('Error and above');
    await dialog.button('Set').click();
    await dialog.button('Reset Boiler').waitFor();
    await dialog.choose('Where it goes');
    await dialog.button('Test pager').click();
    await dialog.says('The test failed: It answered 503 (503)');
    await dialog.choose('Who did what');
    await eventually(async () =>
      expect((await dialog.rows()).map((row) => row.replace(/^\S+ /, ''))).toEqual(
        expect.arrayContaining([
          expect.stringMatching(/tested the destination pager: It answered 503/),
          expect.stringMatching(/changed the level of Boiler, from the default to error until/),
        ]),
      ),
    );
    await dialog.button('Close').click();
    const boiler = new Logger('Boiler');
    boiler.log('warm enough');
    boiler.error('too hot');
    await tab.row('too hot').waitFor();
    expect(await tab.row('warm enough').count()).toBe(0);
    await tab.row('admin-1 set Boiler to error').waitFor();
  });

  test('says what is wrong where the server does not answer, or cannot do it', async () => {
    const tab = await stage.tab();
    await tab.page.route('**/api/levels', (route) => route.abort());
    await tab.page.route('**/api/audit?*', (route) =>
      route.fulfill({ status: 404, json: { message: 'Cannot GET' } }),
    );
    const dialog = await open(await arrive(await host(), ADMIN, tab));
    await dialog.box.getByRole('alert').getByText('The server did not answer. Try again.').waitFor();
    await dialog.choose('Who did what');
    await dialog.box.getByRole('alert').getByText('This server cannot do this.').waitFor();
  });
});

/** The dialog, as somebody finds their way about it. */
class Dialog {
  readonly box: Locator;

  constructor(tab: Tab) {
    this.box = tab.page.getByRole('dialog', { name: /^Server (and logging|und Protokollierung)$/ });
  }

  tabs(): Promise<string[]> {
    return this.box.getByRole('tab').allInnerTexts();
  }

  async choose(name: string): Promise<void> {
    await this.box.getByRole('tab', { name }).click();
    await this.box.getByRole('tabpanel', { name }).waitFor();
  }

  button(name: string): Locator {
    return this.box.getByRole('button', { name, exact: true });
  }

  field(label: string): Locator {
    return this.box.getByLabel(label, { exact: true });
  }

  /** The rows of the table below its head, each in one line. */
  rows(): Promise<string[]> {
    return inLines(this.box.locator('tbody tr'));
  }

  cards(): Promise<string[]> {
    return inLines(this.box.locator('.cards > li'));
  }

  /** Waits for what a screen reader is told. */
  async says(words: string | RegExp): Promise<void> {
    await this.box.getByRole('status').filter({ hasText: words }).waitFor();
  }
}

async function inLines(nodes: Locator): Promise<string[]> {
  return (await nodes.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
}

/** What a screen reader adds to a field. */
function described(field: Locator): Promise<string> {
  return field.evaluate((node) => {
    const id = node.getAttribute('aria-describedby');
    return (id !== null ? document.getElementById(id)?.textContent : undefined) ?? '';
  });
}

function isFocused(node: Locator): Promise<boolean> {
  return node.evaluate((one) => one === document.activeElement);
}
