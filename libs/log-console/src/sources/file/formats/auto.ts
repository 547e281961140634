import { parseApacheError } from './apache-error.js';
import { parseAccess } from './access.js';
import { parseJson } from './json.js';
import { parseLeadingLevel, parseLeadingTime } from './leading-time.js';
import { type LineFormat, type ParsedLine } from './line-format.js';
import { parseNest } from './nest.js';
import { parseNginxError } from './nginx-error.js';
import { parsePlain } from './plain.js';
import { parseSyslog } from './syslog.js';

const NONE: readonly LineFormat[] = [];
const OBJECT: readonly LineFormat[] = [parseJson];
const COLOUR: readonly LineFormat[] = [parseNest];
const BRACKET: readonly LineFormat[] = [parseNest, parseApacheError, parseLeadingTime, parseLeadingLevel];
const ANGLE: readonly LineFormat[] = [parseSyslog];
const DIGIT: readonly LineFormat[] = [parseAccess, parseNginxError, parseSyslog, parseLeadingTime];
const LETTER: readonly LineFormat[] = [parseSyslog, parseLeadingLevel, parseAccess];

/** Any line, by what it looks like: its first character tells which formats are tried. Nothing is remembered from line to line. */
export function parseAuto(text: string): ParsedLine {
  for (const parse of formatsOf(text.charCodeAt(0))) {
    const parsed = parse(text);
    if (parsed) return parsed;
  }
  return parsePlain(text);
}

function formatsOf(code: number): readonly LineFormat[] {
  if (code === 0x7b) return OBJECT;
  if (code === 0x1b) return COLOUR;
  if (code === 0x5b) return BRACKET;
  if (code === 0x3c) return ANGLE;
  if (code >= 0x30 && code <= 0x39) return DIGIT;
  const lower = code | 0x20;
  // A colon: an address like `::1`.
  return (lower >= 0x61 && lower <= 0x7a) || code === 0x3a ? LETTER : NONE;
}
