import { ApiExtraModels, ApiProperty, ApiPropertyOptional, ApiSchema, getSchemaPath } from '@nestjs/swagger';
import { ABILITIES, ROLES } from '../../access/roles.js';
import { DEFAULT_TTL_SECONDS, MAX_LEVEL_TEXT, MAX_TTL_SECONDS } from '../../domain/level-problems.js';
import { LOG_LEVELS } from '../../domain/log-level.js';
import { OPERATION_STATES } from '../../domain/log-operations.js';

const ID = { type: 'integer', format: 'int64', minimum: 0 } as const;
const COUNT = { type: 'integer', minimum: 0 } as const;
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
  type: 'object' as const,
  properties: Object.fromEntries(LOG_LEVELS.map((level) => [level, COUNT])),
  additionalProperties: false,
};

@ApiSchema({ name: 'LogConsoleTruncated' })
class TruncatedShape {
  @ApiProperty({ ...COUNT, description: 'UTF-8 bytes of message, stack and data before.' })
  bytes!: number;
  @ApiProperty({ ...COUNT, description: 'What was kept of them.' })
  kept!: number;
}

@ApiSchema({ name: 'LogConsoleEntry' })
export class EntryShape {
  @ApiProperty({ ...ID, description: 'Only goes up; dense inside an epoch.' })
  id!: number;
  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'RFC 3339, UTC, milliseconds; absent only where a line of a file has none.',
  })
  time?: string;
  @ApiProperty({ type: String, enum: LOG_LEVELS })
  level!: string;
  @ApiPropertyOptional({ type: String })
  context?: string;
  @ApiProperty({ type: String })
  message!: string;
  @ApiPropertyOptional({ type: String, description: 'The stack, with those of the causes.' })
  stack?: string;
  @ApiPropertyOptional({ description: 'Structured parameters: any JSON.', oneOf: ANY_JSON })
  data?: unknown;
  @ApiPropertyOptional({ type: String })
  requestId?: string;
  @ApiPropertyOptional({ type: String })
  traceId?: string;
  @ApiPropertyOptional({ type: String })
  spanId?: string;
  @ApiPropertyOptional({ type: String, description: 'Id of the innermost operation it belongs to.' })
  operation?: string;
  @ApiPropertyOptional({
    type: String,
    pattern: '^[A-Za-z0-9_.-]{1,64}$',
    description: 'The process that wrote it.',
  })
  instance?: string;
  @ApiPropertyOptional({ type: TruncatedShape, description: 'Only when something was cut.' })
  truncated?: TruncatedShape;
  @ApiPropertyOptional({ type: Boolean, description: 'Files only: belongs to the entry before it.' })
  continues?: boolean;
}

@ApiSchema({ name: 'LogConsoleGap' })
export class GapShape {
  @ApiProperty({
    type: String,
    enum: ['evicted', 'restarted', 'cleared', 'rotated', 'truncated', 'shipping'],
  })
  reason!: string;
  @ApiPropertyOptional(ID)
  from?: number;
  @ApiPropertyOptional(ID)
  to?: number;
  @ApiProperty({
    ...COUNT,
    nullable: true,
    description: 'The exact number, or null where nobody can know it.',
  })
  missed!: number | null;
  @ApiPropertyOptional({ ...COUNT, description: 'Files only.' })
  bytes?: number;
  @ApiPropertyOptional({ type: String, description: '`shipping` only: the process whose entries were lost.' })
  instance?: string;
}

@ApiSchema({ name: 'LogConsoleBatch' })
export class BatchShape {
  @ApiProperty({ type: String, pattern: '^[A-Za-z0-9._]{1,128}$' })
  epoch!: string;
  @ApiProperty({ type: String, description: 'The process that answered.' })
  instance!: string;
  @ApiProperty({ type: [EntryShape], description: 'Oldest first.' })
  entries!: EntryShape[];
  @ApiProperty({ ...CURSOR, description: 'Hand back as `after`; equal to the one given = up to date.' })
  next!: string;
  @ApiProperty({
    ...CURSOR,
    description: 'Hand back as `before`; equal to the one given = nothing older is held.',
  })
  prev!: string;
  @ApiProperty({
    type: Boolean,
    description: 'Read again at once in the same direction: there is more already.',
  })
  more!: boolean;
  @ApiPropertyOptional({
    type: GapShape,
    description: 'Only when something was missed; it comes before the entries.',
  })
  gap?: GapShape;
  @ApiPropertyOptional({ type: Boolean, description: 'Only while a shared store is away.' })
  degraded?: boolean;
}

