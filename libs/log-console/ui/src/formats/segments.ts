import { AnsiStyle } from './ansi-style.js';
import { ESCAPES, hasEscapes, withoutEscapes } from './escapes.js';
import { visible, visiblePlaces } from './visible-text.js';

/** A piece of a message in one style, as it is shown. */
export interface Segment {
  readonly text: string;
  /** Class names separated by spaces: `bold ansi-red bg-ansi-white`. */
  readonly style?: string;
  /** It is part of what is searched. */
  readonly match?: true;
}

/** A piece of the text itself. */
type Run = Omit<Segment, 'match'>;

/** More changes of style than this are no log line; the rest keeps the last style. */
const MAX_STYLES = 500;
/** So many matches of one line are marked: every one costs the page two elements. */
const MAX_MATCHES = 500;
// eslint-disable-next-line no-control-regex
const STYLE = /^(?:\x1b\[|\x9b)([\d;:]{0,64})m$/;

/** The pieces of a message: its colours as class names, other escapes removed, the unseen marked, what is searched found. */
export function segmentsOf(message: string, search = ''): Segment[] {
  if (!message) return [];
  const runs = hasEscapes(message) ? runsOf(message) : [{ text: withoutEscapes(message) }];
  const text = runs.map((run) => run.text).join('');
  const shown = visible(text);
  const ends = endsOf(runs);
  const places = shown === text ? ends : visiblePlaces(text, ends);
  return search ? withMatches(shown, runs, places, search) : cutUp(shown, runs, places);
}

/** The message in pieces of one style; all of it stays. */
function runsOf(message: string): Run[] {
  const text = message.replaceAll('\r\n', '\n');
  const ansi = new AnsiStyle();
  const runs: Run[] = [];
  let run = '';
  let styles = 0;
  let end = 0;
  const finish = (): void => {
    const style = ansi.classes;
    if (run) runs.push(style ? { text: run, style } : { text: run });
    run = '';
  };
  for (const { 0: escape, index } of text.matchAll(ESCAPES)) {
    run += text.slice(end, index);
    end = index + escape.length;
    const codes = STYLE.exec(escape)?.[1];
    if (codes === undefined || ++styles > MAX_STYLES) continue;
    finish();
    ansi.read(withSemicolons(codes));
  }
  run += text.slice(end);
  finish();
  return runs;
}

/** `38:2::1:2:3` and `4:3` as every terminal has them: `38;2;1;2;3`, `4`. */
function withSemicolons(style: string): string {
  return style
    .replace(/([34]8:2:)\d*:(\d+:\d+:\d+)/g, '$1$2')
    .replace(/[34]8:(?:2:\d+:\d+:\d+|5:\d+)/g, (colour) => colour.replaceAll(':', ';'))
    .replace(/:\d*/g, '');
}

function endsOf(runs: readonly Run[]): number[] {
  let end = 0;
  return runs.map(({ text }) => (end += text.length));
}

function cutUp(shown: string, runs: readonly Run[], ends: readonly number[]): Segment[] {
  const segments = runs.map((run, index) => ({
    ...run,
    text: shown.slice(ends[index - 1] ?? 0, ends[index]),
  }));
  return segments.filter(({ text }) => text);
}

/** Matches are looked for in the whole text: one across two styles is two pieces. */
function withMatches(
  shown: string,
  runs: readonly Run[],
  ends: readonly number[],
  search: string,
): Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  let run = 0;
  const upTo = (place: number, match: boolean): void => {
    while (at < place) {
      const runEnd = ends[run] ?? shown.length;
      const end = Math.min(place, runEnd);
      const text = shown.slice(at, end);
      if (text) segments.push({ ...runs[run], text, ...(match && { match }) });
      at = end;
      if (end === runEnd) run++;
    }
  };
  let matches = 0;
  for (const { index, 0: found } of shown.matchAll(searchPattern(search))) {
    if (++matches > MAX_MATCHES) break;
    upTo(index, false);
    upTo(index + found.length, true);
  }
  upTo(shown.length, false);
  return segments;
}

/** Finds a text whatever its case. A changed case could change its length (`İ`): hence no lower case. */
function searchPattern(search: string): RegExp {
  return new RegExp(visible(search).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu');
}
