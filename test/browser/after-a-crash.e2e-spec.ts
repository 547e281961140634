import { OPERATOR } from '../access/people.js';
import { LogFileOfTest, startWriting, type WritingHost } from '../sinks/writing-host.js';
import { AppFolder } from '../support/app-process.js';
import { describeInChromium, eventually, upTo, type Tab } from '../support/browser.js';
import { startRelay } from '../support/proxies.js';

/** The lines of a burst that a text or several are of, by their numbers. */
const bursts = (lines: readonly string[]): number[] =>
  lines.flatMap((line) => /\bburst (\d+)/.exec(line)?.[1] ?? []).map(Number);

const RESTARTED = /The server restarted at \d\d:\d\d:\d\d\. Lines from just before may be missing here\./;
/** High enough for all rows of a start, and those of a burst before it. */
const HIGH = { viewport: { width: 1280, height: 2400 } };
const ENDED = 'The run before this one did not end in good order: it was killed, or crashed.';

describeInChromium('After a crash', (stage) => {
  const folder = new AppFolder();
  let file: LogFileOfTest;
  let running: WritingHost;
  beforeEach(() => (file = new LogFileOfTest()));
  afterEach(async () => {
    await running.stop();
    file.remove();
  });
  afterAll(() => folder.remove());

  const url = (): string => `http://127.0.0.1:${running.port}`;
  const start = async (): Promise<void> => {
    running = await startWriting(folder, 'express', file);
  };
  const burst = async (count: number): Promise<void> => {
    await running.work(`burst?count=${count}`);
    await running.printed(new RegExp(`^logged ${count}$`, 'm'));
  };
  /** Kills it once the file has everything, and starts it again. */
  const crash = async (last: string): Promise<void> => {
    await eventually(() => expect(file.messages.at(-1)).toBe(last));
    process.kill(running.pid, 'SIGKILL');
    await running.ended;
    await start();
  };
  const openAt = async (tab: Tab, address: string): Promise<void> =>
    tab.goto(`${address}/log-console#token=${OPERATOR.token}`);
  /** All lines, in those of before the restart and those since; the row between them is there once. */
  const runs = async (tab: Tab): Promise<[before: number[], since: number[]]> => {
    const lines = await tab.lines();
    const at = lines.findIndex((line) => RESTARTED.test(line));
    expect(lines.filter((line) => RESTARTED.test(line))).toHaveLength(1);
    expect(lines[at + 1]).toContain(ENDED);
    return [bursts(lines.slice(0, at)), bursts(lines.slice(at))];
  };

  test('the page shows the lines of before above the restart, and how the run before ended', async () => {
    await start();
    await burst(40);
    await crash('burst 39');
    const tab = await stage.tab(HIGH);
    await openAt(tab, url());
    await tab.row(ENDED).waitFor();
    await tab.row(RESTARTED).waitFor();
    expect(await runs(tab)).toEqual([upTo(39, 0), []]);
    await tab.row(ENDED).getByRole('button', { name: 'Show details' }).click();
    await tab.page.getByText('previous:').click();
    await tab.page.getByText('isClean: false').waitFor();
  });

  test('after an orderly end the row says that nothing is missing', async () => {
    await start();
    await running.work('end?by=close');
    await running.ended;
    await start();
    const tab = await stage.tab(HIGH);
    await openAt(tab, url());
    await tab.row(/The server restarted at \d\d:\d\d:\d\d\. No line is missing here\.$/).waitFor();
    await tab.row('The run before this one ended in good order.').waitFor();
    expect(await tab.lines()).toEqual(
      expect.arrayContaining(upTo(99, 0).map((n) => expect.stringMatching(`last ${n}$`) as string)),
    );
  });

  test.each([
    ['live', false],
    ['where it has to ask', true],
  ])('and loads them where this run has more than comes first: %s', async (_how, asks) => {
    await start();
    await burst(40);
    await crash('burst 39');
    await burst(1500);
    const tab = await stage.tab(HIGH);
    if (asks) await tab.page.route('**/api/stream*', (route) => route.abort());
    await openAt(tab, url());
    await tab.state(asks ? 'Live (slower mode)' : 'Live');
    await eventually(async () => expect(await runs(tab)).toEqual([upTo(39, 0), upTo(1499, 0)]));
    await tab.page.keyboard.press('Home');
    await tab.row(RESTARTED).waitFor();
    await tab.page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  test('a page that was there goes on: no line twice, none of those in the file lost', async () => {
    await start();
    const relay = stage.closeLater(await startRelay(url));
    const tab = await stage.tab(HIGH);
    await openAt(tab, relay.url);
    await tab.state('Live');
    await burst(40);
    await eventually(async () => expect(bursts(await tab.lines())).toEqual(upTo(39, 0)));
    await crash('burst 39');
    relay.cut();
    await tab.row(ENDED).waitFor();
    expect(await runs(tab)).toEqual([upTo(39, 0), []]);
  });

  test('what was written while nobody read is there too, when the page comes back', async () => {
    await start();
    const relay = stage.closeLater(await startRelay(url));
    const tab = await stage.tab(HIGH);
    await openAt(tab, relay.url);
    await tab.state('Live');
    relay.vanish();
    await burst(40);
    await crash('burst 39');
    relay.cut();
    await tab.row(ENDED).waitFor();
    expect(await runs(tab)).toEqual([upTo(39, 0), []]);
  });
});
