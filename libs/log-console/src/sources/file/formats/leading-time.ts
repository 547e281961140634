import { LEVEL_WORDS, levelOfWord } from './level-words.js';
import { type Draft, type ParsedLine } from './line-format.js';
import { timeOfIso } from './times.js';

/** `2026-11-20T08:15:42.113Z `, `[2026-11-20 08:15:42,113] `. */
const TIME =
  /^\[?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|[+-]\d\d:?\d\d))?)\]?(?=[\s:,|-]|$)[ :,|-]{0,4}/;
const SGR = String.raw`(?:\x1b\[[\d;]{1,8}m)?`;
const UPPER = LEVEL_WORDS.map((word) => word.toUpperCase()).join('|');
const ANY = LEVEL_WORDS.flatMap((word) => [word, word.charAt(0).toUpperCase() + word.slice(1)]).join('|');
/** A level, perhaps with the name of a logger or a process number in front: `[Orders] warn: `, `orders - WARN - `, `4711 INFO `, `[info] `. */
const LEVEL = new RegExp(
  String.raw`(?:\[([\w.$:@/ -]{1,128})\]:? *|([\w.$:@/-]{1,128}) [-|] |\d{1,10} +)??` +
    String.raw`(?:\[${SGR}(${ANY}|${UPPER})${SGR}\]|${SGR}(?:(${UPPER})|(${ANY})(?=\x1b|:| [-|] ))${SGR}(?![\w.]))` +
    String.raw`(?: *[:|-](?= |$))? *`,
  'y',
);
/** Without a time in front, only what can hardly be anything else: `ERROR …`, `[warn] …`, `error: …`, `TypeError: …`. */
const BARE_LEVEL = /^(?:\[([A-Za-z]{3,13})\] |([A-Z]{4,13})(?=[ :])|([A-Za-z]{3,13})(?=: ))/;
const ERROR_TITLE = /^(?:Uncaught )?[A-Z][\w$]{0,60}(?:Error|Exception)(?: \[\w{1,60}\])?(?::|$)/;

/** What many loggers write (winston's printf, log4j, Python's logging): a time, a level, the message. */
export function parseLeadingTime(text: string): ParsedLine | undefined {
  const head = TIME.exec(text);
  const time = head ? timeOfIso(head[1]) : undefined;
  if (!head || time === undefined) return undefined;
  const at = head[0].length;
  LEVEL.lastIndex = at;
  const found = LEVEL.exec(text);
  const level = found ? levelOfWord(found[3] ?? found[4] ?? found[5] ?? '') : undefined;
  if (!found || level === undefined) return { time, level: 'log', message: text.slice(at) };
  const parsed: Draft = { time, level, message: text.slice(at + found[0].length) };
  const context = found[1] ?? found[2];
  if (context !== undefined) parsed.context = context;
  return parsed;
}

/** A line that begins with a level, or with the title of an error: the message is the whole line. */
export function parseLeadingLevel(text: string): ParsedLine | undefined {
  const [, ...words] = BARE_LEVEL.exec(text) ?? [];
  const word = words.find((one) => one !== undefined);
  const level = word === undefined ? undefined : levelOfWord(word);
  if (level !== undefined) return { level, message: text };
  return ERROR_TITLE.test(text) ? { level: 'error', message: text } : undefined;
}
