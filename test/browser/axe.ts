import axe from 'axe-core';
import { type Tab } from '../support/browser.js';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SCREENS = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

/** No violation, on any screen, by day and by night. */
export async function expectNothing(tab: Tab, where: string): Promise<void> {
  for (const screen of SCREENS) {
    await tab.page.setViewportSize(screen);
    await tab.page.emulateMedia({ colorScheme: 'light' });
    const byDay = await violations(tab, { type: 'tag', values: TAGS });
    await tab.page.emulateMedia({ colorScheme: 'dark' });
    // What is no colour is the same at night.
    const byNight = await violations(tab, ['color-contrast', 'link-in-text-block']);
    expect({ where, screen, byDay, byNight }).toEqual({ where, screen, byDay: [], byNight: [] });
  }
  await tab.page.setViewportSize(SCREENS[0]);
}

/** Axe is given as text through the debugger: the policy of the page forbids any other way. */
async function violations(tab: Tab, runOnly: object): Promise<string[]> {
  const devtools = await tab.page.context().newCDPSession(tab.page);
  const evaluate = async (expression: string): Promise<unknown> => {
    const options = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await devtools.send('Runtime.evaluate', options);
    expect(exceptionDetails).toBeUndefined();
    return result.value;
  };
  if (!(await evaluate('"axe" in window'))) await evaluate(axe.source);
  const options = JSON.stringify({ runOnly, resultTypes: ['violations'] });
  const found = await evaluate(`axe.run(${options}).then(({ violations }) => violations.flatMap(
    ({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 200) + failureSummary)))`);
  await devtools.detach();
  return found as string[];
}
