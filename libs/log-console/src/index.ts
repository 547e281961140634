export { LogConsoleModule, type LogConsoleAsyncOptions } from './log-console.module.js';
export {
  type CaptureOptions,
  type LimitOptions,
  type LogConsoleExtras,
  type LogConsoleOptions,
  type LogConsoleOptionsFactory,
  type OperationsOptions,
  type RequestsOptions,
  type SharedStore,
  type UiOptions,
} from './log-console.options.js';
export { LogConsoleOptionsError } from './check-options.js';
export { LogConsoleService } from './log-console.service.js';
export { LogConsoleLogger, type LogTarget } from './logger/log-console.logger.js';
export { type RedactOptions } from './redaction/redact.options.js';
export { Redactor, type RedactorOptions } from './redaction/redactor.js';
export { MemoryStore, type MemoryStoreOptions } from './stores/memory/memory.store.js';
export { type DirectoryOptions, type FileOptions, type LineOptions } from './sources/file/file.options.js';
export { FORMAT_NAMES, type FormatName } from './sources/file/formats/index.js';
export { type TailOptions } from './http/tail-answer.js';
export { follow, type FollowOptions } from './reading/follow.js';
export { fileSink } from './sinks/file/file.sink.js';
export { type FileSinkOptions, type KeepOptions } from './sinks/file/file.options.js';
export { webhookSink, type WebhookSink } from './sinks/webhook/webhook.sink.js';
export { type WebhookSinkOptions } from './sinks/webhook/webhook.options.js';
export { LogOperation, type OperationDecorator } from './operations/log-operation.decorator.js';
export {
  type Operation,
  type OperationFunction,
  type OperationOptions,
  type RunningOperation,
} from './operations/operation.js';
export { type AccessOptions, type AccessToken } from './access/access.options.js';
export { ABILITIES, ROLES, type Ability, type Role } from './access/roles.js';
export { AUDIT_ACTIONS, type AuditAction, type AuditData, type AuditResult } from './domain/audit-record.js';
export { formatCursor, parseCursor, type Cursor, type Place } from './domain/cursor.js';
export { type Gap, type GapReason, type LogBatch } from './domain/log-batch.js';
export { type ContextIds, type ContextLinks } from './domain/log-context.js';
export { type LogEntry, type LogRecord, type Truncated } from './domain/log-entry.js';
export { type LogFilter } from './domain/log-filter.js';
export { type InstanceList, type LogInstance, type ProcessIdentity } from './domain/log-instances.js';
export { type LogFile } from './domain/log-files.js';
export {
  LogOperations,
  type OperationProgress,
  type OperationSource,
  type OperationState,
  OPERATION_STATES,
  type OperationSummary,
} from './domain/log-operations.js';
export {
  type ContextLevel,
  type LevelOverview,
  type LevelRequest,
  type SetLevel,
  type SetLevelOptions,
  type ShareableLevels,
} from './domain/context-levels.js';
export { LOG_LEVELS, type LogLevel } from './domain/log-level.js';
export {
  PartlyWrittenError,
  type LogSink,
  type PreviousRun,
  type SinkBatching,
  type SinkStats,
  type SinkTest,
} from './domain/log-sink.js';
export {
  LogStore,
  StoreAwayError,
  UnknownCursorError,
  type Cleared,
  type ClearedEvent,
  type ClearRequest,
  type Counts,
  type FileEvent,
  type LogSource,
  type OperationEvent,
  type ReadRequest,
  type SourceEvent,
  type StoreEvent,
  type StoreStats,
  type Wait,
} from './domain/log-source.js';
export { type RequestOutcome, type RequestSummary } from './domain/log-requests.js';
export { type CaptureStats, type LogStats } from './domain/log-stats.js';
export { type RedactionPreview, type SecretMatch, type TextRedactor } from './domain/text-redactor.js';
