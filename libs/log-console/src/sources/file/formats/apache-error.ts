import { levelOfWord } from './level-words.js';
import { type Draft, type ParsedLine } from './line-format.js';
import { monthOf, timeOfParts } from './times.js';

/** `[Fri Nov 20 08:15:42.113456 2026] [core:error] [pid 1:tid 2] [client 203.0.113.9:4711] `, in the zone of the machine. */
const HEAD =
  /^\[[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d\d:\d\d:\d\d)(?:\.(\d{3})\d{0,6})? (\d{4})\] \[(?:([\w-]{0,64}):)?([a-z]{4,6})\d?\] (?:\[pid [\d:tid ]{1,48}\] )?(?:\[client ([^\]\s]{1,128})\] )?/;

/** Apache's error log. */
export function parseApacheError(text: string): ParsedLine | undefined {
  const head = HEAD.exec(text);
  const level = head ? levelOfWord(head[7]) : undefined;
  if (!head || level === undefined) return undefined;
  const [whole, month, day, clock, ms = '0', year, module, , client] = head;
  const time = timeOfParts(Number(year), monthOf(month), Number(day), clock, Number(ms));
  const parsed: Draft = { level, message: text.slice(whole.length) };
  if (time !== undefined) parsed.time = time;
  if (module !== undefined && module !== '') parsed.context = module;
  if (client !== undefined) parsed.data = { client };
  return parsed;
}
