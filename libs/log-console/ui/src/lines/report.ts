import { isProblem } from './entry-line.js';
import { LEVELS, LINKS } from './filter-parts.js';
import { type Filters } from './filters.js';
import { type LineList } from './line-list.js';
import { type Line } from './line.js';
import { missedIn } from './missed-in.js';
import { type Rows } from './rows.js';

const PROBLEMS = 50;
const LAST_LINES = 200;

/** What is known when a report is made. */
export interface ReportFacts {
  /** When, written out, with its zone. */
  readonly time: string;
  readonly app: { readonly name: string; readonly version: string; readonly instance: string };
  readonly user: { readonly name: string; readonly role: string };
  /** How the page is connected, in words. */
  readonly connection: string;
  /** The address of the page; its query and fragment are left out. */
  readonly page: string;
  /** `navigator.userAgent`. */
  readonly browser: string;
  readonly language: string;
  readonly timeZone: string;
  readonly filters: Filters;
  readonly list: LineList;
  readonly rows: Rows;
  /** A line as text: `lineAsText` with the notices of the language. */
  readonly asText: (line: Line) => string;
}

/** Headings and labels of a report. */
export interface ReportTexts {
  readonly title: string;
  readonly time: string;
  readonly app: string;
  readonly instance: string;
  readonly user: string;
  readonly connection: string;
  readonly page: string;
  readonly browser: string;
  readonly language: string;
  readonly timeZone: string;
  readonly filters: string;
  readonly level: string;
  readonly search: string;
  readonly context: string;
  readonly requestId: string;
  readonly operation: string;
  readonly process: string;
  readonly counters: string;
  readonly held: string;
  readonly shown: string;
  readonly removed: string;
  readonly missing: string;
  /** Behind the number of missing lines, when there are some that nobody can count. */
  readonly andMore: string;
  readonly problems: string;
  readonly lines: string;
  readonly none: string;
  readonly levels: Readonly<Record<(typeof LEVELS)[number], string>>;
}

/** A text for support, made of what the server has already redacted. */
export function reportOf(facts: ReportFacts, texts: ReportTexts): string {
  const { list, rows, asText } = facts;
  const problems = list.lines.filter(isProblem).slice(-PROBLEMS).map(asText);
  const last = rows.rows
    .slice(-LAST_LINES)
    .map(({ line, count }) => asText(line) + (count > 1 ? ` ×${count}` : ''));
  const section = (title: string, lines: readonly string[]): string =>
    [`== ${title} ==`, ...(lines.length > 0 ? lines : [texts.none])].join('\n');
  return [
    section(texts.title, about(facts, texts)),
    section(texts.filters, filtersIn(facts.filters, texts)),
    section(texts.counters, countersOf(facts, texts)),
    section(texts.problems, problems),
    section(texts.lines, last),
    '',
  ].join('\n\n');
}

function about(facts: ReportFacts, texts: ReportTexts): string[] {
  const { app, user } = facts;
  return [
    `${texts.time}: ${facts.time}`,
    `${texts.app}: ${app.name} ${app.version}`,
    `${texts.instance}: ${app.instance}`,
    `${texts.user}: ${user.name} (${user.role})`,
    `${texts.connection}: ${facts.connection}`,
    `${texts.page}: ${facts.page.replace(/[?#].*$/s, '')}`,
    `${texts.browser}: ${facts.browser}`,
    `${texts.language}: ${facts.language}`,
    `${texts.timeZone}: ${facts.timeZone}`,
  ];
}

function filtersIn(filters: Filters, texts: ReportTexts): string[] {
  const { levels, search, contexts } = filters;
  const names = LEVELS.filter((level) => levels.includes(level)).map((level) => texts.levels[level]);
  const labels = { requestId: texts.requestId, operation: texts.operation, instance: texts.process };
  return [
    `${texts.level}: ${names.join(', ') || texts.none}`,
    ...(search === '' ? [] : [`${texts.search}: ${search}`]),
    ...(contexts.length === 0 ? [] : [`${texts.context}: ${contexts.join(', ')}`]),
    ...LINKS.flatMap((name) => (filters[name] === undefined ? [] : [`${labels[name]}: ${filters[name]}`])),
  ];
}

function countersOf({ list, rows }: ReportFacts, texts: ReportTexts): string[] {
  const { count, isExact } = missedIn(list.lines);
  return [
    ...LEVELS.map((level) => `${texts.levels[level]}: ${list.counts[level]}`),
    `${texts.held}: ${list.entries}`,
    `${texts.shown}: ${rows.matching}`,
    `${texts.removed}: ${list.removed}`,
    `${texts.missing}: ${count}${isExact ? '' : ` ${texts.andMore}`}`,
  ];
}
