import { levelOfPino, levelOfWord } from './level-words.js';
import { type Draft, type ParsedLine } from './line-format.js';
import { parseObject, type Fields } from './parse-object.js';
import { withoutColours } from './sgr.js';
import { timeOfIso, timeOfNumber } from './times.js';

/** What is in front of the object is no reason to parse: only what may be one is. */
const OBJECT = /^[ \t]*\{/;
/** What an error says in its stack already. */
const IN_STACK = ['type', 'name', 'message', 'stack'];

/**
 * An object in JSON as Nest, pino, winston and others write it. Time, level, context, message, stack and ids are found
 * under the names that loggers use; the process and its machine (`pid`, `hostname`), the same on every line, are left
 * out; everything else is `data`. An empty message is for {@link ParsedLine.data} to fill.
 */
export function parseJson(text: string): ParsedLine | undefined {
  const fields = OBJECT.test(text) ? parseObject(text) : undefined;
  if (!fields) return undefined;
  const line = new JsonLine();
  for (const key of Object.keys(fields)) line.take(key, fields[key]);
  return line.parsed();
}

class JsonLine {
  readonly #draft: Draft = { level: 'log', message: '' };
  readonly #rest: [key: string, value: unknown][] = [];
  #hasLevel = false;
  #hasMessage = false;
  #title = '';

  take(key: string, value: unknown): void {
    if (!this.#hasPlace(key, value)) this.#rest.push([key, value]);
  }

  parsed(): ParsedLine {
    const draft = this.#draft;
    if (!this.#hasMessage) draft.message = this.#title;
    const [first] = this.#rest;
    if (first === undefined) return draft;
    // Nest: what was logged is an object, or has structured parameters.
    const isAll = this.#rest.length === 1 && isObject(first[1]);
    draft.data =
      isAll && (first[0] === 'params' || first[0] === 'message') ? first[1] : Object.fromEntries(this.#rest);
    return draft;
  }

  /** Whether the field needs not be in the data. */
  #hasPlace(key: string, value: unknown): boolean {
    switch (key) {
      case 'time':
      case 'timestamp':
      case '@timestamp':
      case 'ts':
        return this.#set('time', timeOf(value));
      case 'level':
      case 'severity':
      case 'lvl':
      case 'log.level':
        return this.#setLevel(value);
      case 'msg':
      case 'message':
        return this.#setMessage(value);
      case 'context':
      case 'logger':
      case 'name':
        return this.#set('context', typeof value === 'string' && value !== '' ? value : undefined);
      case 'stack':
        return this.#set('stack', typeof value === 'string' && value !== '' ? value : undefined);
      case 'requestId':
      case 'reqId':
      case 'request_id':
        return this.#set('requestId', idOf(value));
      case 'traceId':
      case 'trace_id':
        return this.#set('traceId', idOf(value));
      case 'spanId':
      case 'span_id':
        return this.#set('spanId', idOf(value));
      case 'req':
        if (isObject(value)) this.#set('requestId', idOf(value.id));
        return false;
      case 'err':
      case 'error':
        return isObject(value) && this.#setError(key, value);
      case 'pid':
      case 'hostname':
        return typeof value === 'number' || typeof value === 'string';
      default:
        return false;
    }
  }

  #set(
    key: 'time' | 'context' | 'stack' | 'requestId' | 'traceId' | 'spanId',
    value: string | undefined,
  ): boolean {
    if (value === undefined || this.#draft[key] !== undefined) return false;
    this.#draft[key] = value;
    return true;
  }

  #setLevel(value: unknown): boolean {
    if (this.#hasLevel) return false;
    const level =
      typeof value === 'number'
        ? levelOfPino(value)
        : typeof value === 'string'
          ? levelOfWord(withoutColours(value))
          : undefined;
    if (level === undefined) return false;
    this.#draft.level = level;
    return (this.#hasLevel = true);
  }

  #setMessage(value: unknown): boolean {
    if (this.#hasMessage || typeof value === 'object') return false;
    this.#draft.message = typeof value === 'string' ? value : JSON.stringify(value);
    return (this.#hasMessage = true);
  }

  #setError(key: string, error: Fields): boolean {
    const { stack, message, name = error.type } = error;
    if (typeof stack !== 'string' || !this.#set('stack', stack)) return false;
    this.#title = [name, message].filter((part) => typeof part === 'string' && part !== '').join(': ');
    const more = Object.entries(error).filter(([field]) => !IN_STACK.includes(field));
    if (more.length > 0) this.#rest.push([key, Object.fromEntries(more)]);
    return true;
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function timeOf(value: unknown): string | undefined {
  if (typeof value === 'number') return timeOfNumber(value);
  return typeof value === 'string' ? (timeOfIso(value) ?? timeOfNumber(Number(value))) : undefined;
}

function idOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
