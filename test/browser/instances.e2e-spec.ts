import { Logger } from '@nestjs/common';
import { LogConsoleLogger } from 'nestjs-log-console';
import { RedisStore } from 'nestjs-log-console/redis';
import { readFileSync } from 'node:fs';
import { type Locator } from 'playwright-core';
import {
  describeInChromium,
  eventually,
  OPERATOR,
  serviceOf,
  type Stage,
  type Tab,
} from '../support/browser.js';
import { type Host, type HostOptions } from '../support/host-app.js';
import { startRelay } from '../support/proxies.js';
import { RedisServer } from '../support/redis-server.js';
import { describeWith } from '../support/services.js';
import { expectNothing } from './axe.js';
import { expectToFit } from './fits.js';
import { put } from './own-lines.js';
import { Steps } from './steps.js';

const CLOCK = String.raw`\d\d:\d\d:\d\d`;
const POD = 'checkout-7d9f8b6c5-x2x4q';
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const AWAY = 'The shared log is away since';

/** Applications that share a log, and the Redis it is in. */
class Cluster {
  private constructor(
    readonly stage: Stage,
    readonly redis: RedisServer,
  ) {}

  static async start(stage: Stage, command: string): Promise<Cluster> {
    return new Cluster(stage, stage.closeLater(await RedisServer.start(command)));
  }

  /** One more; it is there when it has said so. */
  async joins(instance: string, options: HostOptions['options'] = {}): Promise<Host> {
    const store = new RedisStore({ url: this.redis.url, commandTimeoutMs: 500 });
    // Not attached: what is held is what a test puts there.
    const host = await this.stage.host({
      logger: false,
      options: { attach: false, instance, store, ...options },
    });
    await eventually(async () => expect(await messages(host)).toContainEqual(joined(instance)));
    return host;
  }
}

const joined = (instance: string): unknown => expect.stringMatching(new RegExp(`^${instance} joined \\(`));

async function messages(host: Host): Promise<string[]> {
  const { entries } = await serviceOf(host).read({ limit: 5000 });
  return entries.map(({ message }) => message);
}

const marks = (tab: Tab): Promise<string[]> => tab.list.locator('.instance').allInnerTexts();
const choice = (tab: Tab): Locator => tab.page.getByLabel('Instance', { exact: true });
const bar = (tab: Tab, text: string | RegExp = AWAY): Locator =>
  tab.page.getByRole('alert').filter({ hasText: text });
const notice = (tab: Tab, text: string | RegExp): Locator =>
  tab.page.locator('.notice').filter({ hasText: text });

async function openServer(tab: Tab): Promise<Locator> {
  await tab.button('More').click();
  await tab.button('Server and logging…').click();
  await tab.page.getByRole('tab', { name: 'Instances' }).click();
  return tab.page.getByRole('tabpanel', { name: 'Instances' });
}

async function cards(panel: Locator): Promise<string[]> {
  const texts = await panel.getByRole('listitem').allInnerTexts();
  return texts.map((text) => text.replace(/\s+/g, ' '));
}

