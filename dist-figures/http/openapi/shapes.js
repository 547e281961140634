var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
var __metadata = (this && this.__metadata) || function (k, v) {
    if (typeof Reflect === "object" && typeof Reflect.metadata === "function") return Reflect.metadata(k, v);
};
import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { ABILITIES, ROLES } from '../../access/roles.js';
import { LOG_LEVELS } from '../../domain/log-level.js';
const ID = { type: 'integer', format: 'int64', minimum: 0 };
const COUNT = { type: 'integer', minimum: 0 };
const CURSOR = {
    type: String,
    pattern: '^[A-Za-z0-9._]{1,128}-[0-9]{1,16}$',
    example: 'hobyabumll-1795162542113048',
};
const ANY_JSON = [
    { type: 'object', nullable: true, additionalProperties: true },
    { type: 'array', items: {} },
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
];
const BY_LEVEL = {
    type: 'object',
    properties: Object.fromEntries(LOG_LEVELS.map((level) => [level, COUNT])),
    additionalProperties: false,
};
let TruncatedShape = class TruncatedShape {
};
__decorate([
    ApiProperty({ ...COUNT, description: 'UTF-8 bytes of message, stack and data before.' }),
    __metadata("design:type", Number)
], TruncatedShape.prototype, "bytes", void 0);
__decorate([
    ApiProperty({ ...COUNT, description: 'What was kept of them.' }),
    __metadata("design:type", Number)
], TruncatedShape.prototype, "kept", void 0);
TruncatedShape = __decorate([
    ApiSchema({ name: 'LogConsoleTruncated' })
], TruncatedShape);
let EntryShape = class EntryShape {
};
__decorate([
    ApiProperty({ ...ID, description: 'Only goes up; dense inside an epoch.' }),
    __metadata("design:type", Number)
], EntryShape.prototype, "id", void 0);
__decorate([
    ApiPropertyOptional({
        type: String,
        format: 'date-time',
        description: 'RFC 3339, UTC, milliseconds; absent only where a line of a file has none.',
    }),
    __metadata("design:type", String)
], EntryShape.prototype, "time", void 0);
__decorate([
    ApiProperty({ type: String, enum: LOG_LEVELS }),
    __metadata("design:type", String)
], EntryShape.prototype, "level", void 0);
__decorate([
    ApiPropertyOptional({ type: String }),
    __metadata("design:type", String)
], EntryShape.prototype, "context", void 0);
__decorate([
    ApiProperty({ type: String }),
    __metadata("design:type", String)
], EntryShape.prototype, "message", void 0);
__decorate([
    ApiPropertyOptional({ type: String, description: 'The stack, with those of the causes.' }),
    __metadata("design:type", String)
], EntryShape.prototype, "stack", void 0);
__decorate([
    ApiPropertyOptional({ description: 'Structured parameters: any JSON.', oneOf: ANY_JSON }),
    __metadata("design:type", Object)
], EntryShape.prototype, "data", void 0);
__decorate([
    ApiPropertyOptional({ type: String }),
    __metadata("design:type", String)
], EntryShape.prototype, "requestId", void 0);
__decorate([
    ApiPropertyOptional({ type: String }),
    __metadata("design:type", String)
], EntryShape.prototype, "traceId", void 0);
__decorate([
    ApiPropertyOptional({ type: String }),
    __metadata("design:type", String)
], EntryShape.prototype, "spanId", void 0);
__decorate([
    ApiPropertyOptional({ type: String, description: 'Id of the innermost operation it belongs to.' }),
    __metadata("design:type", String)
], EntryShape.prototype, "operation", void 0);
__decorate([
    ApiPropertyOptional({
        type: String,
        pattern: '^[A-Za-z0-9_.-]{1,64}$',
        description: 'The process that wrote it.',
    }),
    __metadata("design:type", String)
], EntryShape.prototype, "instance", void 0);
__decorate([
    ApiPropertyOptional({ type: TruncatedShape, description: 'Only when something was cut.' }),
    __metadata("design:type", TruncatedShape)
], EntryShape.prototype, "truncated", void 0);
__decorate([
    ApiPropertyOptional({ type: Boolean, description: 'Files only: belongs to the entry before it.' }),
    __metadata("design:type", Boolean)
], EntryShape.prototype, "continues", void 0);
EntryShape = __decorate([
    ApiSchema({ name: 'LogConsoleEntry' })
], EntryShape);
export { EntryShape };
let GapShape = class GapShape {
};
__decorate([
    ApiProperty({
        type: String,
        enum: ['evicted', 'restarted', 'cleared', 'rotated', 'truncated', 'shipping'],
    }),
    __metadata("design:type", String)
], GapShape.prototype, "reason", void 0);
__decorate([
    ApiPropertyOptional(ID),
    __metadata("design:type", Number)
], GapShape.prototype, "from", void 0);
__decorate([
    ApiPropertyOptional(ID),
    __metadata("design:type", Number)
], GapShape.prototype, "to", void 0);
__decorate([
    ApiProperty({
        ...COUNT,
        nullable: true,
        description: 'The exact number, or null where nobody can know it.',
    }),
    __metadata("design:type", Object)
], GapShape.prototype, "missed", void 0);
__decorate([
    ApiPropertyOptional({ ...COUNT, description: 'Files only.' }),
    __metadata("design:type", Number)
], GapShape.prototype, "bytes", void 0);
__decorate([
    ApiPropertyOptional({ type: String, description: '`shipping` only: the process whose entries were lost.' }),
    __metadata("design:type", String)
], GapShape.prototype, "instance", void 0);
GapShape = __decorate([
    ApiSchema({ name: 'LogConsoleGap' })
], GapShape);
export { GapShape };
let BatchShape = class BatchShape {
};
__decorate([
    ApiProperty({ type: String, pattern: '^[A-Za-z0-9._]{1,128}$' }),
    __metadata("design:type", String)
], BatchShape.prototype, "epoch", void 0);
__decorate([
    ApiProperty({ type: String, description: 'The process that answered.' }),
    __metadata("design:type", String)
], BatchShape.prototype, "instance", void 0);
__decorate([
    ApiProperty({ type: [EntryShape], description: 'Oldest first.' }),
    __metadata("design:type", Array)
], BatchShape.prototype, "entries", void 0);
__decorate([
    ApiProperty({ ...CURSOR, description: 'Hand back as `after`; equal to the one given = up to date.' }),
    __metadata("design:type", String)
], BatchShape.prototype, "next", void 0);
__decorate([
    ApiProperty({
        ...CURSOR,
        description: 'Hand back as `before`; equal to the one given = nothing older is held.',
    }),
    __metadata("design:type", String)
], BatchShape.prototype, "prev", void 0);
__decorate([
    ApiProperty({
        type: Boolean,
        description: 'Read again at once in the same direction: there is more already.',
    }),
    __metadata("design:type", Boolean)
], BatchShape.prototype, "more", void 0);
__decorate([
    ApiPropertyOptional({
        type: GapShape,
        description: 'Only when something was missed; it comes before the entries.',
    }),
    __metadata("design:type", GapShape)
], BatchShape.prototype, "gap", void 0);
__decorate([
    ApiPropertyOptional({ type: Boolean, description: 'Only while a shared store is away.' }),
    __metadata("design:type", Boolean)
], BatchShape.prototype, "degraded", void 0);
BatchShape = __decorate([
    ApiSchema({ name: 'LogConsoleBatch' })
], BatchShape);
export { BatchShape };
let ClearedShape = class ClearedShape {
};
__decorate([
    ApiProperty({ ...COUNT, example: 300 }),
    __metadata("design:type", Number)
], ClearedShape.prototype, "cleared", void 0);
__decorate([
    ApiProperty(CURSOR),
    __metadata("design:type", String)
], ClearedShape.prototype, "upTo", void 0);
ClearedShape = __decorate([
    ApiSchema({ name: 'LogConsoleCleared' })
], ClearedShape);
export { ClearedShape };
let UserShape = class UserShape {
};
__decorate([
    ApiProperty({ type: String, example: 'operator-1' }),
    __metadata("design:type", String)
], UserShape.prototype, "name", void 0);
__decorate([
    ApiProperty({ type: String, enum: ROLES }),
    __metadata("design:type", String)
], UserShape.prototype, "role", void 0);
UserShape = __decorate([
    ApiSchema({ name: 'LogConsoleUser' })
], UserShape);
let ServerShape = class ServerShape {
};
__decorate([
    ApiProperty({ type: String, description: 'The application.' }),
    __metadata("design:type", String)
], ServerShape.prototype, "name", void 0);
__decorate([
    ApiProperty({ type: String }),
    __metadata("design:type", String)
], ServerShape.prototype, "version", void 0);
__decorate([
    ApiProperty({ type: String }),
    __metadata("design:type", String)
], ServerShape.prototype, "instance", void 0);
__decorate([
    ApiProperty({ type: String, format: 'date-time' }),
    __metadata("design:type", String)
], ServerShape.prototype, "startedAt", void 0);
__decorate([
    ApiProperty({ type: String, format: 'date-time' }),
    __metadata("design:type", String)
], ServerShape.prototype, "time", void 0);
__decorate([
    ApiProperty({ type: String, example: 'Europe/Paris' }),
    __metadata("design:type", String)
], ServerShape.prototype, "timeZone", void 0);
ServerShape = __decorate([
    ApiSchema({ name: 'LogConsoleServer' })
], ServerShape);
let SessionShape = class SessionShape {
};
__decorate([
    ApiProperty({ type: UserShape }),
    __metadata("design:type", UserShape)
], SessionShape.prototype, "user", void 0);
__decorate([
    ApiProperty({ type: 'array', items: { type: 'string', enum: [...ABILITIES] } }),
    __metadata("design:type", Array)
], SessionShape.prototype, "can", void 0);
__decorate([
    ApiProperty({ type: ServerShape }),
    __metadata("design:type", ServerShape)
], SessionShape.prototype, "server", void 0);
SessionShape = __decorate([
    ApiSchema({ name: 'LogConsoleSession' })
], SessionShape);
export { SessionShape };
let SignInShape = class SignInShape {
};
__decorate([
    ApiProperty({ type: String, minLength: 1, maxLength: 1024 }),
    __metadata("design:type", String)
], SignInShape.prototype, "token", void 0);
SignInShape = __decorate([
    ApiSchema({ name: 'LogConsoleSignIn' })
], SignInShape);
export { SignInShape };
let HeldShape = class HeldShape {
};
__decorate([
    ApiProperty(COUNT),
    __metadata("design:type", Number)
], HeldShape.prototype, "entries", void 0);
__decorate([
    ApiProperty(COUNT),
    __metadata("design:type", Number)
], HeldShape.prototype, "bytes", void 0);
__decorate([
    ApiProperty(BY_LEVEL),
    __metadata("design:type", Object)
], HeldShape.prototype, "byLevel", void 0);
HeldShape = __decorate([
    ApiSchema({ name: 'LogConsoleHeld' })
], HeldShape);
let CapacityShape = class CapacityShape {
};
__decorate([
    ApiProperty(COUNT),
    __metadata("design:type", Number)
], CapacityShape.prototype, "entries", void 0);
__decorate([
    ApiProperty(COUNT),
    __metadata("design:type", Number)
], CapacityShape.prototype, "bytes", void 0);
CapacityShape = __decorate([
    ApiSchema({ name: 'LogConsoleCapacity' })
], CapacityShape);
let AcceptedShape = class AcceptedShape {
};
__decorate([
    ApiProperty(COUNT),
    __metadata("design:type", Number)
], AcceptedShape.prototype, "total", void 0);
__decorate([
    ApiProperty(BY_LEVEL),
    __metadata("design:type", Object)
], AcceptedShape.prototype, "byLevel", void 0);
AcceptedShape = __decorate([
    ApiSchema({ name: 'LogConsoleAccepted' })
], AcceptedShape);
let ReadersShape = class ReadersShape {
};
__decorate([
    ApiProperty({ ...COUNT, description: 'Open live responses.' }),
    __metadata("design:type", Number)
], ReadersShape.prototype, "streams", void 0);
__decorate([
    ApiProperty({ ...COUNT, description: 'Polls that wait.' }),
    __metadata("design:type", Number)
], ReadersShape.prototype, "polls", void 0);
ReadersShape = __decorate([
    ApiSchema({ name: 'LogConsoleReaders' })
], ReadersShape);
let StoreStateShape = class StoreStateShape {
};
__decorate([
    ApiProperty({ type: String, example: 'memory' }),
    __metadata("design:type", String)
], StoreStateShape.prototype, "kind", void 0);
__decorate([
    ApiProperty({ type: String, enum: ['up', 'degraded'] }),
    __metadata("design:type", String)
], StoreStateShape.prototype, "state", void 0);
__decorate([
    ApiProperty({ type: String, format: 'date-time' }),
    __metadata("design:type", String)
], StoreStateShape.prototype, "since", void 0);
StoreStateShape = __decorate([
    ApiSchema({ name: 'LogConsoleStoreState' })
], StoreStateShape);
let StatsShape = class StatsShape {
};
__decorate([
    ApiProperty({ type: String }),
    __metadata("design:type", String)
], StatsShape.prototype, "epoch", void 0);
__decorate([
    ApiProperty({ ...CURSOR, description: '`after` this reads everything held.' }),
    __metadata("design:type", String)
], StatsShape.prototype, "oldest", void 0);
__decorate([
    ApiProperty({ ...CURSOR, description: '`after` this reads what comes.' }),
    __metadata("design:type", String)
], StatsShape.prototype, "newest", void 0);
__decorate([
    ApiProperty({ type: HeldShape }),
    __metadata("design:type", HeldShape)
], StatsShape.prototype, "held", void 0);
__decorate([
    ApiProperty({ type: CapacityShape }),
    __metadata("design:type", CapacityShape)
], StatsShape.prototype, "capacity", void 0);
__decorate([
    ApiProperty({ type: AcceptedShape }),
    __metadata("design:type", AcceptedShape)
], StatsShape.prototype, "accepted", void 0);
__decorate([
    ApiProperty(COUNT),
    __metadata("design:type", Number)
], StatsShape.prototype, "evicted", void 0);
__decorate([
    ApiProperty(COUNT),
    __metadata("design:type", Number)
], StatsShape.prototype, "cleared", void 0);
__decorate([
    ApiProperty({ ...COUNT, description: 'Not captured because of their level.' }),
    __metadata("design:type", Number)
], StatsShape.prototype, "belowLevel", void 0);
__decorate([
    ApiProperty({
        ...COUNT,
        description: 'Refused: logged from within the capture of a line that was itself logged from within one.',
    }),
    __metadata("design:type", Number)
], StatsShape.prototype, "rejected", void 0);
__decorate([
    ApiProperty({ ...COUNT, description: 'Written while the module served one of its own routes.' }),
    __metadata("design:type", Number)
], StatsShape.prototype, "suppressed", void 0);
__decorate([
    ApiProperty({ type: ReadersShape }),
    __metadata("design:type", ReadersShape)
], StatsShape.prototype, "readers", void 0);
__decorate([
    ApiProperty({
        type: 'object',
        additionalProperties: COUNT,
        description: 'How often each redaction rule masked something.',
    }),
    __metadata("design:type", Object)
], StatsShape.prototype, "redactions", void 0);
__decorate([
    ApiProperty({
        type: 'object',
        additionalProperties: { type: 'object' },
        description: 'Outside destinations by name.',
    }),
    __metadata("design:type", Object)
], StatsShape.prototype, "sinks", void 0);
__decorate([
    ApiProperty({ type: StoreStateShape }),
    __metadata("design:type", StoreStateShape)
], StatsShape.prototype, "store", void 0);
StatsShape = __decorate([
    ApiSchema({ name: 'LogConsoleStats' })
], StatsShape);
export { StatsShape };
let RedactionMatchShape = class RedactionMatchShape {
};
__decorate([
    ApiProperty({ type: String, description: 'Shown instead, as `[redacted:kind]`.' }),
    __metadata("design:type", String)
], RedactionMatchShape.prototype, "kind", void 0);
__decorate([
    ApiProperty({ type: String, description: 'The rule that found it.' }),
    __metadata("design:type", String)
], RedactionMatchShape.prototype, "rule", void 0);
__decorate([
    ApiProperty({ ...COUNT, description: 'First character, in UTF-16 code units.' }),
    __metadata("design:type", Number)
], RedactionMatchShape.prototype, "start", void 0);
__decorate([
    ApiProperty({ ...COUNT, description: 'The one after the last.' }),
    __metadata("design:type", Number)
], RedactionMatchShape.prototype, "end", void 0);
RedactionMatchShape = __decorate([
    ApiSchema({ name: 'LogConsoleRedactionMatch' })
], RedactionMatchShape);
let RedactionPreviewShape = class RedactionPreviewShape {
};
__decorate([
    ApiProperty({ type: String, description: 'The text as it would be kept.' }),
    __metadata("design:type", String)
], RedactionPreviewShape.prototype, "text", void 0);
__decorate([
    ApiProperty({ type: [RedactionMatchShape] }),
    __metadata("design:type", Array)
], RedactionPreviewShape.prototype, "matches", void 0);
RedactionPreviewShape = __decorate([
    ApiSchema({ name: 'LogConsoleRedactionPreview' })
], RedactionPreviewShape);
export { RedactionPreviewShape };
let RedactionTextShape = class RedactionTextShape {
};
__decorate([
    ApiProperty({ type: String, maxLength: 65_536 }),
    __metadata("design:type", String)
], RedactionTextShape.prototype, "text", void 0);
RedactionTextShape = __decorate([
    ApiSchema({ name: 'LogConsoleRedactionText' })
], RedactionTextShape);
export { RedactionTextShape };
let ErrorShape = class ErrorShape {
};
__decorate([
    ApiProperty({ type: 'integer', example: 400 }),
    __metadata("design:type", Number)
], ErrorShape.prototype, "statusCode", void 0);
__decorate([
    ApiProperty({
        description: 'Names the parameter and what is accepted, never the value.',
        oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
    }),
    __metadata("design:type", Object)
], ErrorShape.prototype, "message", void 0);
__decorate([
    ApiProperty({ type: String, example: 'Bad Request' }),
    __metadata("design:type", String)
], ErrorShape.prototype, "error", void 0);
ErrorShape = __decorate([
    ApiSchema({ name: 'LogConsoleError' })
], ErrorShape);
export { ErrorShape };