@ApiSchema({ name: 'LogConsoleCleared' })
export class ClearedShape {
  @ApiProperty({ ...COUNT, example: 300 })
  cleared!: number;
  @ApiProperty(CURSOR)
  upTo!: string;
}

@ApiSchema({ name: 'LogConsoleUser' })
class UserShape {
  @ApiProperty({ type: String, example: 'operator-1' })
  name!: string;
  @ApiProperty({ type: String, enum: ROLES })
  role!: string;
}

@ApiSchema({ name: 'LogConsoleServer' })
class ServerShape {
  @ApiProperty({ type: String, description: 'The application.' })
  name!: string;
  @ApiProperty({ type: String })
  version!: string;
  @ApiProperty({ type: String })
  instance!: string;
  @ApiProperty({ type: String, format: 'date-time' })
  startedAt!: string;
  @ApiProperty({ type: String, format: 'date-time' })
  time!: string;
  @ApiProperty({ type: String, example: 'Europe/Paris' })
  timeZone!: string;
}

@ApiSchema({ name: 'LogConsoleSession' })
export class SessionShape {
  @ApiProperty({ type: UserShape })
  user!: UserShape;
  @ApiProperty({ type: 'array', items: { type: 'string', enum: [...ABILITIES] } })
  can!: string[];
  @ApiProperty({ type: ServerShape })
  server!: ServerShape;
}

@ApiSchema({ name: 'LogConsoleSignIn' })
export class SignInShape {
  @ApiProperty({ type: String, minLength: 1, maxLength: 1024 })
  token!: string;
}

@ApiSchema({ name: 'LogConsoleHeld' })
class HeldShape {
  @ApiProperty(COUNT)
  entries!: number;
  @ApiProperty(COUNT)
  bytes!: number;
  @ApiProperty(BY_LEVEL)
  byLevel!: object;
}

@ApiSchema({ name: 'LogConsoleCapacity' })
class CapacityShape {
  @ApiProperty(COUNT)
  entries!: number;
  @ApiProperty(COUNT)
  bytes!: number;
}

@ApiSchema({ name: 'LogConsoleAccepted' })
class AcceptedShape {
  @ApiProperty(COUNT)
  total!: number;
  @ApiProperty(BY_LEVEL)
  byLevel!: object;
}

@ApiSchema({ name: 'LogConsoleReaders' })
class ReadersShape {
  @ApiProperty({ ...COUNT, description: 'Open live responses.' })
  streams!: number;
  @ApiProperty({ ...COUNT, description: 'Polls that wait.' })
  polls!: number;
}

@ApiSchema({ name: 'LogConsoleStoreState' })
class StoreStateShape {
  @ApiProperty({ type: String, example: 'memory' })
  kind!: string;
  @ApiProperty({ type: String, enum: ['up', 'degraded'] })
  state!: string;
  @ApiProperty({ type: String, format: 'date-time' })
  since!: string;
}

@ApiSchema({ name: 'LogConsoleSink' })
export class SinkShape {
  @ApiProperty({
    type: String,
    enum: ['up', 'failing', 'closed'],
    description: '`failing`: it did not take lines, and is tried again.',
  })
  state!: string;
  @ApiProperty({ type: String, format: 'date-time', description: 'Since when it is so.' })
  since!: string;
  @ApiProperty({ ...COUNT, description: 'Lines it took.' })
  written!: number;
  @ApiProperty({ ...COUNT, description: 'Lines its level or context kept away.' })
  filtered!: number;
  @ApiProperty({ ...COUNT, description: 'Lines that were gone before it could take them.' })
  dropped!: number;
  @ApiProperty({ ...COUNT, description: 'Lines it still has to be handed.' })
  behind!: number;
  @ApiPropertyOptional({ type: String, description: 'Why it does not take lines; only while it is failing.' })
  error?: string;
  @ApiPropertyOptional({ type: Boolean, description: '`true` where it can be tried out.' })
  testable?: boolean;
}

