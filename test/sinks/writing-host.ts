import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LogBatch, type LogEntry, type LogStats } from 'nestjs-log-console';
import { bearer, OPERATOR, PEOPLE } from '../access/people.js';
import { type AppFolder, type RunningApp } from '../support/app-process.js';
import { type Adapter } from '../support/host-app.js';
import { request } from '../support/http-client.js';

const SETUP = join(import.meta.dirname, 'writing-app.ts');

/** An application that writes its log to a file, in a process of its own. */
export interface WritingHost extends RunningApp {
  readonly work: (what: string) => Promise<void>;
  readonly at: (path: string) => string;
  readonly entries: (query: string) => Promise<LogBatch>;
  readonly stats: () => Promise<LogStats>;
}

export async function startWriting(
  folder: AppFolder,
  adapter: Adapter,
  file: LogFileOfTest,
): Promise<WritingHost> {
  const app = await folder.start(adapter, {
    terminal: false,
    setup: SETUP,
    env: {
      PATH_OF_FILE: file.path,
      CONSOLE: JSON.stringify({
        access: { tokens: PEOPLE },
        forward: false,
        instance: 'web-1',
        capacity: 20_000,
      }),
      NODE_OPTIONS: '--max-old-space-size=100',
    },
  });
  const url = `http://127.0.0.1:${app.port}`;
  const at = (path: string): string => `${url}/log-console/api/${path}`;
  const ask = async (address: string): Promise<unknown> => {
    const { status, json, text } = await request(address, { headers: bearer(OPERATOR) });
    if (status !== 200) throw new Error(`${address}: ${status} ${text}`);
    return json;
  };
  return {
    ...app,
    at,
    work: async (what) => {
      await ask(`${url}/work/${what}`);
    },
    entries: async (query) => (await ask(at(`entries?${query}`))) as LogBatch,
    stats: async () => (await ask(at('stats'))) as LogStats,
  };
}

/** A log file that a test has written, and reads. */
export class LogFileOfTest {
  readonly folder = mkdtempSync(join(tmpdir(), 'log-console-file-'));
  readonly path: string;

  constructor(folder?: string) {
    this.path = join(folder ?? this.folder, 'app.log');
  }

  get text(): string {
    return readFileSync(this.path, 'utf8');
  }

  /** Its whole lines, each of them parsed: it throws where one is broken. */
  get lines(): Partial<LogEntry>[] {
    return this.text
      .slice(0, this.text.lastIndexOf('\n') + 1)
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as LogEntry);
  }

  /** The entries among them. */
  get entries(): LogEntry[] {
    return this.lines.filter(({ id }) => id !== undefined) as LogEntry[];
  }

  get messages(): string[] {
    return this.entries.map(({ message }) => message);
  }

  /** What the application noted of each line of a burst, once it was logged. */
  get notes(): { index: number; isError: boolean; at: number }[] {
    return readFileSync(`${this.path}.notes`, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split(' '))
      .map(([index, level, at]) => ({ index: Number(index), isError: level === 'error', at: Number(at) }));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
