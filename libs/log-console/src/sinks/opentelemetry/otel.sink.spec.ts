import { trace } from '@opentelemetry/api';
import { logs, SeverityNumber } from '@opentelemetry/api-logs';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { LOG_LEVELS } from '../../domain/log-level.js';
import { type LogRecord } from '../../domain/log-entry.js';
import { MemoryStore } from '../../stores/memory/memory.store.js';
import { describeLogSink } from '../../testing/index.js';
import { otelSink, type OtelSinkOptions } from './index.js';

function sdk(): { exporter: InMemoryLogRecordExporter; provider: LoggerProvider } {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({
    resource: resourceFromAttributes({ 'service.name': 'shop' }),
    processors: [new SimpleLogRecordProcessor({ exporter })],
  });
  return { exporter, provider };
}

describeLogSink('OpenTelemetry', () => {
  const { exporter, provider } = sdk();
  return {
    sink: otelSink({ provider }),
    received: () =>
      exporter.getFinishedLogRecords().map(({ body, severityText }) => ({
        message: body as string,
        level: severityText?.toLowerCase(),
      })),
    close: () => provider.shutdown(),
  };
});

describe('otelSink', () => {
  let store: MemoryStore;
  let exporter: InMemoryLogRecordExporter;
  let provider: LoggerProvider;
  beforeEach(() => {
    store = new MemoryStore({ instance: 'web-1' });
    ({ exporter, provider } = sdk());
  });
  afterEach(async () => {
    store.close();
    logs.disable();
    await provider.shutdown();
  });

  const emitted = async (
    records: readonly LogRecord[],
    options: OtelSinkOptions = { provider },
  ): Promise<ReturnType<InMemoryLogRecordExporter['getFinishedLogRecords']>> => {
    for (const record of records) store.append(record);
    await otelSink(options).write(store.read({ limit: 5000 }), new AbortController().signal);
    return exporter.getFinishedLogRecords();
  };

  it('maps the six levels to severities', async () => {
    const found = await emitted(LOG_LEVELS.map((level) => ({ level, message: level })));
    expect(
      found.map(({ body, severityNumber, severityText }) => [body, severityNumber, severityText]),
    ).toEqual([
      ['verbose', SeverityNumber.TRACE, 'VERBOSE'],
      ['debug', SeverityNumber.DEBUG, 'DEBUG'],
      ['log', SeverityNumber.INFO, 'LOG'],
      ['warn', SeverityNumber.WARN, 'WARN'],
      ['error', SeverityNumber.ERROR, 'ERROR'],
      ['fatal', SeverityNumber.FATAL, 'FATAL'],
    ]);
  });

  it('carries everything an entry says, its context as scope, and the resource of the SDK', async () => {
    const time = '2026-11-20T08:15:42.113Z';
    const [record] = await emitted([
      {
        time,
        level: 'error',
        context: 'Orders',
        message: 'it broke',
        stack: 'Error: it broke\n    at x',
        data: { sku: 'A', list: [1, { b: 2 }] },
        requestId: 'r-1',
        operation: 'op-1',
      },
    ]);
    const [entry] = store.read({ limit: 1 }).entries;
    expect(record.hrTime).toEqual([Date.parse(time) / 1000 - 0.113, 113_000_000]);
    expect(record.instrumentationScope.name).toBe('Orders');
    expect(record.resource.attributes).toMatchObject({ 'service.name': 'shop' });
    expect(record.body).toBe('it broke');
    expect(record.attributes).toEqual({
      'log.record.uid': `${store.epoch}-${entry.id}`,
      'service.instance.id': 'web-1',
      'code.namespace': 'Orders',
      'exception.stacktrace': 'Error: it broke\n    at x',
      'request.id': 'r-1',
      'operation.id': 'op-1',
      data: { sku: 'A', list: [1, { b: 2 }] },
    });
    expect(record.spanContext).toBeUndefined();
  });

  it('puts it in its trace', async () => {
    const ids = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
    const [record] = await emitted([{ level: 'log', message: 'traced', ...ids }]);
    expect(record.spanContext).toMatchObject(ids);
    // Where the sink runs is another matter.
    expect(trace.getActiveSpan()).toBeUndefined();
  });

  it('takes the global provider, also one that is registered later', async () => {
    const sink = otelSink();
    logs.setGlobalLoggerProvider(provider);
    store.append({ level: 'log', message: 'global' });
    await sink.write(store.read({ limit: 1 }), new AbortController().signal);
    expect(exporter.getFinishedLogRecords().map(({ body }) => body)).toEqual(['global']);
  });

  it('takes one logger for all contexts where it is given one', async () => {
    const logger = provider.getLogger('mine');
    const found = await emitted([{ level: 'log', context: 'A', message: 'a' }], { logger });
    expect(found[0].instrumentationScope.name).toBe('mine');
    expect(found[0].attributes).toMatchObject({ 'code.namespace': 'A' });
  });

  it('does not make a scope of each of very many contexts', async () => {
    const found = await emitted(
      Array.from({ length: 1500 }, (_, index) => ({
        level: 'log' as const,
        context: `C${index}`,
        message: 'x',
      })),
    );
    expect(found).toHaveLength(1500);
    expect(new Set(found.map(({ instrumentationScope }) => instrumentationScope.name)).size).toBeLessThan(
      1010,
    );
  });
});
