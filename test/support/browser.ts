import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';
import { LogConsoleService } from 'nestjs-log-console';
import { createHost, type Adapter, type Host, type HostOptions } from './host-app.js';
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
  /** The console opened with the operator's link, and live. */
  live(host: Pick<Host, 'url'>, options?: BrowserContextOptions): Promise<Tab>;
  closeLater<T extends { close(): unknown }>(what: T): T;
}

/** A describe with one Chromium. After each test no tab may have seen an error, a dialog or a breach of the policy. */
export function describeInChromium(name: string, body: (stage: Stage) => void): void {
  describeWith('chromium', name, (executablePath) => {
    jest.setTimeout(30_000);
    let browser: Browser;
    let started: { close(): unknown }[] = [];
    let tabs: Tab[] = [];

    beforeAll(async () => {
      browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
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
      async host({ options, ...rest } = {}, adapter = 'express') {
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
      async live(host, options) {
        const tab = await stage.tab(options);
        await tab.goto(`${host.url}/log-console#token=${OPERATOR}`);
        await tab.state('Live');
        return tab;
      },
      closeLater(what) {
        started.push(what);
        return what;
      },
    };
    body(stage);
  });
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
    this.status = page.getByRole('status');
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

  /** The numbers of the lines `line 1`, `line 2` … on screen, in their order. */
  async numbers(): Promise<number[]> {
    const texts = await this.rows.allTextContents();
    return texts.flatMap((text) => /\bline (\d+)/.exec(text)?.[1] ?? []).map(Number);
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
