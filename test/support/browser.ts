import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import {
  chromium,
  type Browser,
  type BrowserContextOptions,
  type LaunchOptions,
  type Locator,
  type Page,
} from 'playwright-core';
import { readFileSync } from 'node:fs';
import { LogConsoleService } from 'nestjs-log-console';
import { ADAPTERS, createHost, type Adapter, type Host, type HostOptions } from './host-app.js';
import { describeWith } from './services.js';

/** With every character that `openssl rand -base64` puts into a token and an address could spoil. */
export const OPERATOR = 'operator+token/with=every+odd/character==';
export const VIEWER = 'viewer-token-of-at-least-32-characters';
export const ACCESS = {
  tokens: [
    { token: OPERATOR, name: 'operator-1', role: 'operator' },
    { token: VIEWER, name: 'viewer-1', role: 'viewer' },
  ],
} as const;

const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const DEADLINE_MS = 10_000;
/** What Chromium itself writes to the console about an answer that is not a 2xx, or a connection that ended. */
const NETWORK = /^Failed to load resource|^\S* ?net::ERR_/;

/** What a test of the page is given. Whatever it starts is closed after the test. */
export interface Stage {
  /** A real Nest application with the console, two tokens, and nobody printing. */
  host(options?: HostOptions, adapter?: Adapter): Promise<Host>;
  /** A tab of a fresh profile. */
  tab(options?: BrowserContextOptions): Promise<Tab>;
  /** Opens the console with the operator's link, and waits until it is live. */
  open(tab: Tab, host: Pick<Host, 'url'>): Promise<void>;
  /** The console opened in a tab of its own, and live. */
  live(host: Pick<Host, 'url'>, options?: BrowserContextOptions): Promise<Tab>;
  closeLater<T extends { close(): unknown }>(what: T): T;
}

/**
 * A describe with one Chromium, for a host on Express: the page is the same on all. After each test no tab may have seen
 * an error, a dialog or a breach of the policy.
 */
export function describeInChromium(
  name: string,
  body: (stage: Stage) => void,
  { adapters = ['express'], ...launch }: InChromium = {},
): void {
  describeWith('chromium', name, (executablePath) => {
    jest.setTimeout(30_000);
    describe.each(adapters)('on %s', (adapter) => {
      onStage({ executablePath, ...launch }, adapter, body);
    });
  });
}

/** The same for each adapter, where it is the server that matters. */
export function describeInChromiumOnEach(name: string, body: (stage: Stage) => void): void {
  describeInChromium(name, body, { adapters: ADAPTERS });
}

/** How Chromium is started, and on which adapters. */
interface InChromium extends LaunchOptions {
  readonly adapters?: readonly Adapter[];
}

function onStage(launch: LaunchOptions, ofStage: Adapter, body: (stage: Stage) => void): void {
  let browser: Browser;
  let started: { close(): unknown }[] = [];
  let tabs: Tab[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ args: CHROMIUM_ARGS, ...launch });
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    const faults = tabs.flatMap((tab) => tab.problems).filter((problem) => !NETWORK.test(problem));
    // The last started first: a server has nothing to wait for when its clients are gone.
    for (const one of started.toReversed()) await one.close();
    started = [];
    tabs = [];
    expect(faults).toEqual([]);
  });

  const stage: Stage = {
    async host({ options, ...rest } = {}, adapter = ofStage) {
      const access = { ...ACCESS, ...options?.access };
      return stage.closeLater(await createHost(adapter, { options: { ...options, access }, ...rest }));
    },
    async tab(options) {
      const context = stage.closeLater(await browser.newContext(options));
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.error(`Policy: ${event.violatedDirective} ${event.blockedURI}`);
        });
      });
      const tab = new Tab(await context.newPage());
      tabs.push(tab);
      return tab;
    },
    async open(tab, host) {
      await tab.goto(`${host.url}/log-console#token=${OPERATOR}`);
      await tab.state('Live');
    },
    async live(host, options) {
      const tab = await stage.tab(options);
      await stage.open(tab, host);
      return tab;
    },
    closeLater(what) {
      started.push(what);
      return what;
    },
  };
  body(stage);
}

/** The console in a tab, as somebody finds their way about it: by roles, names and words. */
export class Tab {
  /** Errors and warnings of the page, and dialogs nobody asked for. */
  readonly problems: string[] = [];
  /** The address of every request. */
  readonly requested: string[] = [];
  readonly status: Locator;
  readonly token: Locator;
  readonly list: Locator;
  readonly rows: Locator;

