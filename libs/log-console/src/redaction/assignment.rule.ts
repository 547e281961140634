import { type Match, type Rule, type Scan } from './rule.js';
import { KEY_TRIGGERS, shortTriggers, type SecretKeys } from './secret-keys.js';

const MAX_KEY = 64;
/** Between a key and its value: the quote that closes the key, then one of the signs that languages, formats and people use. */
const SEPARATOR =
  /(?:\\{0,8}["'`])?\]?(?:\*\*)?(?:[ \t]{0,4}(?:(?:string|str|String) {0,2}(?==))?(?:=>|\|\|:|[:?.+|]{0,3}=(?!=)|:(?!:|\/\/))[ \t]{0,4}|[ \t]{1,4}value[ \t]{0,2}=[ \t]{0,2}(?=["'])|[ \t]{0,2}\r?\n[ \t]{0,40}value:[ \t]{1,4}|[ \t]{0,2},[ \t]{0,2}\\{0,8}["']value\\{0,8}["'][ \t]{0,2}:[ \t]{0,2})(?:\*\*[ \t]{1,2})?/y;
/** The same in a list of arguments or pairs: `"token", "…"`. */
const COMMA = /\\{0,8}["'`][ \t]{0,2},[ \t]{0,2}(?=\\{0,8}["'`])/y;
const VALUE_BEFORE =
  /\\?"value\\?"\s{0,2}:\s{0,2}\\?"((?:[^"\\]|\\[^"])*)\\?"\s{0,2},\s{0,2}\\?"(?:name|key|header|field)\\?"\s{0,2}:\s{0,2}\\?"$/d;
const NEAR = 300;
const XML_END = /(?:[ \t][^<>]{0,300})?>(?:[ \t]{0,8}\r?\n\s{0,16})?(?:<!\[CDATA\[)?/y;
const XML_VALUE = /[^<>\r\n]+(?=<)/y;
/** A block of YAML, or a value on the next line. */
const BLOCK = /[|>][+-]?\d?[ \t]{0,4}\r?\n[ \t]{1,40}/y;
const NEXT_LINE = /\r?\n[ \t]{0,40}(?![\w.-]{1,40}:(?:\s|$))/y;
/** A field of a form in parts: its headers, an empty line, its value. */
const FORM_FIELD = /"\r?\n(?:[\w-]{1,40}:[^\r\n]{0,100}\r?\n){0,3}\r?\n/y;
/** Quotes of print: a sentence in them is one value. */
const PRINTED = /[“„«]([^“”»\r\n]{1,400})/y;
/** A list or an object, and not a bracket in a sentence. */
const STRUCTURE = /(?!\{\{)[[{]\s{0,40}(?:["'`[{\d]|[\w$-]{1,60}:\s)/y;
const COOKIE = /[^\s=]{1,200}=/y;
/** `Some("…")`, `new Secret('…')`. */
const WRAPPER = /(?:[bruf]{1,2}|(?:new )?[A-Za-z]{1,20}\(|\(\*?\w{1,20}\)\()(?=\\{0,8}["'`])/y;
const QUOTE = /\\{0,8}["'`]/y;
/** Up to a blank or a mark that ends values; a comma ends one where another key follows, or a blank. */
const BARE = /(?:[^\s;&"'`<>,\\]|,(?!\s|$|[\w.-]{1,40}[=:])|\\(?!["'nrt]))+/y;
const TO_END_OF_LINE = /[^\r\n"'`]+/y;
const SCHEME_AND_VALUE = /\[?(?:(?:Bearer|Basic|Token|ApiKey|Negotiate|AWS4-HMAC-SHA256)[ \t]+)?[^\s"'`]+/iy;
/** "Your password is …", "with token …". */
const SAID =
  /[ \t]{1,2}(?:(?:for|of|für|von)[ \t][^\s:]{1,64}(?::|[ \t](?:is|was|lautet|ist):?)[ \t]{1,2}|(?:(?:is|was|lautet|ist|code|number|no\.?|(?:changed|set|reset)[ \t]to):?[ \t]{1,2}){0,2})/y;
const SHORT_CODE = /\d{3,8}(?![\w-])/y;
const SOCIAL_SECURITY_NUMBER = /\d{3}-?\d{2}-?\d{4}(?!\d)/y;
const MASKED =
  /(?:\[(?:redacted|filtered|hidden|masked|secret|circular|depth)(?:[:\s][^\]\r\n]{0,40})?(?:\]|$)|<(?:redacted|hidden)(?:[:\s][^>\r\n]{0,40})?(?:>|$)|[*•x]{3,})(?![A-Za-z0-9])/iy;
/** What is not the value but says where it comes from: of a statement, a template, the environment or a program. */
const PLACEHOLDER =
  /^(?:\?|\$\d{1,3}|%[sdv]|\$\{\w+|\$[A-Z][A-Z0-9_]{2,}|\{\{.*|(?:req|request|this|process|config|env|options|body|user)\.[a-z.]+)$/i;
/** What stands where a secret would, and says that there is none, or what is wrong with it. */
const STATUS = new Set(
  (
    'null undefined none nil nan true false yes no on off ok missing invalid expired required empty unset set wrong ' +
    'incorrect changed updated reset revoked refreshed valid not is are was has must should cannot can may too minimum ' +
    'at the a an and or of for from to in it this that optional hidden string number boolean object unknown failed ' +
    'enabled disabled jwt falsch leer fehlt ungültig abgelaufen vergessen geändert unbekannt ' +
    'rejected denied accepted include omit same-origin bearer basic found created deleted rotated generated stored'
  ).split(' '),
);

/** What may stand behind a key whose value follows. */
const MAY_FOLLOW = new Uint8Array(128);
for (const char of '* \t\r\n"\'`\\]=:>?.+|,-_$') MAY_FOLLOW[char.charCodeAt(0)] = 1;

/** A name that says it is secret, and its value: `password=…`, `"apiKey": "…"`, `Authorization: …`, `<token>…`, "password is …". */
export class AssignmentRule implements Rule {
  readonly name = 'assignment';
  readonly triggers: readonly string[];

  constructor(
    private readonly keys: SecretKeys,
    own: readonly string[] = [],
  ) {
    this.triggers = [...KEY_TRIGGERS, ...own.flatMap(triggersOf)];
  }

  find(scan: Scan, at: number): Match | undefined {
    if (at < scan.keysUntil) return undefined;
    const { text } = scan;
    const first = Math.max(scan.from, scan.keysUntil);
    let start = at;
    while (start > first && isKeyChar(text.charCodeAt(start - 1))) start--;
    let end = at + 1;
    while (end < text.length && isKeyChar(text.charCodeAt(end))) end++;
    scan.keysUntil = end;
    const isLong = end - start > MAX_KEY;
    while (end > at && !isWordChar(text.charCodeAt(end - 1))) end--;
    // Of a long name, as of properties in Java, the end says what it is.
    if (isLong) start = Math.max(start, end - MAX_KEY);
    // Nearly always something else follows.
    const next = text.charCodeAt(end);
    if (next < 128 ? !MAY_FOLLOW[next] : true) return undefined;
    // "session id: …"
    if (/^session$/i.test(text.slice(start, end)) && /^ id\b/i.test(text.slice(end, end + 4))) end += 3;
    const key = text.slice(start, end);
    const kind = this.#kindOf(scan, key, start);
    if (kind === undefined) return undefined;
    const value = valueBefore(text, start, scan.from) ?? valueOf(text, start, end, kind, key);
    return value && { start: value.start, end: value.end, kind, rule: this.name };
  }

  #kindOf({ text, from }: Scan, key: string, start: number): string | undefined {
    const before = text.charCodeAt(start - 1);
    // `?code=…&key=…` of an address, or of a form.
    if ((before === 0x3f || before === 0x26) && (key === 'code' || key === 'key' || key === 'state'))
      return 'code';
    const kind = this.keys.kindOf(key);
    if (kind !== undefined) return kind;
    if (/sess(?:ion)?$/i.test(key)) return 'session';
    // "API key", "card number": the word before belongs to it.
    if (before !== 0x20 || start - 1 <= from) return undefined;
    let first = start - 1;
    while (first > from && start - first < 24 && isKeyChar(text.charCodeAt(first - 1))) first--;
    return first === start - 1 ? undefined : this.keys.kindOf(text.slice(first, start + key.length));
  }
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function valueOf(
  text: string,
  keyStart: number,
  keyEnd: number,
  kind: string,
  key: string,
): Place | undefined {
  const before = text[keyStart - 1];
  const separated = endOf(SEPARATOR, text, keyEnd);
  if (separated !== undefined) return assigned(text, separated, kind, key, before);
  const field = endOf(FORM_FIELD, text, keyEnd);
  if (field !== undefined) return place(/[^\r\n]+/y, text, field);
  if (
    before === '<' ||
    (before === ':' && /<[\w.-]{1,40}:$/.test(text.slice(Math.max(0, keyStart - 42), keyStart)))
  ) {
    const inside = endOf(XML_END, text, keyEnd);
    if (inside !== undefined && !isMasked(text, inside))
      return place(XML_VALUE, text, inside) ?? bare(text, inside, kind, key);
  }
  const next = endOf(COMMA, text, keyEnd);
  if (next !== undefined) {
    const value = quoted(text, next);
    return value && looksSecret(text.slice(value.start, value.end), 6) ? value : undefined;
  }
  return said(text, keyEnd, kind);
}

/** `"value":"…","name":"password"`: the value stands before. */
function valueBefore(text: string, keyStart: number, from: number): Place | undefined {
  if (text[keyStart - 1] !== '"') return undefined;
  const first = Math.max(from, keyStart - NEAR);
  const indices = VALUE_BEFORE.exec(text.slice(first, keyStart))?.indices?.[1];
  return indices && indices[1] > indices[0]
    ? { start: first + indices[0], end: first + indices[1] }
    : undefined;
}

function assigned(
  text: string,
  at: number,
  kind: string,
  key: string,
  before: string | undefined,
): Place | undefined {
  const wrapped = /[A-Za-z(]/.test(text[at] ?? '') ? endOf(WRAPPER, text, at) : undefined;
  const value = quoted(text, wrapped ?? at);
  if (value) return isMasked(text, value.start) ? undefined : value;
  if (endOf(QUOTE, text, at) !== undefined) return undefined;
  // A structure in JSON: all of it.
  if ((before === '"' || before === '\\') && (text[at] === '[' || text[at] === '{'))
    return structure(text, at);
  const first = text[at];
  const block = first === '|' || first === '>' ? endOf(BLOCK, text, at) : undefined;
  if (block !== undefined) return place(TO_END_OF_LINE, text, block);
  const line = first === '\r' || first === '\n' ? endOf(NEXT_LINE, text, at) : undefined;
  if (line !== undefined) {
    const found = hasMoreThanLetters(text, line) ? checked(place(BARE, text, line), text) : undefined;
    return found && looksSecret(text.slice(found.start, found.end), 6) ? found : undefined;
  }
  if (isMasked(text, at)) return undefined;
  if ((first === '[' || first === '{') && endOf(STRUCTURE, text, at) !== undefined)
    return structure(text, at);
  const printed = '“„«'.includes(first) ? place(PRINTED, text, at) : undefined;
  if (printed) return { start: at + 1, end: printed.end };
  if (kind === 'cookie' && endOf(COOKIE, text, at) !== undefined) return place(TO_END_OF_LINE, text, at);
  if (kind === 'authorization')
    return /^Digest\s/i.test(text.slice(at, at + 7))
      ? place(/[^\r\n]+/y, text, at)
      : checked(place(SCHEME_AND_VALUE, text, at), text);
  if (/phrase$/i.test(key)) return place(TO_END_OF_LINE, text, at);
  return bare(text, at, kind, key);
}

/** What a quote opens, up to the same quote; or to the end of the text, where it was cut. */
function quoted(text: string, at: number): Place | undefined {
  const start = endOf(QUOTE, text, at);
  if (start === undefined) return undefined;
  const quote = text.slice(at, start);
  for (let end = text.indexOf(quote, start); end >= 0; end = text.indexOf(quote, end + quote.length)) {
    let escapes = 0;
    while (end - escapes - 1 >= start && text[end - escapes - 1] === '\\') escapes++;
    // Twice, it stands for itself in SQL and in connection strings.
    if (quote.length === 1 && escapes === 0 && end > start && text[end + 1] === quote) {
      end++;
      continue;
    }
    // More backslashes than the opening one had: a quote inside.
    if (quote.length === 1 ? escapes % 2 === 0 : escapes === 0)
      return end > start ? { start, end } : undefined;
  }
  return text.length > start ? { start, end: text.length } : undefined;
}

const OPENS_TEXT = /["'`]/;

/** A list or an object, up to the bracket that closes it, or to the end of the text. */
function structure(text: string, start: number): Place {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    // A bracket within quotes is none.
    if (OPENS_TEXT.test(char) && '[{,: \n\\'.includes(text[at - 1])) {
      let first = at;
      while (first > start && text[first - 1] === '\\') first--;
      const inside = quoted(text, first);
      at = inside ? inside.end + (at - first) : at + (at - first) + 1;
    } else if (char === '[' || char === '{') depth++;
    else if ((char === ']' || char === '}') && --depth === 0) return { start, end: at + 1 };
  }
  return { start, end: text.length };
}

function bare(text: string, at: number, kind: string, key: string): Place | undefined {
  const found = checked(place(BARE, text, at), text);
  if (!found) return undefined;
  const value = text.slice(found.start, found.end);
  if (PLACEHOLDER.test(value) || value === '{' || value === '[') return undefined;
  // "pass: 12, fail: 3", "token: 7", "pan: left" are no secrets.
  if (/^\d{1,2}$/.test(value) || /^SIG[A-Z]+$/.test(value)) return undefined;
  if (/^\d+(?:ms|s|m|h|%|px)$/.test(value)) return undefined;
  if (kind === 'session' && /sess(?:ion)?$/i.test(key) && !looksSecret(value, 12)) return undefined;
  const isVague = /(?:^|[^a-z])(?:pass|pin|pan|sig|sid|token|signature|cookie)$/i.test(key);
  if (isVague && !/[^a-z]/i.test(value) && value.length < 20 && text[at - 1] !== '=') return undefined;
  if (kind === 'card' && !/\d/.test(value)) return undefined;
  if (/pass$|tokens?$/i.test(key) && /^\d{1,4}$/.test(value)) return undefined;
  return found;
}

/** "password is hunter2", "OTP 123456": no sign between, so that the value itself has to look like one. */
function said(text: string, at: number, kind: string): Place | undefined {
  const start = endOf(SAID, text, at);
  if (start === undefined) return undefined;
  if (kind === 'code') return place(SHORT_CODE, text, start);
  if (kind === 'ssn') return place(SOCIAL_SECURITY_NUMBER, text, start);
  if (!['password', 'secret', 'token', 'key'].includes(kind)) return undefined;
  const value = quoted(text, start);
  if (value) {
    const inside = text.slice(value.start, Math.min(value.end, value.start + 200));
    return looksSecret(inside, kind === 'password' ? 4 : 8) ? value : undefined;
  }
  if (!hasMoreThanLetters(text, start)) return undefined;
  const found = checked(place(BARE, text, start), text);
  return found && looksSecret(text.slice(found.start, found.end), kind === 'password' ? 6 : 10)
    ? found
    : undefined;
}

/** Before the next blank; of a long word its beginning. */
function hasMoreThanLetters(text: string, start: number): boolean {
  for (let at = start; at < text.length && at - start < 64; at++) {
    const code = text.charCodeAt(at);
    if (code <= 0x20) return false;
    if (!isWordChar(code) || code < 0x3a) return true;
  }
  return false;
}

/** Not a word: letters and digits together, or other characters too. */
function looksSecret(value: string, atLeast: number): boolean {
  if (value.length < atLeast || /\s/.test(value.trim())) return false;
  if (/^(?:[([{<]|\.?\/|\w+\()/.test(value)) return false;
  if (/^[a-z]+(?:[-_./:][a-z]+)*$/i.test(value) || /^[\d.,:/-]+$/.test(value)) return false;
  return /[a-z]/i.test(value) && /[\d!@#$%^*+=~]/.test(value);
}

/** Without the marks of the sentence around it; undefined when it only says that there is no secret. */
function checked(found: Place | undefined, text: string): Place | undefined {
  if (!found) return undefined;
  let { end } = found;
  while (
    end > found.start &&
    ')]}.,:!?'.includes(text[end - 1]) &&
    !(text[end - 1] === '!' || text[end - 1] === '?')
  )
    end--;
  if (end === found.start) return undefined;
  const value = text.slice(found.start, Math.min(end, found.start + 32));
  if (STATUS.has(value.toLowerCase()) || isMasked(value, 0)) return undefined;
  return { start: found.start, end };
}

/** Somebody has masked it before. */
function isMasked(text: string, at: number): boolean {
  return '[<*•xX'.includes(text[at]) && endOf(MASKED, text, at) !== undefined;
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function place(pattern: RegExp, text: string, start: number): Place | undefined {
  const end = endOf(pattern, text, start);
  return end === undefined || end === start ? undefined : { start, end };
}

function isWordChar(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

/** Letters, those with accents too, digits and `_ - . $`. */
function isKeyChar(code: number): boolean {
  if (code >= 0xc0) return code < 0x250;
  return isWordChar(code) || code === 0x5f || code === 0x2d || code === 0x2e || code === 0x24;
}

/** What of a key of the host's can be found in a text. */
function triggersOf(key: string): readonly string[] {
  const words = key.match(/[a-z0-9]{2,}/gi) ?? [];
  return words.flatMap((word) => (word.length > 2 ? [word] : shortTriggers(word)));
}
