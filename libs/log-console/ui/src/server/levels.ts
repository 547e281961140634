import type { LogEntry } from '../../../src/domain/log-entry.js';
import type { LogLevel } from '../../../src/domain/log-level.js';
import { type Console } from '../console/console.js';
import { LEVELS } from '../lines/filters.js';
import { isProblemEntry } from '../lines/entry-line.js';
import { visible } from '../formats/visible-text.js';
import { type ServerTexts } from '../texts/server-en.js';
import { type ContextLevel } from './wire.js';

/** The level that somebody wants for a part. */
export interface LevelWish {
  readonly context: string;
  readonly level: LogLevel;
}

/** All of them first, then by how much they write. */
export function noisiestFirst(contexts: Readonly<Record<string, ContextLevel>>): [string, ContextLevel][] {
  const noise = ([context, { lines = 0 }]: [string, ContextLevel]): number =>
    context === '*' ? Infinity : lines;
  return Object.entries(contexts).sort((a, b) => noise(b) - noise(a) || a[0].localeCompare(b[0]));
}

/** From this level on. */
export function levelInWords(level: LogLevel, console: Console, s: ServerTexts): string {
  const word = console.preferences.texts.value.levels[level] ?? level;
  return level === 'verbose' ? s.everything : s.andAbove(word);
}

export function partInWords(context: string, s: ServerTexts): string {
  return context === '*' ? s.allParts : visible(context);
}

/** What somebody wants who opened a line: all that goes with a problem, and no more of the kind of anything else. */
export function wishFor(entry: LogEntry | undefined): LevelWish {
  if (!entry) return { context: '', level: 'warn' };
  const graver = LEVELS[LEVELS.indexOf(entry.level) - 1] ?? 'error';
  return { context: entry.context ?? '', level: isProblemEntry(entry) ? 'verbose' : graver };
}
