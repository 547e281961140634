import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsOptional,
  Matches,
  Validate,
  ValidatorConstraint,
  type ValidationArguments,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { CURSOR_GRAMMAR, parseCursor, type Cursor } from '../domain/cursor.js';
import { LEVEL_GRAMMAR, parseLevels } from '../domain/log-level.js';
import { type LogFilter } from '../domain/log-filter.js';
import { type ExportFormatName } from './export-format.js';

/** The largest `limit`. */
export const MAX_LIMIT = 5000;
const DEFAULT_LIMIT = 500;
const MAX_WAIT_S = 25;
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i;

@ValidatorConstraint({ name: 'parameter' })
class ParameterRule implements ValidatorConstraintInterface {
  validate(value: unknown, { constraints }: ValidationArguments): boolean {
    return typeof value === 'string' && (constraints as [(text: string) => boolean])[0](value);
  }
  defaultMessage({ property, constraints }: ValidationArguments): string {
    return `${property} must be ${(constraints as [unknown, string])[1]}.`;
  }
}

/** An optional parameter whose text has to pass a test; the message says what is accepted. */
function Is(test: (text: string) => boolean, accepted: string): PropertyDecorator {
  return (target, property) => {
    IsOptional()(target, property);
    Validate(ParameterRule, [test, accepted])(target, property);
  };
}

const isCursor = (text: string): boolean => parseCursor(text) !== undefined;
const isTime = (text: string): boolean => RFC_3339.test(text) && !Number.isNaN(Date.parse(text));
const isName = (text: string): boolean => text.length > 0 && text.length <= 256;
const isNumberUpTo = (pattern: RegExp, max: number) => (text: string) =>
  pattern.test(text) && Number(text) <= max;
const WHOLE = /^(0|[1-9]\d{0,8})$/;
const DECIMAL = /^(0|[1-9]\d{0,8})(\.\d{1,3})?$/;
const NAME = 'a text of 1 to 256 characters';
const TIME = 'an RFC 3339 time such as 2026-11-20T08:15:42.113Z (encode + as %2B)';
const ONE_CURSOR = { type: 'string', pattern: '^([A-Za-z0-9._]{1,128}-)?(0|[1-9][0-9]{0,15})$' } as const;

const LIMIT = { type: 'integer', minimum: 0, maximum: MAX_LIMIT, default: DEFAULT_LIMIT } as const;
const IsLimit = (): PropertyDecorator =>
  Is(isNumberUpTo(WHOLE, MAX_LIMIT), `a whole number from 0 to ${MAX_LIMIT}`);
const AFTER = {
  ...ONE_CURSOR,
  description:
    'Cursor: entries after it. A bare integer (the last id seen) is one too; `0`: from the oldest held. A cursor that is no longer known is answered with a gap.',
} as const;
const BEFORE = {
  ...ONE_CURSOR,
  description: 'Cursor: the newest `limit` entries before it. Not together with `after`.',
} as const;

/** The filters: the same on every reading route of every source. */
export class FilterQuery {
  @Is((text) => parseLevels(text) !== undefined, LEVEL_GRAMMAR)
  @ApiPropertyOptional({
    type: String,
    description:
      'Levels: exactly `warn`, a list `warn,error`, or a threshold `>=warn`, `>warn`. Default: all.',
  })
  level?: string = undefined;

  @Is(
    (text) => text.split(',').every((name) => isName(name)),
    'names, or prefixes ending in *, separated by commas',
  )
  @ApiPropertyOptional({
    type: String,
    description:
      'Contexts: exact names, or prefixes ending in `*`; several, comma-separated: `Orders*,StockService`.',
  })
  context?: string = undefined;

  @Is(isName, NAME)
  @ApiPropertyOptional({
    type: String,
    minLength: 1,
    maxLength: 256,
    description: 'Case-insensitive substring of message, context, stack and data.',
  })
  search?: string = undefined;

  @Is(isName, NAME)
  @ApiPropertyOptional({
    type: String,
    minLength: 1,
    maxLength: 256,
    description: 'Only entries of this request.',
  })
  requestId?: string = undefined;

  @Is(isName, NAME)
  @ApiPropertyOptional({
    type: String,
    minLength: 1,
    maxLength: 256,
    description: 'Only entries of this operation.',
  })
  operation?: string = undefined;

  @Is(isName, NAME)
  @ApiPropertyOptional({
    type: String,
    minLength: 1,
    maxLength: 256,
    description: 'Only entries written by this process.',
  })
  instance?: string = undefined;

  @Is(isTime, TIME)
  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Entries from this time on.' })
  from?: string = undefined;

