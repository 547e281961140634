import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LogRecord } from '../../domain/log-entry.js';
import { describeLogSource } from '../../testing/index.js';
import { FileSource } from './file.source.js';

describeLogSource(
  'FileSource',
  ({ instance = 'test' }) => {
    const directory = mkdtempSync(join(tmpdir(), 'log-console-file-'));
    const path = join(directory, 'app.log');
    writeFileSync(path, '');
    const source = new FileSource({ id: 'app', path, format: 'json', instance });
    return {
      source,
      write: (records) => {
        const lines = records.map(lineOf);
        appendFileSync(path, lines.map((line) => `${line}\n`).join(''));
      },
      close: () => {
        source.close();
        rmSync(directory, { recursive: true });
      },
    };
  },
  {
    dense: false,
    bounded: false,
    fields: ['time', 'level', 'context', 'stack', 'data', 'requestId', 'traceId', 'spanId'],
  },
);

/** A record as pino and winston write it: what they cannot say is left out. */
function lineOf(record: LogRecord): string {
  const { data, operation: _, instance: __, truncated: ___, continues: ____, ...rest } = record;
  return JSON.stringify({ time: new Date().toISOString(), ...rest, ...(data as object | undefined) });
}
