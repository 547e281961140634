import { Logger } from '@nestjs/common';
import { describeInChromiumOnEach, OPERATOR, serviceOf, type Stage, type Tab } from '../support/browser.js';
import { type Host } from '../support/host-app.js';
import { open } from '../support/http-client.js';
import { startInHand } from './operation-in-hand.js';

/** What would show that a line got out of its paragraph. */
const HOSTILE = [
  '</p><script>document.title = "owned"</script>',
  '<img src=x onerror="document.title=\'owned\'">',
  '</body></html><style>p { display: none }</style>',
  '<meta http-equiv="refresh" content="0; url=/elsewhere">',
  '<a href="javascript:alert(1)">click</a><form action=/x><button>send</button></form>',
  '<!-- ',
  'user\u202egnp.exe',
  '\x1b[2J\x00&lt;b&gt;&amp;',
];

/** Somebody who is signed in by the console's cookie, as in any tab of a browser. */
async function signedIn(stage: Stage, host: Host, javaScriptEnabled = false): Promise<Tab> {
  const tab = await stage.tab({ javaScriptEnabled });
  const { headers } = await open(`${host.url}/log-console/api/session`, {
    method: 'POST',
    headers: { authorization: `Bearer ${OPERATOR}` },
  });
  const [, name = '', value = ''] = /^([^=]+)=([^;]+)/.exec(headers['set-cookie']?.[0] ?? '') ?? [];
  await tab.page.context().addCookies([{ name, value, url: host.url }]);
  return tab;
}

/** Opens a page that never ends, or ends much later: it is there when its first part is. */
async function show(tab: Tab, host: Host, path: string): Promise<void> {
  await tab.page.goto(`${host.url}/log-console/api/${path}`, { waitUntil: 'commit' });
}

const lines = (tab: Tab): Promise<string[]> => tab.page.locator('p').allTextContents();
const inHand = (host: Host, name?: string) => startInHand({ service: serviceOf(host) }, name);

describeInChromiumOnEach('The live page of an operation', (stage) => {
  test('grows while it runs, without JavaScript, and ends with its outcome', async () => {
    const host = await stage.host();
    const tab = await signedIn(stage, host);
    const operation = inHand(host, 'Import <of> "ACME"');
    operation.log('one');
    await show(tab, host, `operations/${operation.id}/tail?format=html`);
    await tab.page.getByText('one').waitFor();
    expect(await tab.page.title()).toBe('Import <of> "ACME"');
    operation.log('warn: two', 'error: three');
    await tab.page.getByText('three').waitFor();
    expect(await lines(tab)).toEqual([
      expect.stringMatching(/^\S+Z {5}LOG \[Import\] one$/),
      expect.stringMatching(/^\S+Z {4}WARN \[Import\] two$/),
      expect.stringMatching(/^\S+Z {3}ERROR \[Import\] three$/),
    ]);
    await operation.fail(new Error('the supplier is away'));
    await tab.page.waitForLoadState();
    expect((await lines(tab)).at(-1)).toMatch(
      /^=== failed in \d+\.\d s, 3 lines, 1 error, 1 warning: Error: the supplier is away ===$/,
    );
    await tab.page.reload();
    expect((await lines(tab)).length).toBe(4);
  });

  test.each(['light', 'dark'] as const)('tells levels apart by colour, in %s', async (colorScheme) => {
    const host = await stage.host();
    const tab = await signedIn(stage, host);
    await tab.page.emulateMedia({ colorScheme });
    const operation = inHand(host);
    operation.log('one', 'warn: two', 'error: three');
    await operation.succeed();
    await show(tab, host, `operations/${operation.id}/tail?format=html`);
    await tab.page.waitForLoadState();
    const colour = (text: string): Promise<string> =>
      tab.page.getByText(text).evaluate((node) => getComputedStyle(node).color);
    const colours = [];
    for (const text of ['one', 'two', 'three', '=== ok']) colours.push(await colour(text));
    expect(new Set(colours).size).toBe(4);
    const page = await tab.page.locator('html').evaluate((node) => getComputedStyle(node).backgroundColor);
    expect(page).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(13, 17, 23)');
  });

  test.each([true, false])(
    'shows hostile lines and lets them do nothing (JavaScript: %s)',
    async (enabled) => {
      const host = await stage.host();
      const tab = await signedIn(stage, host, enabled);
      const operation = inHand(host, HOSTILE[0]);
      operation.log(...HOSTILE, 'the end');
      await operation.fail(new Error(HOSTILE[0]));
      await show(tab, host, `operations/${operation.id}/tail?format=html`);
      await tab.page.waitForLoadState();
      const shown = await lines(tab);
      expect(shown).toHaveLength(HOSTILE.length + 2);
      for (const [index, text] of HOSTILE.slice(0, 6).entries()) expect(shown[index]).toContain(text);
      expect(shown[6]).toContain(String.raw`user\u{202e}gnp.exe`);
      expect(shown[7]).toContain(String.raw`\x1b[2J\x00&lt;b&gt;&amp;`);
      expect(shown.at(-1)).toContain(HOSTILE[0]);
      expect(await tab.page.title()).toBe(HOSTILE[0]);
      expect(
        await tab.page.locator('body > :not(main), main > :not(p), main > p > *, script, img').count(),
      ).toBe(0);
      expect(await tab.page.getByText('the end').isVisible()).toBe(true);
      expect(tab.requested).toEqual([
        `${host.url}/log-console/api/operations/${operation.id}/tail?format=html`,
      ]);
    },
  );

  test('keeps its end in view while it grows, until somebody scrolls up', async () => {
    const host = await stage.host();
    const tab = await signedIn(stage, host);
    const operation = inHand(host);
    const log = async (from: number, to: number): Promise<void> => {
      for (let line = from; line <= to; line++) operation.log(`line ${line}.`);
      await tab.page.getByText(`line ${to}.`).waitFor({ state: 'attached' });
    };
    await show(tab, host, `operations/${operation.id}/tail?format=html`);
    await log(1, 200);
    await isInView(tab, 'line 200.', true);
    await log(201, 210);
    await isInView(tab, 'line 210.', true);
    await tab.page.keyboard.press('Tab');
    await tab.page.keyboard.press('PageUp');
    await isInView(tab, 'line 210.', false);
    const read = await firstInView(tab);
    await log(211, 260);
    expect(await firstInView(tab)).toBe(read);
    await tab.page.keyboard.press('End');
    await isInView(tab, 'line 260.', true);
    await firstInView(tab);
    await log(261, 270);
    await isInView(tab, 'line 270.', true);
    await operation.succeed();
  });
});