  @Is(isTime, TIME)
  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Entries before this time.' })
  to?: string = undefined;
}

/** The parameters of every live reading route: where to start, and the filters. */
export class LiveQuery extends FilterQuery {
  @Is(isCursor, CURSOR_GRAMMAR)
  @ApiPropertyOptional(AFTER)
  after?: string = undefined;

  @IsLimit()
  @ApiPropertyOptional({
    ...LIMIT,
    description: 'Entries at most; of a live route the size of its backlog (0 = only what is new).',
  })
  limit?: string = undefined;
}

/** The parameters of `GET entries`. */
export class EntriesQuery extends LiveQuery {
  @Is(isCursor, CURSOR_GRAMMAR)
  @ApiPropertyOptional(BEFORE)
  before?: string = undefined;

  @Is(isNumberUpTo(DECIMAL, MAX_WAIT_S), `a number of seconds from 0 to ${MAX_WAIT_S}`)
  @ApiPropertyOptional({
    type: 'number',
    minimum: 0,
    maximum: MAX_WAIT_S,
    default: 0,
    description: 'Seconds to hold the answer until there is a matching entry, a gap or a clear.',
  })
  wait?: string = undefined;
}

/** Where to read, and nothing of which entries. */
export class PlaceQuery {
  @Is(isCursor, CURSOR_GRAMMAR)
  @ApiPropertyOptional(AFTER)
  after?: string = undefined;

  @Is(isCursor, CURSOR_GRAMMAR)
  @ApiPropertyOptional(BEFORE)
  before?: string = undefined;

  @IsLimit()
  @ApiPropertyOptional({
    ...LIMIT,
    description: 'Entries at most.',
  })
  limit?: string = undefined;
}

/** The parameters of `GET tail`. */
export class TailQuery extends LiveQuery {
  @IsOptional()
  @Matches(/^(true|false)$/, { message: 'follow must be true or false.' })
  @ApiPropertyOptional({ type: Boolean, default: true, description: '`false` ends after the newest.' })
  follow?: string = undefined;

  @IsOptional()
  @Matches(/^sgr$/, { message: 'ansi must be sgr.' })
  @ApiPropertyOptional({
    type: String,
    enum: ['sgr'],
    description:
      '`sgr` keeps colour codes; every other control character is shown, not sent. Not together with `format=html`.',
  })
  ansi?: 'sgr' = undefined;

  @IsOptional()
  @Matches(/^(text|html)$/, { message: 'format must be text or html.' })
  @ApiPropertyOptional({
    type: String,
    enum: ['text', 'html'],
    default: 'text',
    description: '`html`: the same lines as a page that grows, coloured by level, without JavaScript.',
  })
  format?: 'text' | 'html' = undefined;
}

/** The parameters of `GET export`: everything that matches, so no limit. */
export class ExportQuery extends FilterQuery {
  @Is(isCursor, CURSOR_GRAMMAR)
  @ApiPropertyOptional({
    ...ONE_CURSOR,
    description: 'Cursor: entries after it. Default: from the oldest held.',
  })
  after?: string = undefined;

  @IsOptional()
  @Matches(/^(ndjson|csv|text)$/, { message: 'format must be ndjson, csv or text.' })
  @ApiPropertyOptional({
    type: String,
    enum: ['ndjson', 'csv', 'text'],
    default: 'ndjson',
    description: 'How the entries are written.',
  })
  format?: ExportFormatName = undefined;
}

/** The parameters of `DELETE entries`. */
export class ClearQuery {
  @Is(isCursor, CURSOR_GRAMMAR)
  @ApiPropertyOptional({
    ...ONE_CURSOR,
    description: 'Cursor of the last entry to clear. Default: the newest at that moment.',
  })
  upTo?: string = undefined;
}

/** For routes without parameters: any is refused. */
export class NoQuery {}

export function limitOf({ limit }: LiveQuery): number {
  return limit === undefined ? DEFAULT_LIMIT : Number(limit);
}

export function cursorOf(text: string | undefined): Cursor | undefined {
  return text as Cursor | undefined;
}

/** The filter a query asks for; undefined when it asks for none. */
export function filterOf({
  level,
  context,
  search,
  requestId,
  operation,
  instance,
  from,
  to,
}: FilterQuery): LogFilter | undefined {
  const filter = {
    ...(level === undefined ? {} : { level: parseLevels(level) ?? [] }),
    ...(context === undefined ? {} : { context: context.split(',') }),
    ...(search === undefined ? {} : { search }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(operation === undefined ? {} : { operation }),
    ...(instance === undefined ? {} : { instance }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  return Object.keys(filter).length === 0 ? undefined : filter;
}
