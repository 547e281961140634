import { Logger } from '@nestjs/common';
import { type Locator } from 'playwright-core';
import {
  Counter,
  describeInChromium,
  describeInChromiumOnEach,
  eventually,
  OPERATOR,
  serviceOf,
  upTo,
  VIEWER,
  type Stage,
  type Tab,
} from '../support/browser.js';
import { type Host } from '../support/host-app.js';
import { quietHost } from './own-lines.js';
import { Steps } from './steps.js';

const IMPORT = 'Import supplier catalogue';
const CLOCK = String.raw`\d\d:\d\d:\d\d`;

/** The groups of the switcher, each with its sources. */
function groups(tab: Tab): Promise<Record<string, string[]>> {
  return tab.page
    .getByLabel('Source')
    .locator('optgroup')
    .evaluateAll((all) =>
      Object.fromEntries(
        all.map((group): [string, string[]] => [
          group.getAttribute('label') ?? '',
          [...group.querySelectorAll('option')].map((option) => option.text),
        ]),
      ),
    );
}

const head = (tab: Tab): Locator => tab.page.getByRole('region', { name: 'Operation' });

/** Waits until the head of the page says this. */
async function says(tab: Tab, words: string | RegExp): Promise<void> {
  await eventually(async () => expect(await head(tab).innerText()).toMatch(words));
}

async function openOperation(
  stage: Stage,
  host: Pick<Host, 'url'>,
  id: string,
  token = OPERATOR,
): Promise<Tab> {
  const tab = await stage.tab();
  await tab.goto(`${host.url}/log-console?op=${id}#token=${token}`);
  return tab;
}

/** How often a stream of an operation was opened. */
const streams = (tab: Tab): number => tab.requested.filter((url) => url.includes('/stream')).length;

