import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type LogBatch, type LogConsoleOptions } from 'nestjs-log-console';
import { type Adapter } from '../support/host-app.js';
import { createLogHost, type LogHost } from '../reading/log-host.js';

/** A host whose console reads the file `app.log` under the id `app`, and the directory `logs` under the id `logs`. */
export interface FileHost extends LogHost {
  /** A folder of its own, for `app.log`, `logs` and what lies outside. */
  readonly folder: string;
  /** Appends to a file of the folder; makes it and its directories where they are missing. */
  readonly write: (path: string, text: string) => void;
  /** One batch of `GET files/:id/entries`. */
  readonly batch: (query?: string, id?: string) => Promise<LogBatch>;
}

export async function createFileHost(
  adapter: Adapter,
  options: LogConsoleOptions | ((folder: string) => LogConsoleOptions) = {},
): Promise<FileHost> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'log-console-files-')));
  const host = await createLogHost(adapter, {
    files: [
      { id: 'app', path: join(folder, 'app.log'), name: 'The application' },
      { id: 'logs', directory: join(folder, 'logs') },
    ],
    ...(typeof options === 'function' ? options(folder) : options),
  });
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    appendFileSync(join(folder, path), text);
  };
  return {
    ...host,
    folder,
    write,
    batch: async (query = '', id = 'app') => {
      const reply = await host.ask(`files/${id}/entries?${query}`);
      if (reply.status !== 200) throw new Error(`${reply.status} ${reply.text}`);
      return reply.json as LogBatch;
    },
    close: async () => {
      await host.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** `line 0`, `line 1`, … with their ends. */
export function plainLines(count: number, from = 0): string {
  return Array.from({ length: count }, (_, index) => `line ${from + index}\n`).join('');
}

/** A line as Nest's ConsoleLogger writes it with `json: true`. */
export function jsonLine(fields: {
  level: string;
  message: string;
  context?: string;
  timestamp?: number;
}): string {
  return `${JSON.stringify({ pid: 1, timestamp: Date.parse('2026-11-20T08:15:42.113Z'), ...fields })}\n`;
}
