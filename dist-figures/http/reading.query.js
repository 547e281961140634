var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
var __metadata = (this && this.__metadata) || function (k, v) {
    if (typeof Reflect === "object" && typeof Reflect.metadata === "function") return Reflect.metadata(k, v);
};
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches, Validate, ValidatorConstraint, } from 'class-validator';
import { CURSOR_GRAMMAR, parseCursor } from '../domain/cursor.js';
import { LEVEL_GRAMMAR, parseLevels } from '../domain/log-level.js';
/** The largest `limit`. */
export const MAX_LIMIT = 5000;
const DEFAULT_LIMIT = 500;
const MAX_WAIT_S = 25;
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i;
let ParameterRule = class ParameterRule {
    validate(value, { constraints }) {
        return typeof value === 'string' && constraints[0](value);
    }
    defaultMessage({ property, constraints }) {
        return `${property} must be ${constraints[1]}.`;
    }
};
ParameterRule = __decorate([
    ValidatorConstraint({ name: 'parameter' })
], ParameterRule);
/** An optional parameter whose text has to pass a test; the message says what is accepted. */
function Is(test, accepted) {
    return (target, property) => {
        IsOptional()(target, property);
        Validate(ParameterRule, [test, accepted])(target, property);
    };
}
const isCursor = (text) => parseCursor(text) !== undefined;
const isTime = (text) => RFC_3339.test(text) && !Number.isNaN(Date.parse(text));
const isName = (text) => text.length > 0 && text.length <= 256;
const isNumberUpTo = (pattern, max) => (text) => pattern.test(text) && Number(text) <= max;
const WHOLE = /^(0|[1-9]\d{0,8})$/;
const DECIMAL = /^(0|[1-9]\d{0,8})(\.\d{1,3})?$/;
const NAME = 'a text of 1 to 256 characters';
const TIME = 'an RFC 3339 time such as 2026-11-20T08:15:42.113Z (encode + as %2B)';
const ONE_CURSOR = { type: 'string', pattern: '^([A-Za-z0-9._]{1,128}-)?(0|[1-9][0-9]{0,15})$' };
/** The filters: the same on every reading route of every source. */
export class FilterQuery {
    constructor() {
        this.level = undefined;
        this.context = undefined;
        this.search = undefined;
        this.requestId = undefined;
        this.operation = undefined;
        this.instance = undefined;
        this.from = undefined;
        this.to = undefined;
    }
}
__decorate([
    Is((text) => parseLevels(text) !== undefined, LEVEL_GRAMMAR),
    ApiPropertyOptional({
        type: String,
        description: 'Levels: exactly `warn`, a list `warn,error`, or a threshold `>=warn`, `>warn`. Default: all.',
    }),
    __metadata("design:type", String)
], FilterQuery.prototype, "level", void 0);
__decorate([
    Is((text) => text.split(',').every((name) => isName(name)), 'names, or prefixes ending in *, separated by commas'),
    ApiPropertyOptional({
        type: String,
        description: 'Contexts: exact names, or prefixes ending in `*`; several, comma-separated: `Orders*,StockService`.',
    }),
    __metadata("design:type", String)
], FilterQuery.prototype, "context", void 0);
__decorate([
    Is(isName, NAME),
    ApiPropertyOptional({
        type: String,
        minLength: 1,
        maxLength: 256,
        description: 'Case-insensitive substring of message, context, stack and data.',
    }),
    __metadata("design:type", String)
], FilterQuery.prototype, "search", void 0);
__decorate([
    Is(isName, NAME),
    ApiPropertyOptional({
        type: String,
        minLength: 1,
        maxLength: 256,
        description: 'Only entries of this request.',
    }),
    __metadata("design:type", String)
], FilterQuery.prototype, "requestId", void 0);
__decorate([
    Is(isName, NAME),
    ApiPropertyOptional({
        type: String,
        minLength: 1,
        maxLength: 256,
        description: 'Only entries of this operation.',
    }),
    __metadata("design:type", String)
], FilterQuery.prototype, "operation", void 0);
__decorate([
    Is(isName, NAME),
    ApiPropertyOptional({
        type: String,
        minLength: 1,
        maxLength: 256,
        description: 'Only entries written by this process.',
    }),
    __metadata("design:type", String)
], FilterQuery.prototype, "instance", void 0);
__decorate([
    Is(isTime, TIME),
    ApiPropertyOptional({ type: String, format: 'date-time', description: 'Entries from this time on.' }),
    __metadata("design:type", String)
], FilterQuery.prototype, "from", void 0);
__decorate([
    Is(isTime, TIME),
    ApiPropertyOptional({ type: String, format: 'date-time', description: 'Entries before this time.' }),
    __metadata("design:type", String)
], FilterQuery.prototype, "to", void 0);
/** The parameters of every live reading route: where to start, and the filters. */
export class LiveQuery extends FilterQuery {
    constructor() {
        super(...arguments);
        this.after = undefined;
        this.limit = undefined;
    }
}
__decorate([
    Is(isCursor, CURSOR_GRAMMAR),
    ApiPropertyOptional({
        ...ONE_CURSOR,
        description: 'Cursor: entries after it. A bare integer (the last id seen) is one too; `0`: from the oldest held. A cursor that is no longer known is answered with a gap.',
    }),
    __metadata("design:type", String)
], LiveQuery.prototype, "after", void 0);
__decorate([
    Is(isNumberUpTo(WHOLE, MAX_LIMIT), `a whole number from 0 to ${MAX_LIMIT}`),
    ApiPropertyOptional({
        type: 'integer',
        minimum: 0,
        maximum: MAX_LIMIT,
        default: DEFAULT_LIMIT,
        description: 'Entries at most; of a live route the size of its backlog (0 = only what is new).',
    }),
    __metadata("design:type", String)
], LiveQuery.prototype, "limit", void 0);
/** The parameters of `GET entries`. */
export class EntriesQuery extends LiveQuery {
    constructor() {
        super(...arguments);
        this.before = undefined;
        this.wait = undefined;
    }
}
__decorate([
    Is(isCursor, CURSOR_GRAMMAR),
    ApiPropertyOptional({
        ...ONE_CURSOR,
        description: 'Cursor: the newest `limit` entries before it. Not together with `after`.',
    }),
    __metadata("design:type", String)
], EntriesQuery.prototype, "before", void 0);
__decorate([
    Is(isNumberUpTo(DECIMAL, MAX_WAIT_S), `a number of seconds from 0 to ${MAX_WAIT_S}`),
    ApiPropertyOptional({
        type: 'number',
        minimum: 0,
        maximum: MAX_WAIT_S,
        default: 0,
        description: 'Seconds to hold the answer until there is a matching entry, a gap or a clear.',
    }),
    __metadata("design:type", String)
], EntriesQuery.prototype, "wait", void 0);
/** The parameters of `GET tail`. */
export class TailQuery extends LiveQuery {
    constructor() {
        super(...arguments);
        this.follow = undefined;
        this.ansi = undefined;
    }
}
__decorate([
    IsOptional(),
    Matches(/^(true|false)$/, { message: 'follow must be true or false.' }),
    ApiPropertyOptional({ type: Boolean, default: true, description: '`false` ends after the newest.' }),
    __metadata("design:type", String)
], TailQuery.prototype, "follow", void 0);
__decorate([
    IsOptional(),
    Matches(/^sgr$/, { message: 'ansi must be sgr.' }),
    ApiPropertyOptional({
        type: String,
        enum: ['sgr'],
        description: '`sgr` keeps colour codes; every other control character is shown, not sent.',
    }),
    __metadata("design:type", String)
], TailQuery.prototype, "ansi", void 0);
/** The parameters of `GET export`: everything that matches, so no limit. */
export class ExportQuery extends FilterQuery {
    constructor() {
        super(...arguments);
        this.after = undefined;
        this.format = undefined;
    }
}
__decorate([
    Is(isCursor, CURSOR_GRAMMAR),
    ApiPropertyOptional({
        ...ONE_CURSOR,
        description: 'Cursor: entries after it. Default: from the oldest held.',
    }),
    __metadata("design:type", String)
], ExportQuery.prototype, "after", void 0);
__decorate([
    IsOptional(),
    Matches(/^(ndjson|csv|text)$/, { message: 'format must be ndjson, csv or text.' }),
    ApiPropertyOptional({
        type: String,
        enum: ['ndjson', 'csv', 'text'],
        default: 'ndjson',
        description: 'How the entries are written.',
    }),
    __metadata("design:type", String)
], ExportQuery.prototype, "format", void 0);
/** The parameters of `DELETE entries`. */
export class ClearQuery {
    constructor() {
        this.upTo = undefined;
    }
}
__decorate([
    Is(isCursor, CURSOR_GRAMMAR),
    ApiPropertyOptional({
        ...ONE_CURSOR,
        description: 'Cursor of the last entry to clear. Default: the newest at that moment.',
    }),
    __metadata("design:type", String)
], ClearQuery.prototype, "upTo", void 0);
/** For routes without parameters: any is refused. */
export class NoQuery {
}
export function limitOf({ limit }) {
    return limit === undefined ? DEFAULT_LIMIT : Number(limit);
}
export function cursorOf(text) {
    return text;
}
/** The filter a query asks for; undefined when it asks for none. */
export function filterOf({ level, context, search, requestId, operation, instance, from, to, }) {
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
