import { eventually, type Tab } from './browser.js';

/** Where somebody reads: the first line of which something is in view, and how far below the top of the list it begins. */
export interface Place {
  readonly line: string;
  readonly y: number;
}

/** Where somebody reads in this tab now. */
export async function placeIn(tab: Tab): Promise<Place> {
  const [place] = await placesDuring(tab, 0);
  return place;
}

/** Everywhere the reader was carried to in so many milliseconds, looked at with every frame; one place: nothing moved. */
export function placesDuring({ list }: Tab, ms: number): Promise<Place[]> {
  return list.evaluate(async (node, duration) => {
    const view = node.parentElement!;
    const places = new Map<string, { line: string; y: number }>();
    const until = performance.now() + duration;
    do {
      await new Promise(requestAnimationFrame);
      const top = view.getBoundingClientRect().top + view.clientTop;
      const row = [...node.children].find((each) => each.getBoundingClientRect().bottom > top + 1);
      const line = row?.querySelector('.message, .notice')?.textContent ?? '';
      const y = Math.round((row?.getBoundingClientRect().top ?? 0) - top);
      places.set(`${line} ${y}`, { line, y });
    } while (performance.now() < until);
    return [...places.values()];
  }, ms);
}

/** Waits until the list stands still: a browser moves it smoothly. */
export async function settled(tab: Tab): Promise<Place> {
  await eventually(async () => expect(await placesDuring(tab, 150)).toHaveLength(1));
  return placeIn(tab);
}

/** Whether the whole last line is in view, at the lower edge of the list. */
export function isAtEnd({ list }: Tab): Promise<boolean> {
  return list.evaluate((node) => {
    const { bottom } = node.parentElement!.getBoundingClientRect();
    const row = node.lastElementChild!;
    const isLast = row.getAttribute('aria-posinset') === row.getAttribute('aria-setsize');
    return isLast && Math.abs(row.getBoundingClientRect().bottom - bottom) <= 2;
  });
}

/** Waits until the foot of the page says that the newest line is followed, or that it is not. */
export async function follows(tab: Tab, isFollowing: boolean): Promise<void> {
  const words = isFollowing ? 'Following the newest line.' : 'Not following: you scrolled up.';
  await tab.page.getByRole('contentinfo').getByText(words).waitFor();
}