describeInChromium('Operations in the switcher', (stage) => {
  test('running ones come first and say how far they are, then what became of the others', async () => {
    const host = await quietHost(stage);
    const failing = new Steps(host, 'Send reminders');
    failing.fail('no mail server');
    await expect(failing.operation.done).rejects.toThrow('no mail server');
    await serviceOf(host).operation('Clean up', () => undefined);
    const count = new Steps(host, 'Count stock');
    const importing = new Steps(host, IMPORT);
    const counter = new Counter();
    count.do(() => counter.log(1204));
    importing.do(({ progress }) => progress(4299, 10_000));
    const tab = await stage.live(host);
    await tab.shows(1204);
    const operations = async (): Promise<string[]> => (await groups(tab)).Operations ?? [];
    await tab.page.getByLabel('Source').focus();
    await eventually(async () =>
      expect(await operations()).toEqual([
        `${IMPORT} – 42 %`,
        'Count stock – 1,204 lines',
        expect.stringMatching(new RegExp(`^Clean up – ok, ${CLOCK}$`)),
        expect.stringMatching(new RegExp(`^Send reminders – failed, ${CLOCK}$`)),
      ]),
    );

    // While one of them runs the list keeps up, as long as somebody looks at it.
    importing.do(({ progress }) => progress(9999, 10_000));
    await eventually(async () => expect((await operations())[0]).toBe(`${IMPORT} – 99 %`));
    importing.end();
    count.end();
    await eventually(async () =>
      expect(await operations()).toEqual([
        expect.stringMatching(/^(Count stock|Import supplier catalogue) – ok, /),
        expect.stringMatching(/^(Count stock|Import supplier catalogue) – ok, /),
        expect.stringMatching(/^Clean up/),
        expect.stringMatching(/^Send reminders/),
      ]),
    );
    const asked = (): number => tab.requested.filter((url) => url.endsWith('/api/operations')).length;
    const before = asked();
    await new Promise((resolve) => setTimeout(resolve, 4000));
    expect(asked()).toBe(before);
  });

  test('one that is chosen has its own address, shows its lines and no others, and back leads to the application', async () => {
    const host = await quietHost(stage);
    const importing = new Steps(host, IMPORT, { by: 'ada', data: { supplier: 'Brightwell' } });
    new Logger('Orders').log('not of the import');
    importing.do(({ progress }) => progress(10, 40));
    importing.do(() => new Logger('Import').warn('item 7 has no price'));
    importing.do(() => new Logger('Import').error('item 8 is broken'));
    const tab = await stage.live(host);
    await tab.row('not of the import').waitFor();
    await tab.page.getByLabel('Source').selectOption({ label: `${IMPORT} – 25 %` });

    await tab.row('item 8 is broken').waitFor();
    await tab.state('Live');
    expect(new URL(tab.page.url()).search).toBe(`?op=${importing.operation.id}`);
    await tab.shows(2);
    await says(tab, new RegExp(`^${IMPORT}\\n`));
    await says(tab, /Running for \d+ (m?s)/);
    await says(tab, '10 of 40');
    await says(tab, new RegExp(`Started at ${CLOCK} by ada`));
    await says(tab, '2 lines, 1 warning, 1 error');
    await eventually(async () => expect(await tab.page.title()).toBe(`${IMPORT} – Server log`));
    const bar = tab.page.getByRole('progressbar', { name: 'Progress' });
    expect(await bar.evaluate((node) => (node as HTMLProgressElement).position)).toBe(0.25);
    expect(await tab.button('Clear for everyone…').count()).toBe(0);
    expect(await tab.page.getByLabel('Source').locator('option:checked').innerText()).toBe(
      `${IMPORT} – 25 %`,
    );
    await tab.page.getByText('Data').click();
    await tab.page.getByText('supplier: Brightwell').waitFor();

    new Logger('Orders').log('not of the import either');
    importing.do(({ progress }) => progress(1204));
    importing.do(() => new Logger('Import').log('item 9 is fine'));
    await tab.row('item 9 is fine').waitFor();
    await says(tab, /\n1,204\n/);
    await says(tab, '3 lines, 1 warning, 1 error');
    expect(await bar.evaluate((node) => (node as HTMLProgressElement).position)).toBe(-1);
    expect(await tab.lines()).toHaveLength(3);

    await tab.page.goBack();
    await tab.row('not of the import either').waitFor();
    await tab.shows(5);
    expect(await head(tab).count()).toBe(0);
  });
});

