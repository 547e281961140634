import { type Console } from './console.js';
import { visible } from '../formats/visible-text.js';
import { type EntryLine, type Line } from '../lines/line.js';

/** What happened between two entries, in words. */
export function noticeText(console: Console, line: Exclude<Line, EntryLine>): string {
  const { preferences } = console;
  const t = preferences.texts.value;
  const { count } = preferences.numbers.value;
  const told = console.shared.parts.value?.missing(line);
  if (told !== undefined) return told;
  const time = line.at === undefined ? '' : preferences.times.value.clockSeconds(line.at);
  if (line.kind === 'cleared') {
    return t.clearedBy(line.by === undefined ? t.theApplication : visible(line.by), time);
  }
  if (line.kind === 'file') return t.fileChanged[line.change](time);
  if (line.kind === 'restarted') {
    return line.missed === null
      ? t.restarted(time)
      : t.restartedExactly(time, line.missed, count(line.missed));
  }
  const why = t.gap[line.reason];
  return line.missed === null ? t.someMissing(why) : t.missing(line.missed, count(line.missed), why);
}
