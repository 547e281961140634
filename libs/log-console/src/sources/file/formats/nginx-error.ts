import { levelOfWord } from './level-words.js';
import { type ParsedLine } from './line-format.js';
import { timeOfParts } from './times.js';

/** `2026/11/20 08:15:42 [error] 1234#5678: *9 `, in the zone of the machine. */
const HEAD =
  /^(\d{4})\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d) \[(debug|info|notice|warn|error|crit|alert|emerg)\] (?:\d{1,10}#\d{1,10}: )?(?:\*(\d{1,15}) )?/;
const ABOUT = ', client: ';
const FIELD = /, (client|server|request|subrequest|upstream|host|referrer|login): (?:"([^"]*)"|([^,]*))/y;

/** nginx's error log: notice is log; crit, alert and emerg are fatal. */
export function parseNginxError(text: string): ParsedLine | undefined {
  const head = HEAD.exec(text);
  if (!head) return undefined;
  const [whole, year, month, day, clock, level, connection] = head;
  const time = timeOfParts(Number(year), Number(month), Number(day), clock);
  const about = text.lastIndexOf(ABOUT);
  const said = about < whole.length ? text.length : about;
  const data: Record<string, string | number> = {};
  if (connection !== undefined) data.connection = Number(connection);
  let end = said;
  FIELD.lastIndex = said;
  for (let field = FIELD.exec(text); field; field = FIELD.exec(text)) {
    data[field[1]] = field[2] ?? field[3] ?? '';
    end = FIELD.lastIndex;
  }
  return {
    ...(time === undefined ? {} : { time }),
    level: levelOfWord(level) ?? 'log',
    message: text.slice(whole.length, said) + text.slice(end),
    ...(Object.keys(data).length === 0 ? {} : { data }),
  };
}
