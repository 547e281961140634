import { type Console } from './console.js';
import { EVERYTHING } from './everything.js';
import { copyLine, onlyRequest, openOperation, step, stepToFirst, stepToProblem } from './line-actions.js';

type Action = (console: Console) => unknown;

/** Keys that type something elsewhere: they can be switched off (WCAG 2.1.4). */
const SINGLE: Readonly<Record<string, Action>> = {
  '/': () => document.getElementById('search')?.focus(),
  ' ': (console) => (console.pausedAt.value === undefined ? console.pause() : console.resume()),
  r: (console) => console.entry && onlyRequest(console, console.entry),
  o: openOperation,
  c: (console) => console.entry && copyLine(console, console.entry),
  e: (console) => stepToProblem(console, 1),
  E: (console) => stepToProblem(console, -1),
  n: (console) => console.filters.value.search !== '' && step(console, 1),
  N: (console) => console.filters.value.search !== '' && step(console, -1),
  w: (console) => console.preferences.set({ wrap: !console.preferences.settings.value.wrap }),
  '?': (console) => (console.dialog.value = 'help'),
};
const ALWAYS: Readonly<Record<string, Action>> = {
  Home: (console) => stepToFirst(console),
  End: (console) => console.following.join(),
  ArrowUp: (console) => step(console, -1),
  ArrowDown: (console) => step(console, 1),
  Enter: (console) => console.row && console.toggle(console.row.key),
  Escape: showEverything,
};
const TYPING = 'input, select';
/** It has the keys to itself, wherever the focus is. */
const MENU = ':popover-open';
/** What these do with a key of their own goes before. */
const TAKES: readonly (readonly [keys: RegExp, by: string])[] = [
  [/^( |Enter)$/, 'button, summary, a'],
  [/^(Arrow|End|Home)/, 'pre'],
];

/** The keys of the page, wherever the focus is, as far as what has it does not need them itself. */
export function listenToKeys(console: Console): void {
  document.addEventListener('keydown', (event) => {
    const { key, ctrlKey, altKey, metaKey } = event;
    if (ctrlKey || altKey || metaKey || event.defaultPrevented || console.dialog.value) return;
    if (document.querySelector(MENU)) return;
    const target = event.target as HTMLElement;
    const { keys } = console.preferences.settings.value;
    const action = ALWAYS[key] ?? (keys ? SINGLE[key] : undefined);
    if (!console.session.value || !action) return;
    if (target.id === 'search' && (key === 'Escape' || key === 'Enter')) {
      if (key === 'Escape' || console.rows.rows.length > 0) leaveSearch(console);
    } else if (
      target.matches(TYPING) ||
      TAKES.some(([pattern, by]) => pattern.test(key) && target.matches(by))
    ) {
      return;
    } else {
      action(console);
    }
    event.preventDefault();
  });
}

/** The line that the keyboard is at stays in view. */
function showEverything(console: Console): void {
  const { row, following } = console;
  console.setFilters(EVERYTHING);
  const isInList = document.activeElement?.closest('.row');
  if (row && isInList && !following.isFollowing.value) console.goTo(row.key, 'nearest');
}

/** From the search to the newest line found; the search stays. */
function leaveSearch(console: Console): void {
  (document.activeElement as HTMLElement | null)?.blur();
  const last = console.rows.rows.at(-1);
  if (console.filters.value.search !== '' && last) console.goTo(last.key, 'nearest');
}
