import { copyText, saveFile } from '../formats/save-file.js';
import { entryDetails } from '../formats/line-text.js';
import { type EntryLine } from '../lines/line.js';
import { cursorOf, parsePlace } from '../lines/place.js';
import { nextProblem } from '../lines/problems.js';
import { EVERYTHING } from './everything.js';
import { type Console } from './console.js';

/** How an address names one line. */
const LINE = '#line=';

export function onlyRequest(console: Console, { entry, seq }: EntryLine): void {
  if (entry.requestId === undefined) return;
  console.setFilters({ requestId: entry.requestId });
  console.goTo(seq);
}

/** To the operation that the line belongs to which the keyboard is at. */
export function openOperation(console: Console): void {
  const id = console.entry?.entry.operation;
  if (id !== undefined) location.assign(console.linkTo({ kind: 'operation', id }));
}

/** Everything again, with this line in the middle. */
export function showAround(console: Console, line: EntryLine): void {
  console.setFilters(EVERYTHING);
  console.goTo(line.seq);
}

/** Asks for less of the part of this line, or more. */
export function changeLevel(console: Console, { entry }: EntryLine): void {
  console.levelWanted = entry;
  console.dialog.value = 'server';
}

export function copyLine(console: Console, line: EntryLine): Promise<void> {
  return copy(console, entryDetails(line), 'line.txt');
}

export function copyLink(console: Console, { epoch, entry }: EntryLine): Promise<void> {
  const link = new URL(location.href);
  link.hash = LINE + cursorOf({ epoch, id: entry.id });
  return copy(console, link.href, 'link.txt');
}

/** Into the clipboard; where the browser forbids that, into a file, and the reader is told. */
export async function copy(console: Console, text: string, fileName: string): Promise<void> {
  const texts = console.preferences.texts.value;
  const isCopied = await copyText(text);
  if (!isCopied) saveFile(fileName, 'text/plain;charset=utf-8', text);
  console.notice.value = isCopied ? texts.copied : texts.copyBlocked;
}

/** To the next row of those shown, or the one before. */
export function step(console: Console, direction: 1 | -1): void {
  goToRow(console, activeIndex(console) + direction, 'nearest');
}

/** To the first row, at once: a browser goes there smoothly, and is stopped by what is measured on the way. */
export function stepToFirst(console: Console): void {
  goToRow(console, 0, 'nearest');
}

export function stepToProblem(console: Console, direction: 1 | -1): void {
  goToRow(console, nextProblem(console.rows.rows, activeIndex(console), direction), 'center');
}

/** To the line of a link, `#line=<epoch>-<id>`: older lines are loaded until it is held, or there are none. */
export async function goToLinked(console: Console): Promise<void> {
  const place = location.hash.startsWith(LINE) ? parsePlace(location.hash.slice(LINE.length)) : undefined;
  if (!place) return;
  console.following.leave(); // there is room for older lines then
  do {
    const line = console.list.lines.find(
      (one) => one.kind === 'entry' && one.epoch === place.epoch && one.entry.id === place.id,
    );
    if (line) {
      history.replaceState(null, '', location.pathname + location.search);
      console.rows.update();
      if (!console.rows.shows(line)) console.setFilters(EVERYTHING);
      console.goTo(line.seq);
      console.opened.value = new Set([console.active.value ?? line.seq]);
      return;
    }
  } while (await console.more.loadOlder());
  console.following.join();
  console.notice.value = console.preferences.texts.value.lineGone;
}

function goToRow(console: Console, index: number, align: 'center' | 'nearest'): void {
  const row = console.rows.rows[index];
  if (!row) return;
  // The row gets the focus when it is drawn; until then no button takes the next key.
  (document.activeElement as HTMLElement | null)?.blur();
  console.goTo(row.key, align);
}

/** Where the keyboard is; at first just behind the newest row in view. */
function activeIndex(console: Console): number {
  const { value: key } = console.active;
  return key === undefined ? console.rows.rows.length : console.rows.indexOf(key);
}