describeInChromiumOnEach('The page of an operation', (stage) => {
  test('says what became of it as soon as it ends, asks no more, and says the same when it is read again', async () => {
    const host = await quietHost(stage);
    const importing = new Steps(host, IMPORT);
    const counter = new Counter();
    importing.do(() => counter.log(1500));
    const tab = await openOperation(stage, host, importing.operation.id);
    await tab.state('Live');
    await tab.shows(1500);
    importing.do(() => counter.log(3));
    importing.fail('The file of the supplier ends\nin the middle \u202e of item 1503.');
    const failed =
      /Failed after [\d.]+ m?s: (Error: )?The file of the supplier ends\nin the middle \\u\{202e\} of item 1503\./;
    await tab.state('Finished');
    await says(tab, failed);
    // What it threw is its last line: nobody waits for it.
    await says(tab, '1,504 lines, 0 warnings, 1 error');
    await tab.shows(1504);
    expect(await tab.status.innerText()).toBe('Finished Nothing more comes: the operation is over.');
    expect(await tab.page.getByRole('alert').count()).toBe(0);
    expect(await tab.page.getByRole('progressbar').count()).toBe(0);
    const opened = streams(tab);
    await tab.hide(true);
    await tab.hide(false);
    // Operations come and go: nothing is kept of each in the browser.
    expect(await tab.page.evaluate(() => Object.keys(localStorage))).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(streams(tab)).toBe(opened);
    await tab.state('Finished');
    expect(await tab.numbers()).toEqual(upTo(1503));
    const words = await head(tab).innerText();

    await tab.page.reload();
    await tab.state('Finished');
    await tab.shows(1504);
    expect(await head(tab).innerText()).toBe(words);
    expect(await tab.numbers()).toEqual(upTo(1503));
    await tab.page.getByLabel('Search').fill('nothing has this');
    await tab.page.getByText('No line matches').waitFor();
  });

  test('that went well, wrote nothing, and is part of another says so; its parent is one click away', async () => {
    const host = await quietHost(stage);
    let child = '';
    const parent = new Steps(host, 'Nightly <b>work</b>');
    parent.do(() => {
      child = serviceOf(host).start('Tidy shelves', () => undefined).id;
    });
    await eventually(() => expect(child).not.toBe(''));
    const tab = await openOperation(stage, host, child);
    await tab.state('Finished');
    await says(tab, /Ok in \d+ ms/);
    await says(tab, 'Part of Nightly <b>work</b>');
    await tab.page.getByText('This operation has not written any line.').waitFor();
    await tab.page.getByRole('link', { name: 'Nightly <b>work</b>' }).click();
    await tab.state('Live');
    await says(tab, /Running for/);
    await tab.page.getByText('No lines yet.').waitFor();
    await head(tab).getByRole('link', { name: 'Show the log of the application' }).click();
    await tab.state('Live');
    expect(new URL(tab.page.url()).search).toBe('');
  });

  test('can cancel it, after a question; a viewer cannot, and nobody one that cannot be cancelled', async () => {
    const host = await quietHost(stage);
    const importing = new Steps(host, IMPORT, { cancellable: true });
    const tab = await openOperation(stage, host, importing.operation.id);
    const viewer = await openOperation(stage, host, importing.operation.id, VIEWER);
    await tab.button('Cancel…').click();
    await tab.page.getByRole('dialog').getByText(`“${IMPORT}” is asked to stop.`).waitFor();
    expect(await tab.button('Let it go on').evaluate((node) => node === document.activeElement)).toBe(true);
    await tab.button('Let it go on').click();
    await tab.page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(importing.operation.state).toBe('running');
    await says(viewer, /Running for/);
    expect(await viewer.button('Cancel…').count()).toBe(0);

    await tab.button('Cancel…').click();
    await tab.button('Cancel the operation').click();
    for (const one of [tab, viewer]) {
      await one.state('Finished');
      await says(one, /Cancelled after [\d.]+ m?s/);
      expect(await one.page.getByRole('alert').count()).toBe(0);
    }
    expect(importing.operation.state).toBe('cancelled');

    const stubborn = new Steps(host, 'Book pallets');
    const other = await openOperation(stage, host, stubborn.operation.id);
    await says(other, /Running for/);
    expect(await other.button('Cancel…').count()).toBe(0);
  });

  test('says it when it is too late to cancel, or when the server does not answer', async () => {
    const host = await quietHost(stage);
    const importing = new Steps(host, IMPORT, { cancellable: true });
    const tab = await openOperation(stage, host, importing.operation.id);
    await tab.button('Cancel…').click();
    let isCut = true;
    await tab.page.route('**/cancel', (route) => (isCut ? route.abort() : route.continue()));
    await tab.button('Cancel the operation').click();
    await tab.page
      .getByRole('alert')
      .getByText('It was not cancelled: the server refused, or did not answer.')
      .waitFor();
    isCut = false;
    await tab.button('Cancel…').click();
    importing.end();
    await tab.state('Finished');
    await tab.button('Cancel the operation').click();
    await tab.page
      .getByRole('alert')
      .getByText('It was not cancelled: it is over, or cannot be cancelled.')
      .waitFor();
    await says(tab, /Ok in/);
  });

  test('that is asked to stop and takes its time says that it was asked', async () => {
    const host = await quietHost(stage);
    let end!: () => void;
    const { id } = serviceOf(host).start(
      IMPORT,
      { cancellable: true },
      () => new Promise<void>((resolve) => (end = resolve)),
    );
    const tab = await openOperation(stage, host, id);
    await tab.button('Cancel…').click();
    await tab.button('Cancel the operation').click();
    await tab.button('Asked to stop…').waitFor();
    expect(await tab.button('Asked to stop…').isDisabled()).toBe(true);
    end();
    await tab.state('Finished');
    await says(tab, /Ok in/);
  });

  test('says that the process stopped first', async () => {
    const host = await quietHost(stage);
    const importing = new Steps(host, IMPORT);
    importing.do(() => new Logger('Import').log('item 1'));
    const tab = await openOperation(stage, host, importing.operation.id);
    await tab.row('item 1').waitFor();
    await host.close();
    await tab.state('Finished');
    await says(tab, /The process stopped before it ended, after [\d.]+ m?s/);
    await tab.row('item 1').waitFor();
  });

  test('that is not kept (any more) says so, and leads to the log of the application', async () => {
    const host = await quietHost(stage);
    new Logger('Orders').log('line of the application');
    const tab = await openOperation(stage, host, 'gone');
    await tab.state('No longer kept');
    expect(await tab.status.innerText()).toBe('No longer kept This operation is no longer kept.');
    await tab.page.getByRole('link', { name: 'Show the log of the application' }).click();
    await tab.row('line of the application').waitFor();
    expect(new URL(tab.page.url()).search).toBe('');
  });

  test('where no stream comes through is polled to its end', async () => {
    const host = await quietHost(stage);
    const importing = new Steps(host, IMPORT);
    const counter = new Counter();
    const tab = await stage.tab();
    await tab.page.route('**/stream?*', (route) =>
      route.fulfill({ contentType: 'text/html', body: 'a proxy of its own mind' }),
    );
    await tab.goto(`${host.url}/log-console?op=${importing.operation.id}#token=${OPERATOR}`);
    await tab.state('Live (slower mode)');
    importing.do(({ progress }) => progress(1, 2));
    importing.do(() => counter.log(5));
    await says(tab, '1 of 2');
    await tab.shows(5);
    importing.do(() => counter.log(600));
    importing.end();
    await tab.state('Finished');
    await says(tab, /Ok in/);
    expect(await tab.numbers()).toEqual(upTo(605));
  });
});

