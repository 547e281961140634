import { parseAccess } from './access.js';
import { parseJson } from './json.js';
import { parseLeadingLevel, parseLeadingTime } from './leading-time.js';
import { type LineFormat, type ParsedLine } from './line-format.js';
import { parseNest } from './nest.js';
import { parseNginxError } from './nginx-error.js';
import { parsePlain } from './plain.js';
import { parseSyslog } from './syslog.js';

const BRACKET: readonly LineFormat[] = [parseNest, parseLeadingTime, parseLeadingLevel];
const DIGIT: readonly LineFormat[] = [parseAccess, parseNginxError, parseSyslog, parseLeadingTime];
const LETTER: readonly LineFormat[] = [parseSyslog, parseLeadingLevel, parseAccess];

/** Any line, by what it looks like: its first character tells which formats are tried. Nothing is remembered from line to line. */
export function parseAuto(text: string): ParsedLine {
  for (const parse of candidates(text.charCodeAt(0))) {
    const parsed = parse(text);
    if (parsed) return parsed;
  }
  return parsePlain(text);
}

const NONE: readonly LineFormat[] = [];
const JSON_ONLY: readonly LineFormat[] = [parseJson];
const NEST_ONLY: readonly LineFormat[] = [parseNest];
const SYSLOG_ONLY: readonly LineFormat[] = [parseSyslog];

function candidates(code: number): readonly LineFormat[] {
  if (code === 0x7b) return JSON_ONLY;
  if (code === 0x1b) return NEST_ONLY;
  if (code === 0x5b) return BRACKET;
  if (code === 0x3c) return SYSLOG_ONLY;
  if (code >= 0x30 && code <= 0x39) return DIGIT;
  return isLetter(code) || code === 0x3a ? LETTER : NONE;
}

function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}