describeInChromiumOnEach('The live page of the log', (stage) => {
  test('grows as lines are logged, with its one style and nothing else of anybody', async () => {
    const host = await stage.host({
      prepare: (app) =>
        app.use(
          (
            _request: unknown,
            response: { setHeader(name: string, value: string): void },
            next: () => void,
          ) => {
            response.setHeader('Content-Security-Policy', "default-src 'self' 'unsafe-inline'");
            next();
          },
        ),
    });
    const tab = await signedIn(stage, host);
    const logger = new Logger('Shop');
    const [answer] = await Promise.all([
      tab.page.waitForResponse(/tail/),
      show(tab, host, 'tail?format=html&limit=0'),
    ]);
    const policy = answer.headers()['content-security-policy'];
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox$/,
    );
    for (const line of ['first', 'second']) {
      logger.log(line);
      await tab.page.getByText(line).waitFor();
    }
    expect(
      await tab.page
        .locator('p')
        .first()
        .evaluate((node) => getComputedStyle(node).marginTop),
    ).toBe('0px');
    expect(await tab.page.title()).toMatch(/^Log of /);
    await host.close();
    await tab.page.waitForLoadState();
    expect((await lines(tab)).slice(0, 2)).toEqual([
      expect.stringMatching(/\[Shop\] first$/),
      expect.stringMatching(/\[Shop\] second$/),
    ]);
  });
});

/** Whether it is on the screen, once that is settled. */
async function isInView(tab: Tab, text: string, expected: boolean): Promise<void> {
  const { height } = tab.page.viewportSize()!;
  for (const until = performance.now() + 5000; ;) {
    const box = await tab.page.getByText(text, { exact: false }).last().boundingBox();
    const isSo = box !== null && box.y >= 0 && box.y < height;
    if (isSo === expected) return;
    if (performance.now() > until) throw new Error(`${text} at ${JSON.stringify(box)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The first line that is wholly on the screen, once the page stands still. */
async function firstInView(tab: Tab): Promise<string> {
  const look = (): Promise<string> =>
    tab.page.locator('main').evaluate((main) => {
      const line = [...main.children].find((each) => each.getBoundingClientRect().top >= 0);
      return line?.textContent ?? '';
    });
  for (let last = await look(); ;) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    const now = await look();
    if (now === last) return now;
    last = now;
  }
}