  constructor(readonly page: Page) {
    page.setDefaultTimeout(DEADLINE_MS);
    page.on('request', (request) => this.requested.push(request.url()));
    page.on('pageerror', (error) => this.problems.push(`Thrown: ${error.message}`));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.problems.push(message.text());
    });
    page.on('dialog', (dialog) => {
      this.problems.push(`Dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    this.status = page.locator('.status p');
    this.token = page.getByLabel('Token');
    this.list = page.getByRole('list', { name: 'Log lines' });
    this.rows = this.list.getByRole('listitem');
  }

  async goto(url: string): Promise<void> {
    await this.page.goto(url);
  }

  /** Waits until the status begins with these words, in bold. */
  async state(words: string): Promise<void> {
    const strong = this.status.locator('strong');
    await eventually(async () => expect(await strong.textContent()).toBe(words));
  }

  row(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Waits until the foot of the page says that so many lines are shown of so many that it holds. */
  async shows(shown: number, held = shown): Promise<void> {
    const foot = this.page.getByRole('contentinfo');
    const lines = shown === 1 ? 'line' : 'lines';
    const words = `${shown.toLocaleString('en')} ${lines} shown of ${held.toLocaleString('en')}`;
    await eventually(async () => expect(await foot.textContent()).toContain(words));
  }

  /** Every line shown, also those that are not in view, as the operator downloads them. */
  async lines(): Promise<string[]> {
    await this.button('Download').click();
    const saved = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: /^What is shown here/ }).click();
    const path = await (await saved).path();
    await this.page.keyboard.press('Escape');
    return readFileSync(path, 'utf8').split('\n').slice(0, -1);
  }

  /** The numbers of the lines `line 1`, `line 2` … that are shown, in their order. */
  async numbers(): Promise<number[]> {
    return (await this.lines()).flatMap((text) => /\bline (\d+)/.exec(text)?.[1] ?? []).map(Number);
  }

  /** Presses Tab until the button of this name has the focus. */
  async tabTo(name: string): Promise<void> {
    const button = this.button(name);
    for (let presses = 0; presses < 10; presses++) {
      if (await button.evaluate((node) => node === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`The Tab key does not reach ${name}.`);
  }

  /** What takes the focus, in the words of a screen reader: role and name, sorted. */
  async focusable(): Promise<string[]> {
    const devtools = await this.page.context().newCDPSession(this.page);
    const { nodes } = await devtools.send('Accessibility.getFullAXTree');
    return nodes
      .filter(
        ({ ignored, properties = [] }) => !ignored && properties.some(({ name }) => name === 'focusable'),
      )
      .filter(({ role }) => role?.value !== 'RootWebArea')
      .map(({ role, name }) => `${role?.value} ${name?.value}`.trim())
      .sort();
  }

  async signIn(token: string): Promise<void> {
    await this.token.fill(token);
    await this.button('Sign in').click();
  }

  /** Notes every state there is from the next page on, in bold words; returns them so far. */
  async states(): Promise<() => string[]> {
    const states: string[] = [];
    await this.page.exposeFunction('noteState', (words: string) => {
      if (words !== states.at(-1)) states.push(words);
    });
    await this.page.addInitScript(() => {
      const { noteState } = globalThis as unknown as { noteState: (words: string) => void };
      const look = (): void => {
        const words = document.querySelector('.status strong')?.textContent;
        if (words) noteState(words);
      };
      new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
    });
    return () => states;
  }

  /** What the page is told when its tab goes to the background, and when it comes back. */
  async hide(hidden: boolean): Promise<void> {
    await this.page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  }
}

/** What the application itself can ask and do. */
export function serviceOf({ app }: Host): LogConsoleService {
  return app.get(LogConsoleService);
}

/** How many streams the server holds open. */
export async function streamsOf(host: Host): Promise<number> {
  return (await serviceOf(host).stats()).readers.streams;
}

/** How many lines the server holds of the levels that are shown at first. */
export async function shownOf(host: Host): Promise<number> {
  const { held } = await serviceOf(host).stats();
  const { debug = 0, verbose = 0 } = held.byLevel as Record<string, number>;
  return held.entries - debug - verbose;
}

/** Looks again until nothing is thrown; after the deadline the test fails with what was thrown last. */
export async function eventually(look: () => unknown): Promise<void> {
  const until = performance.now() + DEADLINE_MS;
  for (;;) {
    try {
      await look();
      return;
    } catch (error) {
      if (performance.now() > until) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Logs `line 1`, `line 2` … as the application would; every call goes on counting where the last one stopped. */
export class Counter {
  readonly #logger = new Logger('Counter');
  last = 0;

  log(lines: number): void {
    for (const end = this.last + lines; this.last < end;) this.#logger.log(`line ${++this.last}`);
  }

  /** Goes on by itself, a line every so many milliseconds and `most` in all, until closed. */
  every(ms: number, most = Infinity): { close(): void } {
    const end = this.last + most;
    const timer = setInterval(() => (this.last < end ? this.log(1) : clearInterval(timer)), ms);
    return { close: () => clearInterval(timer) };
  }
}

/** 1, 2, … n */
export function upTo(n: number, from = 1): number[] {
  return Array.from({ length: n - from + 1 }, (_, index) => from + index);
}
