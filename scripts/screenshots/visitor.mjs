/* global document, Event -- of the page */
const DESKTOP = { width: 1280, height: 720 };
const HIDDEN_MS = 31_000;

/** Somebody with the console open in a browser. */
export class Visitor {
  constructor(page) {
    this.page = page;
  }

  /** With nothing remembered; `options` are those of Playwright's contexts. */
  static async arrive(browser, options) {
    const context = await browser.newContext({
      viewport: DESKTOP,
      locale: 'en-GB',
      timezoneId: 'UTC',
      ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    return new Visitor(page);
  }

  /** Opens the console, and waits for these words; by default for lines. */
  async open(link, words = /[1-9][\d.,]* (lines shown of|von .* Zeilen)/) {
    await this.page.goto(link);
    await this.reads(words);
  }

  /** Until the page has what the server holds, and its clock has moved on. */
  async settles() {
    await this.page.waitForTimeout(1500);
    await this.page.getByText(/^(Loading older|Ältere)/).waitFor({ state: 'detached' });
  }

  /** Until these words are somewhere on the page. */
  async reads(words) {
    await this.page.getByText(words).first().waitFor();
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' }).first();
  }

  press(name) {
    return this.button(name).click();
  }

  row(text) {
    return this.page.getByRole('listitem').filter({ hasText: text }).last();
  }

  search(text) {
    return this.page.getByRole('searchbox').fill(text);
  }

  async scrollUp(pixels) {
    await this.page.getByRole('list', { name: /lines|zeilen/ }).hover();
    await this.page.mouse.wheel(0, -pixels);
  }

  /** The tab goes to the background until it has given its connection back. The page's clock has to be ours. */
  async rest() {
    await this.#hide(true);
    await this.page.clock.fastForward(HIDDEN_MS);
  }

  wake() {
    return this.#hide(false);
  }

  #hide(value) {
    return this.page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, value);
  }

  /** How requests to the API are answered from now on. */
  async answer(path, reply) {
    await this.page.route(`**/log-console/api/${path}`, (route) =>
      typeof reply === 'function' ? reply(route) : route.fulfill(reply),
    );
  }

  leave() {
    return this.page.context().close();
  }
}
