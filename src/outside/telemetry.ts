import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';

/** A log record of OpenTelemetry, for people. */
export interface TelemetryRecord {
  readonly severity: string;
  readonly scope: string;
  readonly body: string;
}

const SHOWN = 50;
const KEPT = 1000;

/** Keeps some of the newest; in your application an exporter stands here that sends them to a collector. */
class NewestRecords extends InMemoryLogRecordExporter {
  override export(...[records, done]: Parameters<InMemoryLogRecordExporter['export']>): void {
    if (this.getFinishedLogRecords().length >= KEPT) this.reset();
    super.export(records, done);
  }
}

const exporter = new NewestRecords();

/** OpenTelemetry's own SDK, as an application sets it up. */
export const loggerProvider = new LoggerProvider({
  processors: [new SimpleLogRecordProcessor({ exporter })],
});

/** The newest records that went through it, newest first. */
export function telemetryRecords(): TelemetryRecord[] {
  const newest = exporter.getFinishedLogRecords().slice(-SHOWN).reverse();
  return newest.map(({ severityText = '', instrumentationScope, body }) => ({
    severity: severityText,
    scope: instrumentationScope.name,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }));
}