@ApiSchema({ name: 'LogConsoleSinkTest' })
export class SinkTestShape {
  @ApiProperty({ type: Boolean, description: 'Whether the message was taken.' })
  ok!: boolean;
  @ApiPropertyOptional({
    type: 'integer',
    description: 'The status of the answer, of a destination that is asked by HTTP.',
  })
  status?: number;
  @ApiPropertyOptional({ type: String, description: 'Why it was not taken.' })
  error?: string;
}

@ApiExtraModels(SinkShape)
@ApiSchema({ name: 'LogConsoleStats' })
export class StatsShape {
  @ApiProperty({ type: String })
  epoch!: string;
  @ApiProperty({ ...CURSOR, description: '`after` this reads everything held.' })
  oldest!: string;
  @ApiProperty({ ...CURSOR, description: '`after` this reads what comes.' })
  newest!: string;
  @ApiProperty({ type: HeldShape })
  held!: HeldShape;
  @ApiProperty({ type: CapacityShape })
  capacity!: CapacityShape;
  @ApiProperty({ type: AcceptedShape })
  accepted!: AcceptedShape;
  @ApiProperty(COUNT)
  evicted!: number;
  @ApiProperty(COUNT)
  cleared!: number;
  @ApiProperty({ ...COUNT, description: 'Not captured because of their level.' })
  belowLevel!: number;
  @ApiProperty({
    ...COUNT,
    description: 'Refused: logged from within the capture of a line that was itself logged from within one.',
  })
  rejected!: number;
  @ApiProperty({ ...COUNT, description: 'Written while the module served one of its own routes.' })
  suppressed!: number;
  @ApiProperty({ type: ReadersShape })
  readers!: ReadersShape;
  @ApiProperty({
    type: 'object',
    additionalProperties: COUNT,
    description: 'How often each redaction rule masked something.',
  })
  redactions!: object;
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(SinkShape) },
    description: 'Destinations by name: at every moment, accepted = written + filtered + dropped + behind.',
  })
  sinks!: object;
  @ApiProperty({ type: StoreStateShape })
  store!: StoreStateShape;
}

@ApiSchema({ name: 'LogConsoleRedactionMatch' })
class RedactionMatchShape {
  @ApiProperty({ type: String, description: 'Shown instead, as `[redacted:kind]`.' })
  kind!: string;
  @ApiProperty({ type: String, description: 'The rule that found it.' })
  rule!: string;
  @ApiProperty({ ...COUNT, description: 'First character, in UTF-16 code units.' })
  start!: number;
  @ApiProperty({ ...COUNT, description: 'The one after the last.' })
  end!: number;
}

@ApiSchema({ name: 'LogConsoleRedactionPreview' })
export class RedactionPreviewShape {
  @ApiProperty({ type: String, description: 'The text as it would be kept.' })
  text!: string;
  @ApiProperty({ type: [RedactionMatchShape] })
  matches!: RedactionMatchShape[];
}

@ApiSchema({ name: 'LogConsoleRedactionText' })
export class RedactionTextShape {
  @ApiProperty({ type: String, maxLength: 65_536 })
  text!: string;
}

@ApiSchema({ name: 'LogConsoleContextLevel' })
export class ContextLevelShape {
  @ApiProperty({
    type: String,
    enum: [...LOG_LEVELS, null],
    nullable: true,
    description: 'What was set at run time; null where nothing is.',
  })
  configured!: string | null;
  @ApiProperty({
    type: String,
    enum: LOG_LEVELS,
    description: 'The lowest level that is captured: `error` and `fatal` always are.',
  })
  effective!: string;
  @ApiProperty({
    ...COUNT,
    description: 'Lines captured since the start; of a beginning, of the contexts whose level it decides.',
  })
  lines!: number;
  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'When what was set ends by itself.',
  })
  expiresAt?: string;
  @ApiPropertyOptional({ type: String, description: 'Who set it.' })
  setBy?: string;
  @ApiPropertyOptional({ type: String, description: 'Why.' })
  reason?: string;
}

