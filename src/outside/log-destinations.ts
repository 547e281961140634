import { fileSink, type LogSink, webhookSink } from 'nestjs-log-console';
import { otelSink } from 'nestjs-log-console/opentelemetry';
import { logPath } from '../log-path.js';
import { readPort } from '../settings.js';
import { ALARM_SECRET } from './alarm-secret.js';
import { loggerProvider } from './telemetry.js';

/** Where the log goes beside the console: a file, the alarms for errors, OpenTelemetry. */
export function logDestinations(): LogSink[] {
  const port = readPort();
  const file = fileSink({ path: logPath('warehouse.ndjson'), maxBytes: 4 * 1024 ** 2, keep: { files: 3 } });
  const alarms = webhookSink({
    url: `http://127.0.0.1:${port}/alarms`,
    name: 'alarms',
    secret: ALARM_SECRET,
    maxEntries: 20,
    allowPrivate: true,
  });
  // With port 0 nobody knows yet where it will be.
  return [file, ...(port === 0 ? [] : [alarms]), otelSink({ provider: loggerProvider, level: 'log' })];
}
