import { type Tab } from '../support/browser.js';

/** Nothing is wider than the phone it is on, and what is pressed is large enough for a finger. */
export async function expectToFit({ page }: Tab, where: string): Promise<void> {
  const wide = await page.evaluate(() =>
    [
      document.documentElement,
      document.body,
      ...document.querySelectorAll(
        'header, main, dialog, [role=tabpanel], [role=tablist], [popover], footer, section',
      ),
    ]
      .filter((node) => node.scrollWidth > Math.ceil(node.clientWidth) && node.checkVisibility())
      .map((node) => `${node.tagName} ${node.className} ${node.scrollWidth} > ${node.clientWidth}`),
  );
  expect([where, wide]).toEqual([where, []]);
  expect([where, await page.evaluate(() => [innerWidth, visualViewport?.width])]).toEqual([
    where,
    [390, 390],
  ]);
  const small = await page
    .locator('button:visible, input:visible, select:visible, summary:visible, a:visible')
    .evaluateAll((nodes) =>
      nodes.flatMap((node) => {
        // A box to tick is hit by its words too.
        const target = node.matches('[type=checkbox]') ? node.closest('label')! : node;
        const { width, height } = target.getBoundingClientRect();
        const wanted = node.closest('header') && !node.matches('[type=range]') ? 44 : 24;
        const isSmall = height < wanted || width < 24;
        return isSmall ? [`${node.tagName} ${node.textContent} ${width} × ${height}`] : [];
      }),
    );
  expect([where, small]).toEqual([where, []]);
}
