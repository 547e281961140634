import { parseAccess } from './access.js';
import { parseAuto } from './auto.js';
import { parseJson } from './json.js';
import { parseNest } from './nest.js';
import { parseNginxError } from './nginx-error.js';
import { parsePlain } from './plain.js';
import { parseSyslog } from './syslog.js';
/** What a file's lines may be said to be. */
export const FORMAT_NAMES = ['auto', 'nest', 'json', 'access', 'nginx-error', 'syslog', 'plain'];
/** How a line of each format is read. */
export const FORMATS = {
    auto: parseAuto,
    nest: parseNest,
    json: parseJson,
    access: parseAccess,
    'nginx-error': parseNginxError,
    syslog: parseSyslog,
    plain: parsePlain,
};
/** Reads any line: one that is not of the format is taken as it is. */
export function parserOf(name) {
    const parse = FORMATS[name];
    return (text) => parse(text) ?? parsePlain(text);
}
