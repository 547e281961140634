import { Logger } from '@nestjs/common';
import { ACCESS, Counter, describeInChromium, eventually, type Tab } from '../support/browser.js';
import { startRelay } from '../support/proxies.js';
import { expectNothing } from './axe.js';
import { put, quietHost } from './own-lines.js';
import { Steps } from './steps.js';

describeInChromium('Accessibility', (stage) => {
  test('axe finds nothing in any state, on a desktop and on a phone, by day and by night', async () => {
    const host = await quietHost(stage);
    for (const level of ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'] as const) {
      put(host, { level, context: 'Boiler', message: `\x1b[33mthis\x1b[0m is ${level}`, requestId: 'req-7' });
    }
    put(host, {
      level: 'error',
      context: 'Picking',
      message: `Could not confirm ${'x'.repeat(3000)}`,
      requestId: 'req-8',
      stack: 'Error: no\n    at own (/app/a.js:1:1)\n    at lib (/app/node_modules/b/b.js:1:1)',
      data: { sku: 'AB-444', of: [1, null, true, { deep: 'value' }] },
    });
    const relay = stage.closeLater(await startRelay(host.url));
    const tab = await stage.live(relay);
    const { page } = tab;
    const search = page.getByLabel('Search');
    await tab.shows(5, 7);
    await tab.button('Debug 1').click();
    await tab.button('Detail 1').click();
    await expectNothing(tab, 'the list');
    await search.fill('confirm');
    await tab.row('Could not confirm').getByRole('button', { name: 'Show details' }).click();
    await page.getByText('1 step in libraries').click();
    await page.getByText('of: [4]').click();
    await expectNothing(tab, 'an open row');
    await tab.button('↓ Go to the newest line').hover();
    await expectNothing(tab, 'the way to the newest line, under the pointer');
    await search.fill('');

    await tab.button('More').click();
    await expectNothing(tab, 'the menu');
    await tab.button('Keyboard help').click();
    await expectNothing(tab, 'the dialog Keyboard');
    await page.keyboard.press('Escape');
    for (const dialog of ['Copy a report for support', 'Download', 'Clear for everyone…']) {
      await tab.button(dialog).click();
      await page.getByRole('dialog').waitFor();
      await expectNothing(tab, dialog);
      await page.keyboard.press('Escape');
    }
    await tab.button('Pause').click();
    await tab.state('Paused');
    await search.fill('nothing has this');
    await page.getByText('No line matches').waitFor();
    await expectNothing(tab, 'paused and nothing found');
    await tab.button('Resume (0 waiting)').click();
    await search.fill('');
    await relay.close();
    await tab.state('Connection lost, trying again…');
    expect(await page.getByRole('alert').innerText()).toContain('Connection lost, trying again…');
    await expectNothing(tab, 'the connection lost');

    const signedOut = await stage.tab();
    await signedOut.goto(`${host.url}/log-console`);
    await signedOut.signIn('wrong-token-of-at-least-32-characters');
    await signedOut.page.getByRole('alert').waitFor();
    await expectNothing(signedOut, 'sign-in');
  }, 60_000);

  test('axe finds nothing on the page of an operation, nor on that of a request', async () => {
    const host = await quietHost(stage);
    const parent = new Steps(host, 'Nightly work');
    let importing!: Steps;
    parent.do(() => {
      importing = new Steps(host, 'Import', {
        by: 'ada',
        data: { supplier: 'Brightwell' },
        cancellable: true,
      });
    });
    await eventually(() => expect(importing).toBeDefined());
    importing.do(({ progress }) => progress(1, 3));
    importing.do(() => new Counter().log(2));
    const tab = await stage.live(host);
    await tab.row('line 1').getByRole('link', { name: 'Import' }).waitFor();
    await tab.row('line 1').getByRole('button', { name: 'Show details' }).click();
    await expectNothing(tab, 'lines of an operation');
    await tab.page.goto(`${host.url}/log-console?op=${importing.operation.id}`);
    await tab.button('Cancel…').waitFor();
    await expectNothing(tab, 'an operation');
    await tab.button('Cancel…').click();
    await tab.page.getByRole('dialog').waitFor();
    await expectNothing(tab, 'the question before it is cancelled');
    await tab.button('Cancel the operation').click();
    await tab.state('Finished');
    await expectNothing(tab, 'a cancelled operation');
    parent.fail('no more shelves');
    await parent.operation.done.catch(() => undefined);
    await tab.page.goto(`${host.url}/log-console?op=${parent.operation.id}`);
    await tab.state('Finished');
    await expectNothing(tab, 'a failed operation');
    await tab.page.goto(`${host.url}/log-console?op=gone`);
    await tab.state('No longer kept');
    await expectNothing(tab, 'an operation that is gone');
    put(host, { message: 'of a request', requestId: 'req-9' });
    await tab.page.goto(`${host.url}/log-console?search=req-9`);
    await tab.page.locator('header').getByRole('button', { name: 'Show only this request' }).click();
    await tab.page.getByRole('region', { name: 'Request' }).waitFor();
    await expectNothing(tab, 'a request');
  }, 60_000);

  test('nothing is said by colour alone: levels are words, switches say whether they are on, rows their place', async () => {
    const host = await quietHost(stage);
    const tab = await stage.live(host);
    new Counter().log(3);
    new Logger('Boiler').fatal('too hot');
    await tab.shows(4);
    const names = await axNames(tab, 'button');
    expect(names).toContain('Critical 1');
    expect(await tab.page.getByRole('group', { name: 'Levels' }).ariaSnapshot()).toContain(
      'button "Info 3" [pressed]',
    );
    expect(await tab.page.getByRole('group', { name: 'Levels' }).ariaSnapshot()).toContain(
      '- button "Debug 0"\n',
    );
    const on = await tab.button('Info 3').evaluate((chip) => getComputedStyle(chip, '::before').content);
    expect(on).toContain('✓');
    expect(await tab.row('too hot').innerText()).toMatch(/Critical/);
    expect(await tab.row('too hot').getAttribute('aria-posinset')).toBe('4');
    expect(await tab.row('too hot').getAttribute('aria-setsize')).toBe('4');
    expect(await tab.page.getByRole('log').count()).toBe(0);
  });

  test('what has come is announced in one sentence, at most once in ten seconds', async () => {
    const host = await quietHost(stage);
    const tab = await stage.tab();
    await tab.page.clock.install();
    await tab.goto(`${host.url}/log-console#token=${ACCESS.tokens[0].token}`);
    await tab.state('Live');
    await tab.page.evaluate(() => {
      const said: Said[] = ((window as unknown as { said: Said[] }).said = []);
      const region = document.querySelector('[aria-live=polite]')!;
      new MutationObserver(() => said.push({ at: Date.now(), text: region.textContent ?? '' })).observe(
        region,
        { subtree: true, childList: true, characterData: true },
      );
    });
    const said = (): Promise<Said[]> => tab.page.evaluate(() => (window as unknown as { said: Said[] }).said);
    const counter = new Counter();
    await tab.page.clock.runFor(20_000);
    expect(await said()).toEqual([]);
    for (let second = 1; second <= 40; second++) {
      counter.log(second === 40 ? 1 : 5);
      if (second % 10 === 5) new Logger('Boiler').error(`too hot ${second}`);
      await tab.page.clock.runFor(1000);
    }
    await eventually(async () => {
      await tab.page.clock.runFor(1000);
      const words = (await said()).map(({ text }) =>
        /^([\d,]+) lines? new, (\d+) problems?$/.exec(text.trim()),
      );
      const sum = (group: number): number => words.reduce((all, found) => all + Number(found?.[group]), 0);
      expect([sum(1), sum(2)]).toEqual([200, 4]);
    });
    const times = (await said()).map(({ at }) => at);
    expect(times.length).toBeGreaterThan(2);
    times.slice(1).forEach((at, index) => expect(at - times[index]).toBeGreaterThan(9900));
    await tab.page.clock.runFor(30_000);
    expect(await said()).toHaveLength(times.length);
  });
});

interface Said {
  readonly at: number;
  readonly text: string;
}

async function axNames({ page }: Tab, role: string): Promise<(string | undefined)[]> {
  const devtools = await page.context().newCDPSession(page);
  const { nodes } = await devtools.send('Accessibility.getFullAXTree');
  return nodes.filter((node) => node.role?.value === role).map(({ name }) => name?.value as string);
}
