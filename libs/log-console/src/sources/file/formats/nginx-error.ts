import { levelOfWord } from './level-words.js';
import { type ParsedLine } from './line-format.js';
import { timeOfParts } from './times.js';

/** `2026/11/20 08:15:42 [error] 1234#5678: *9 `, in the zone of the machine. */
const HEAD =
  /^(\d{4})\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d) \[(debug|info|notice|warn|error|crit|alert|emerg)\] (?:\d{1,10}#\d{1,10}: )?(?:\*(\d{1,15}) )?/;
const ABOUT = ', client: ';
const FIELD =
  /, (client|server|request|subrequest|upstream|host|referrer|login): (?:"([^"]*)"|([^", ]*))(?=, |$)/y;
/** A path that somebody asked for may look like what nginx says. */
const MOST_TRIES = 8;

/** nginx's error log: notice is log; crit, alert and emerg are fatal. */
export function parseNginxError(text: string): ParsedLine | undefined {
  const head = HEAD.exec(text);
  if (!head) return undefined;
  const [whole, year, month, day, clock, level, connection] = head;
  const time = timeOfParts(Number(year), Number(month), Number(day), clock);
  const about = aboutIn(text, whole.length);
  const data = {
    ...(connection === undefined ? {} : { connection: Number(connection) }),
    ...about?.fields,
  };
  return {
    ...(time === undefined ? {} : { time }),
    level: levelOfWord(level) ?? 'log',
    message: text.slice(whole.length, about?.start),
    ...(Object.keys(data).length === 0 ? {} : { data }),
  };
}

/** What nginx says about the request at the end of the line: only what leads to the end without a break. */
function aboutIn(text: string, from: number): { start: number; fields: Record<string, string> } | undefined {
  let start = text.indexOf(ABOUT, from);
  for (let tries = 0; start >= 0 && tries < MOST_TRIES; tries++) {
    const fields: Record<string, string> = {};
    let end = start;
    FIELD.lastIndex = start;
    for (let field = FIELD.exec(text); field; field = FIELD.exec(text)) {
      // The first of a name is nginx's own: what a client sends comes after it.
      fields[field[1]] ??= field[2] ?? field[3] ?? '';
      end = FIELD.lastIndex;
    }
    if (end === text.length) return { start, fields };
    start = text.indexOf(ABOUT, start + 1);
  }
  return undefined;
}