@ApiSchema({ name: 'LogConsoleOtherContexts' })
class OtherContextsShape {
  @ApiProperty({ ...COUNT, description: 'Their lines captured.' })
  lines!: number;
}

@ApiSchema({ name: 'LogConsoleInstanceLevels' })
class InstanceLevelsShape {
  @ApiProperty({ type: String })
  name!: string;
  @ApiProperty({ type: String, enum: ['current', 'behind'] })
  levels!: string;
}

@ApiSchema({ name: 'LogConsoleLevels' })
@ApiExtraModels(ContextLevelShape)
export class LevelsShape {
  @ApiProperty({ type: [String], enum: LOG_LEVELS, description: 'Lowest first.' })
  levels!: string[];
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(ContextLevelShape) },
    description: 'By the name of the context, the beginning of one and `*`, or `*`, which is always there.',
  })
  contexts!: object;
  @ApiPropertyOptional({
    type: OtherContextsShape,
    description: 'Contexts that are not told apart, where there are more than 500.',
  })
  others?: OtherContextsShape;
  @ApiPropertyOptional({
    type: [InstanceLevelsShape],
    description: 'With a shared store, once a level was set: whether each process has what was set last.',
  })
  instances?: InstanceLevelsShape[];
}

@ApiSchema({ name: 'LogConsoleSetLevel' })
export class SetLevelShape {
  @ApiProperty({ type: String, enum: LOG_LEVELS, description: 'The lowest level to capture.' })
  level!: string;
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MAX_TTL_SECONDS,
    default: DEFAULT_TTL_SECONDS,
    description: 'For how long.',
  })
  ttlSeconds?: number;
  @ApiPropertyOptional({ type: String, maxLength: MAX_LEVEL_TEXT, description: 'Why; the log says it.' })
  reason?: string;
}

@ApiSchema({ name: 'LogConsoleFile' })
class FileShape {
  @ApiProperty({ type: String, pattern: '^[A-Za-z0-9._~-]{1,200}$', example: 'nginx' })
  id!: string;
  @ApiProperty({ type: String, description: 'For people.', example: 'access.log' })
  name!: string;
  @ApiProperty({ ...COUNT, format: 'int64', description: 'Bytes; 0 while it cannot be read.' })
  size!: number;
  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'When it was last written to; absent while it cannot be read.',
  })
  modified?: string;
  @ApiProperty({ type: String, enum: ['ok', 'missing', 'unavailable'] })
  state!: string;
  @ApiPropertyOptional({ type: String, description: 'Why it cannot be read.' })
  reason?: string;
  @ApiProperty({
    type: Number,
    minimum: 0,
    description: 'How fast it grows, as far as somebody follows it.',
  })
  linesPerSecond!: number;
  @ApiProperty({ type: String, description: 'The process that sees it so.' })
  instance!: string;
}

@ApiSchema({ name: 'LogConsoleFiles' })
export class FilesShape {
  @ApiProperty({ type: [FileShape] })
  files!: FileShape[];
}

@ApiSchema({ name: 'LogConsoleRequest' })
export class RequestShape {
  @ApiProperty({ type: String, description: 'The `requestId` its entries carry.' })
  id!: string;
  @ApiProperty({ type: String, example: 'GET' })
  method!: string;
  @ApiProperty({ type: String, description: 'Without the query string, redacted.', example: '/orders/17' })
  path!: string;
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 100,
    maximum: 999,
    description: 'Absent while its answer is on its way, and where the client left before.',
  })
  status?: number;
  @ApiPropertyOptional({ type: Boolean, description: 'The client left before the answer was over.' })
  aborted?: boolean;
  @ApiProperty({ type: String, format: 'date-time' })
  startedAt!: string;
  @ApiPropertyOptional({ type: Number, minimum: 0, description: 'Absent while its answer is on its way.' })
  durationMs?: number;
  @ApiProperty({ type: String, description: 'The process that served it.' })
  instance!: string;
}

