import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const INDEX = join(import.meta.dirname, 'index.ts');

/** The names a module exports, in order; of those that are types only it says so. */
function exportsOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause) throw new Error('Export by name.');
    if (!ts.isNamedExports(statement.exportClause)) throw new Error('Export by name.');
    const isType = statement.isTypeOnly;
    return statement.exportClause.elements.map((element) =>
      isType || element.isTypeOnly ? `type ${element.name.text}` : element.name.text,
    );
  });
}

describe('the public names of the package', () => {
  it('are these, and each change is a change of the package', () => {
    expect(exportsOf(INDEX).sort()).toMatchInlineSnapshot(`
     [
       "ABILITIES",
       "AUDIT_ACTIONS",
       "FORMAT_NAMES",
       "LOG_LEVELS",
       "LogConsoleLogger",
       "LogConsoleModule",
       "LogConsoleOptionsError",
       "LogConsoleService",
       "LogOperation",
       "LogOperations",
       "LogStore",
       "MemoryStore",
       "OPERATION_STATES",
       "PartlyWrittenError",
       "ROLES",
       "Redactor",
       "StoreAwayError",
       "UnknownCursorError",
       "fileSink",
       "follow",
       "formatCursor",
       "parseCursor",
       "type Ability",
       "type AccessOptions",
       "type AccessToken",
       "type AuditAction",
       "type AuditData",
       "type AuditResult",
       "type CaptureOptions",
       "type CaptureStats",
       "type ClearRequest",
       "type Cleared",
       "type ClearedEvent",
       "type ContextIds",
       "type ContextLevel",
       "type ContextLinks",
       "type Counts",
       "type Cursor",
       "type DirectoryOptions",
       "type FileEvent",
       "type FileOptions",
       "type FileSinkOptions",
       "type FollowOptions",
       "type FormatName",
       "type Gap",
       "type GapReason",
       "type InstanceList",
       "type KeepOptions",
       "type LevelOverview",
       "type LevelRequest",
       "type LimitOptions",
       "type LineOptions",
       "type LogBatch",
       "type LogConsoleAsyncOptions",
       "type LogConsoleExtras",
       "type LogConsoleOptions",
       "type LogConsoleOptionsFactory",
       "type LogEntry",
       "type LogFile",
       "type LogFilter",
       "type LogInstance",
       "type LogLevel",
       "type LogRecord",
       "type LogSink",
       "type LogSource",
       "type LogStats",
       "type LogTarget",
       "type MemoryStoreOptions",
       "type Operation",
       "type OperationDecorator",
       "type OperationEvent",
       "type OperationFunction",
       "type OperationOptions",
       "type OperationProgress",
       "type OperationSource",
       "type OperationState",
       "type OperationSummary",
       "type OperationsOptions",
       "type Place",
       "type PreviousRun",
       "type ProcessIdentity",
       "type ReadRequest",
       "type RedactOptions",
       "type RedactionPreview",
       "type RedactorOptions",
       "type RequestOutcome",
       "type RequestSummary",
       "type RequestsOptions",
       "type Role",
       "type RunningOperation",
       "type SecretMatch",
       "type SetLevel",
       "type SetLevelOptions",
       "type ShareableLevels",
       "type SharedStore",
       "type SinkBatching",
       "type SinkStats",
       "type SinkTest",
       "type SourceEvent",
       "type StoreEvent",
       "type StoreStats",
       "type TailOptions",
       "type TextRedactor",
       "type Truncated",
       "type UiOptions",
       "type Wait",
       "type WebhookSink",
       "type WebhookSinkOptions",
       "webhookSink",
     ]
    `);
  });

  it('are these in nestjs-log-console/testing', () => {
    expect(exportsOf(join(import.meta.dirname, 'testing/index.ts')).sort()).toMatchInlineSnapshot(`
     [
       "describeLogSink",
       "describeLogSource",
       "describeLogStore",
       "type ReceivedLine",
       "type RecordField",
       "type SinkFactory",
       "type SinkHarness",
       "type SinkSuiteOptions",
       "type SourceFactory",
       "type SourceHarness",
       "type SourceOptions",
       "type SourceSuiteOptions",
       "type StoreFactory",
       "type StoreHarness",
       "type SuiteOptions",
       "type TestRunner",
     ]
    `);
  });

  it('are these in nestjs-log-console/opentelemetry', () => {
    expect(exportsOf(join(import.meta.dirname, 'sinks/opentelemetry/index.ts'))).toEqual([
      'otelSink',
      'type OtelSinkOptions',
    ]);
  });

  it('are there at run time', async () => {
    const values = exportsOf(INDEX).filter((name) => !name.startsWith('type '));
    expect(Object.keys(await import('./index.js')).sort()).toEqual(values.sort());
  });

  it('are these for a log in Redis', () => {
    expect(exportsOf(join(import.meta.dirname, 'redis.ts')).sort()).toMatchInlineSnapshot(`
     [
       "RedisStore",
       "type AttachedRing",
       "type RedisClientLike",
       "type RedisState",
       "type RedisStoreOptions",
       "type Shipped",
     ]
    `);
  });
});