describeInChromium('A line of an operation, in the log of the application', (stage) => {
  test('carries its name, which leads to it: by a click, from its details, by a key', async () => {
    const host = await quietHost(stage);
    const tab = await stage.live(host);
    await tab.page.evaluate(() => history.replaceState(null, '', '?from=ticket&level=%3E%3Dlog'));
    await tab.page.reload();
    await tab.state('Live');
    // It begins when the page is there already: its name is asked for.
    const importing = new Steps(host, `${IMPORT} \u202e`);
    importing.do(() => new Logger('Import').log('item 1'));
    new Logger('Orders').log('of nothing');
    const row = tab.row('item 1');
    const name = `${IMPORT} \\u{202e}`;
    await row.getByRole('link', { name }).waitFor();
    expect(await tab.row('of nothing').getByRole('link').count()).toBe(0);
    const isThere = async (): Promise<void> => {
      await says(tab, /Running for/);
      expect(new URL(tab.page.url()).search).toBe(`?from=ticket&op=${importing.operation.id}`);
      await tab.shows(1);
      expect(await row.getByRole('link').count()).toBe(0);
      await tab.page.goBack();
      await tab.shows(2);
    };
    await row.getByRole('link', { name }).click();
    await isThere();
    await row.getByText('item 1').click();
    await row.locator('.details').getByRole('link', { name }).click();
    await isThere();
    await row.focus();
    await tab.page.keyboard.press('o');
    await isThere();
    await tab.row('of nothing').focus();
    await tab.page.keyboard.press('o');
    expect(new URL(tab.page.url()).searchParams.has('op')).toBe(false);
  });
});