@ApiSchema({ name: 'LogConsoleOperationProgress' })
class OperationProgressShape {
  @ApiProperty({ type: Number, minimum: 0, description: 'How much is done.' })
  done!: number;
  @ApiPropertyOptional({ type: Number, minimum: 0, description: 'Of how much; absent while nobody knows.' })
  total?: number;
}

@ApiSchema({ name: 'LogConsoleOperationError' })
class OperationErrorShape {
  @ApiProperty({ type: String, description: 'What was thrown, as one text, redacted.' })
  message!: string;
}

@ApiSchema({ name: 'LogConsoleOperation' })
export class OperationShape {
  @ApiProperty({ type: String, pattern: '^[A-Za-z0-9_-]{1,64}$' })
  id!: string;
  @ApiProperty({ type: String, description: 'For people.', example: 'Import supplier catalogue' })
  name!: string;
  @ApiProperty({
    type: String,
    enum: OPERATION_STATES,
    description: '`abandoned`: the process shut down first.',
  })
  state!: string;
  @ApiPropertyOptional({ type: String, description: 'Who started it.' })
  by?: string;
  @ApiPropertyOptional({ type: String, description: 'Id of the operation it was started in.' })
  parent?: string;
  @ApiPropertyOptional({ description: 'What was said about it at its start: any JSON.', oneOf: ANY_JSON })
  data?: unknown;
  @ApiProperty({ type: String, format: 'date-time' })
  startedAt!: string;
  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Absent while it runs.' })
  finishedAt?: string;
  @ApiProperty({ type: Number, minimum: 0, description: 'How long it took, or has been running.' })
  durationMs!: number;
  @ApiPropertyOptional({ type: OperationProgressShape, description: 'Absent until it was told.' })
  progress?: OperationProgressShape;
  @ApiProperty({ type: AcceptedShape, description: 'Its lines, those that gave way to newer ones included.' })
  lines!: AcceptedShape;
  @ApiPropertyOptional({ type: OperationErrorShape, description: 'Why it failed.' })
  error?: OperationErrorShape;
  @ApiProperty({ type: Boolean })
  cancellable!: boolean;
  @ApiProperty({ type: String, description: 'The process it runs in.' })
  instance!: string;
}

@ApiSchema({ name: 'LogConsoleOperations' })
export class OperationsShape {
  @ApiProperty({ type: [OperationShape] })
  operations!: OperationShape[];
}

@ApiSchema({ name: 'LogConsoleInstance' })
export class InstanceShape {
  @ApiProperty({ type: String, description: 'The `instance` its entries carry.' })
  name!: string;
  @ApiProperty({ type: String, enum: ['up', 'gone'] })
  state!: string;
  @ApiProperty({ type: String, description: 'The machine it runs on.' })
  host!: string;
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Its number there.' })
  pid!: number;
  @ApiProperty({ type: String, description: 'Of the application.' })
  version!: string;
  @ApiProperty({ type: String, format: 'date-time' })
  startedAt!: string;
  @ApiProperty({ type: String, format: 'date-time' })
  lastSeen!: string;
  @ApiProperty({ ...COUNT, description: 'How many of its lines others cannot see yet.' })
  behind!: number;
  @ApiProperty({ ...COUNT, description: 'How many of its lines were lost on the way to the others.' })
  dropped!: number;
  @ApiPropertyOptional({
    type: String,
    enum: ['current', 'behind'],
    description: 'Whether it has the levels that were set last.',
  })
  levels?: string;
}

@ApiSchema({ name: 'LogConsoleInstances' })
export class InstancesShape {
  @ApiProperty({ type: [InstanceShape], description: 'By name.' })
  instances!: InstanceShape[];
  @ApiPropertyOptional({
    type: Boolean,
    description: 'Only while a shared store is away: only the process that answers is listed.',
  })
  degraded?: boolean;
}

@ApiSchema({ name: 'LogConsoleError' })
export class ErrorShape {
  @ApiProperty({ type: 'integer', example: 400 })
  statusCode!: number;
  @ApiProperty({
    description: 'Names the parameter and what is accepted, never the value.',
    oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
  })
  message!: string | string[];
  @ApiProperty({ type: String, example: 'Bad Request' })
  error!: string;
}