describeWith('redis-server', 'Where several instances share a log', (redis) => {
  describeInChromium('The page', (stage) => {
    const cluster = (): Promise<Cluster> => Cluster.start(stage, redis);

    test('says of each line whose it is, and shows those of one alone', async () => {
      const all = await cluster();
      const first = await all.joins('web-1');
      const second = await all.joins(POD);
      const tab = await stage.live(first);
      put(first, { message: 'stock counted' });
      put(second, { message: 'order paid', level: 'error' });
      put(first, { message: 'stock moved' });
      await tab.row('order paid').waitFor();
      await tab.row('stock moved').waitFor();
      expect((await marks(tab)).toSorted()).toEqual(['chec…5-x2x4q', 'web-1', 'web-1']);
      const mark = tab.row('order paid').locator('.instance');
      expect(await mark.getAttribute('title')).toBe(POD);
      const colours = (text: string): Promise<string> =>
        tab
          .row(text)
          .locator('.instance')
          .evaluate((node) => getComputedStyle(node).color);
      expect(await colours('stock counted')).toBe(await colours('stock moved'));
      expect(await colours('stock counted')).not.toBe(await colours('order paid'));

      await tab.row('order paid').click();
      await tab.row('order paid').getByText(POD).first().waitFor();
      await tab.button('Only this instance').click();
      await tab.row('stock counted').waitFor({ state: 'detached' });
      expect(new URL(tab.page.url()).search).toBe(`?instance=${POD}`);
      expect(await choice(tab).inputValue()).toBe(POD);
      await choice(tab).selectOption({ label: 'web-1 (3)' });
      await tab.row('order paid').waitFor({ state: 'detached' });
      await tab.shows(3, 5);
      await tab.page.getByLabel('Search').fill('aisle 17');
      await tab.page
        .getByText('No line matches: Critical, Error, Warning, Info, Instance web-1, “aisle 17”.')
        .waitFor();
      await tab.button('Show everything').click();
      await tab.shows(5);
      expect(await choice(tab).inputValue()).toBe('');
      await tab.goto(`${first.url}/log-console?instance=${POD}`);
      await tab.row('order paid').waitFor();
      await tab.shows(2, 5);
    });

    test('where there is one alone looks as it does without', async () => {
      const host = await (await cluster()).joins('web-1');
      const tab = await stage.live(host);
      put(host, { message: 'stock counted' });
      await notice(tab, 'web-1 joined').waitFor();
      await tab.row('stock counted').click();
      await tab.button('Copy this line').waitFor();
      expect(await marks(tab)).toEqual([]);
      expect(await choice(tab).count()).toBe(0);
      expect(await tab.button('Only this instance').count()).toBe(0);
    });

    test('says in rows who came, left, is gone and is back; what only sounds like that is a line', async () => {
      const all = await cluster();
      const first = await all.joins('web-1');
      const tab = await stage.live(first);
      const second = await all.joins('web-2');
      const row = notice(tab, new RegExp(`^web-2 joined at ${CLOCK}\\.$`));
      await row.waitFor();
      await choice(tab)
        .getByRole('option', { name: /^web-2 \(1\)$/ })
        .waitFor({ state: 'attached' });
      await second.close();
      await notice(tab, new RegExp(`^web-2 left at ${CLOCK}\\.$`)).waitFor();
      put(
        first,
        {
          level: 'warn',
          context: 'LogConsole',
          message: 'web-3 is gone: nothing was heard of it for 15 seconds',
        },
        { context: 'LogConsole', message: 'web-3 is back' },
        { context: 'Door', message: 'web-3 joined the queue' },
        { context: 'LogConsole', message: 'web-3 joined-up' },
      );
      await notice(tab, new RegExp(`^web-3 is gone, noticed at ${CLOCK}\\.$`)).waitFor();
      await notice(tab, new RegExp(`^web-3 is back since ${CLOCK}\\.$`)).waitFor();
      await tab.row('web-3 joined-up').waitFor();
      expect(await notice(tab, 'web-3 joined').count()).toBe(0);
      await row.click();
      await tab.button('Copy this line').waitFor();
      await tab.page.getByRole('button', { name: /^Error/ }).dblclick();
      await row.waitFor({ state: 'detached' });
    });

    test('says that the shared log is away and what that means; it goes on when it is back', async () => {
      const all = await cluster();
      const [first, second] = [await all.joins('web-1', { capacity: 100 }), await all.joins('web-2')];
      const tab = await stage.live(first);
      await tab.row('web-2 joined').waitFor();
      await all.redis.kill();
      const awaited = bar(
        tab,
        new RegExp(`^${AWAY} ${CLOCK}\\. New lines appear here when it is back; it comes back by itself\\.`),
      );
      await awaited.waitFor();
      await tab.state('Waiting');
      put(first, { message: 'while it was away' });

      const late = await stage.live(first);
      await bar(
        late,
        new RegExp(
          `^${AWAY} ${CLOCK}\\. You see the lines of this server only \\(web-1\\)\\. It comes back by itself\\.`,
        ),
      ).waitFor();
      await late.row('while it was away').waitFor();
      await late.state('Live');
      expect(await late.row('web-2 joined').count()).toBe(0);
      expect(await tab.row('while it was away').count()).toBe(0);
      for (let n = 1; n <= 150; n++) put(first, { message: `lost ${n}` });
      await late.row('lost 150').waitFor();

      await all.redis.start();
      await tab.row('lost 150').waitFor();
      put(second, { message: 'after it was back' });
      for (const one of [tab, late]) {
        await bar(one).waitFor({ state: 'detached' });
        await one.state('Live');
        await one.row('after it was back').waitFor();
        // What is no entry stays where it is, whatever is searched for.
        await one.page.getByLabel('Search').fill('after it was back');
        await notice(one, new RegExp(`^The shared log begins anew here, at ${CLOCK}\\.`)).waitFor();
      }
      await notice(
        tab,
        /^\d+ lines are missing here: they were lost on the way from web-1 to the shared log\.$/,
      ).waitFor();
    });

    test('shows this server only, where somebody does not want to wait', async () => {
      const all = await cluster();
      const host = await all.joins('web-1');
      const tab = await stage.live(host);
      await all.redis.kill();
      put(host, { message: 'while it was away' });
      await bar(tab).getByRole('button', { name: 'Show this server only' }).click();
      await tab.row('while it was away').waitFor();
      await bar(tab, 'You see the lines of this server only (web-1).').waitFor();
      expect(await bar(tab).getByRole('button').count()).toBe(0);
    });

    test('says so where it polls, too', async () => {
      const all = await cluster();
      const host = await all.joins('web-1');
      const tab = await stage.tab();
      await tab.page.route('**/api/stream*', (route) => route.abort());
      await tab.goto(`${host.url}/log-console#token=${OPERATOR}`);
      await tab.state('Live (slower mode)');
      await tab.row('web-1 joined').waitFor();
      await all.redis.kill();
      await bar(tab, new RegExp(`^${AWAY} ${CLOCK}\\. New lines`)).waitFor();
      await all.redis.start();
      await bar(tab).waitFor({ state: 'detached' });
      // A poll may be on its way when the tab is closed.
      await tab.page.unrouteAll({ behavior: 'ignoreErrors' });
    });

    test('lists who there is, how far their lines are, and who is gone', async () => {
      const all = await cluster();
      const first = await all.joins('web-1');
      const second = await all.joins('web-2');
      const tab = await stage.live(first);
      const panel = await openServer(tab);
      const up = (name: string): unknown =>
        expect.stringMatching(
          new RegExp(
            `^${name} Up since .*${CLOCK}.* process ${process.pid} on \\S+, version \\S+ all of its lines are there$`,
          ),
        );
      await eventually(async () => expect(await cards(panel)).toEqual([up('web-1'), up('web-2')]));
      await panel
        .getByText('These share one log: whichever of them answers, you see the lines of all.')
        .waitFor();
      await second.close();
      await eventually(async () =>
        expect(await cards(panel)).toEqual([
          up('web-1'),
          expect.stringMatching(new RegExp(`^web-2 Gone; last heard of at ${CLOCK} process`)),
        ]),
      );
      await all.redis.kill();
      put(first, { message: 'unseen' });
      await panel.getByText('The shared log is away: only the instance that answers is known.').waitFor();
      await eventually(async () =>
        expect(await cards(panel)).toEqual([
          expect.stringMatching(/^web-1 Up since .* 1 of its lines is not there yet$/),
        ]),
      );
    });

    test('shows an operation that runs elsewhere by its lines, and says so', async () => {
      const all = await cluster();
      const [first, second] = [await all.joins('web-1'), await all.joins('web-2')];
      const steps = new Steps(second, 'Import');
      const { id } = steps.operation;
      put(first, { message: 'none of it' });
      put(second, { message: 'item 1', operation: id });
      const tab = await stage.live(first);
      await tab.row('item 1').getByRole('link').click();
      const head = tab.page.getByRole('region', { name: 'Operation' });
      await head
        .getByText(
          'This server does not know this operation: it runs, or ran, on another one. These are its lines in the shared log.',
        )
        .waitFor();
      await tab.state('Live');
      await tab.shows(1);
      expect(new URL(tab.page.url()).search).toBe(`?op=${id}`);
      put(second, { message: 'nor this' }, { message: 'item 2', operation: id });
      await tab.row('item 2').waitFor();
      await tab.shows(2);
      await tab.button('Download').click();
      const saved = tab.page.waitForEvent('download');
      await tab.page.getByRole('dialog').getByRole('button', { name: 'Text', exact: true }).click();
      const text = readFileSync(await (await saved).path(), 'utf8');
      expect(text.match(/item \d|none of it|nor this/g)).toEqual(['item 1', 'item 2']);
      await tab.page.keyboard.press('Escape');
      await head.getByRole('link', { name: 'Show the log of the application' }).click();
      await tab.row('none of it').waitFor();
      steps.end();
    });

    test('goes on with an operation when another server answers in the middle of it', async () => {
      const all = await cluster();
      const [first, second] = [await all.joins('web-1'), await all.joins('web-2')];
      const steps = new Steps(second, 'Import');
      const { id } = steps.operation;
      second.app.useLogger(second.app.get(LogConsoleLogger));
      steps.do(() => new Logger('Import').log('item 1'));
      let { url } = second;
      const balancer = stage.closeLater(await startRelay(() => url));
      const tab = await stage.tab();
      await tab.goto(`${balancer.url}/log-console?op=${id}#token=${OPERATOR}`);
      await tab.row('item 1').waitFor();
      ({ url } = first);
      balancer.cut();
      await tab.page.getByText('This server does not know this operation').waitFor();
      steps.do(() => new Logger('Import').log('item 2'));
      await tab.row('item 2').first().waitFor();
      // Both applications run in this process, so that each has every line.
      await tab.shows(4);
      steps.end();
    });

    test('has nothing to object to for axe, and fits a phone, in both themes', async () => {
      const all = await cluster();
      const hosts: Host[] = [];
      // One of each colour.
      for (const name of ['web-1', POD, 'x'.repeat(64), 'web-2', 'web-3', 'web-4'])
        hosts.push(await all.joins(name));
      const levels = ['fatal', 'error', 'warn'] as const;
      const tab = await stage.live(hosts[0]);
      for (const host of hosts)
        put(
          host,
          ...levels.map((level) => ({
            level,
            message: `stock ${level}`,
            context: 'AServiceWithAVeryLongName',
          })),
        );
      await tab.shows(24);
      expect(new Set(await marks(tab)).size).toBe(6);
      put(hosts[1], { message: 'order paid' });
      await tab.row('order paid').click();
      await tab.button('Only this instance').waitFor();
      await expectNothing(tab, 'the list');
      const panel = await openServer(tab);
      await panel.getByRole('listitem').first().waitFor();
      await expectNothing(tab, 'the instances');
      const phone = await stage.live(hosts[0], PHONE);
      await phone.row('order paid').waitFor();
      await expectToFit(phone, 'the list');
      expect((await marks(phone)).length).toBeGreaterThan(8);
      await phone.row('order paid').getByRole('button', { name: 'Show details' }).tap();
      await phone.button('Only this instance').waitFor();
      await expectToFit(phone, 'an open row');
      await openServer(phone);
      await expectToFit(phone, 'the instances');
      await phone.page.keyboard.press('Escape');
      await all.redis.kill();
      await bar(phone).waitFor();
      await expectToFit(phone, 'away');
      await bar(tab).waitFor({ state: 'attached' });
      await tab.page.keyboard.press('Escape');
      await expectNothing(tab, 'away');
    });

    test('speaks German, and another language as soon as it is chosen', async () => {
      const all = await cluster();
      const [first, second] = [await all.joins('web-1'), await all.joins('web-2')];
      put(second, { message: 'item 1', operation: 'elsewhere' });
      const tab = await stage.tab({ locale: 'de-CH' });
      await tab.goto(`${first.url}/log-console#token=${OPERATOR}`);
      await notice(tab, new RegExp(`^web-2 kam um ${CLOCK} dazu\\.$`)).waitFor();
      await tab.page.getByLabel('Instanz', { exact: true }).selectOption({ label: 'web-2 (2)' });
      await tab.page.getByText('item 1').click();
      await tab.button('Nur diese Instanz').waitFor();
      await tab.button('Mehr').click();
      await tab.button('Server und Protokollierung …').click();
      await tab.page.getByRole('tab', { name: 'Instanzen' }).click();
      await tab.page.getByText('Läuft seit').first().waitFor();
      await tab.page.keyboard.press('Escape');
      await all.redis.kill();
      await bar(tab, 'Das gemeinsame Protokoll ist seit').waitFor();
      await tab.button('Mehr').click();
      await tab.page.getByLabel('Sprache').selectOption('English');
      await bar(tab, AWAY).waitFor();
    });
  });
});
