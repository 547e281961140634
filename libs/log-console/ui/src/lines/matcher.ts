import { dataText } from './entry-line.js';
import { LEVELS, LINKS } from './filter-parts.js';
import { type Filters } from './filters.js';
import { type EntryLine } from './line.js';

/** Makes the test of an entry for filters. */
export function matcher(filters: Filters): (line: EntryLine) => boolean {
  const tests = [...testsOf(filters)];
  return (line) => tests.every((test) => test(line));
}

function* testsOf({ levels, search, contexts, ...links }: Filters): Generator<(line: EntryLine) => boolean> {
  if (!LEVELS.every((level) => levels.includes(level))) yield ({ entry }) => levels.includes(entry.level);
  for (const name of LINKS) {
    const wanted = links[name];
    if (wanted !== undefined) yield ({ entry }) => entry[name] === wanted;
  }
  if (contexts.length > 0) yield contextTest(contexts);
  if (search !== '') yield searchTest(search);
}

function contextTest(wanted: readonly string[]): (line: EntryLine) => boolean {
  const names = new Set(wanted);
  const prefixes = wanted.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
  return ({ entry: { context } }) =>
    context !== undefined && (names.has(context) || prefixes.some((prefix) => context.startsWith(prefix)));
}

function searchTest(search: string): (line: EntryLine) => boolean {
  const needle = search.toLowerCase();
  // Data is JSON: there a quote or a backslash is written with a backslash.
  const inJson = JSON.stringify(needle).slice(1, -1);
  return (line) => {
    const text = searchText(line);
    return text.includes(needle) || (inJson !== needle && text.includes(inJson));
  };
}

const searchTexts = new WeakMap<EntryLine, string>();

function searchText(line: EntryLine): string {
  let text = searchTexts.get(line);
  if (text === undefined) {
    const { context, stack, requestId } = line.entry;
    text = [line.text, context, stack, requestId, dataText(line.entry)].join('\n').toLowerCase();
    searchTexts.set(line, text);
  }
  return text;
}
