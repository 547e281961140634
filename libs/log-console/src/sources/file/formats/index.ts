import { parseAccess } from './access.js';
import { parseAuto } from './auto.js';
import { parseJson } from './json.js';
import { type LineFormat, type ParsedLine } from './line-format.js';
import { parseNest } from './nest.js';
import { parseNginxError } from './nginx-error.js';
import { parsePlain } from './plain.js';
import { parseSyslog } from './syslog.js';

export { type LineFormat, type ParsedLine } from './line-format.js';

/** What a file's lines may be said to be. */
export const FORMAT_NAMES = ['auto', 'nest', 'json', 'access', 'nginx-error', 'syslog', 'plain'] as const;

/** One of {@link FORMAT_NAMES}. */
export type FormatName = (typeof FORMAT_NAMES)[number];

/** How a line of each format is read. */
export const FORMATS: Readonly<Record<FormatName, LineFormat>> = {
  auto: parseAuto,
  nest: parseNest,
  json: parseJson,
  access: parseAccess,
  'nginx-error': parseNginxError,
  syslog: parseSyslog,
  plain: parsePlain,
};

/** Reads any line: one that is not of the format is taken as it is. */
export function parserOf(name: FormatName): (text: string) => ParsedLine {
  const parse = FORMATS[name];
  return (text) => parse(text) ?? parsePlain(text);
}
