import { type Console } from './console.js';
import { visible } from '../formats/visible-text.js';
import { LEVELS } from '../lines/filters.js';

/** What is filtered for, in words: `Error, "aisle 17"`. */
export function filterWords(console: Console): string {
  const t = console.preferences.texts.value;
  const { levels, search, contexts, requestId, operation, instance } = console.filters.value;
  const named = [
    [t.request, requestId],
    [t.operation, operation],
    [t.instance, instance],
  ] as const;
  return [
    ...(levels.length < LEVELS.length ? levels.map((level) => t.levels[level]) : []),
    ...contexts.map(visible),
    ...named.flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${visible(value)}`])),
    ...(search === '' ? [] : [`“${search}”`]),
  ].join(', ');
}
