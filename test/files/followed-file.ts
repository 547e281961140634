import { fstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type FileOptions, type LogBatch } from 'nestjs-log-console';
import { bearer, OPERATOR } from '../access/people.js';
import { EventReader } from '../reading/event-reader.js';
import { createLogHost, epochOf, eventually, idOf, type LogHost } from '../reading/log-host.js';
import { createFileHost, type FileHost } from './file-host.js';
import { LINES, numberOf, numbersIn } from './account.js';

const isAtEnd = (batch: LogBatch | undefined): boolean =>
  batch?.entries.some(({ message }) => numberOf(message) === LINES) ?? false;

/**
 * A file that is followed over HTTP while it is written: a stream of one host and the polls of another. Each has its
 * own memory of the disk.
 */
export class FollowedFile {
  private constructor(
    readonly host: FileHost,
    readonly other: LogHost,
    readonly stream: EventReader,
    /** What was polled so far. */
    readonly polling: readonly LogBatch[],
    readonly polled: Promise<LogBatch[]>,
    readonly path: string,
  ) {}

  static async open(options: Partial<FileOptions> = {}, name = 'app.log'): Promise<FollowedFile> {
    const file = { id: 'app', format: 'plain', ...options } as const;
    let path = '';
    const host = await createFileHost('fastify', (folder) => {
      path = join(folder, name);
      return { files: [{ ...file, path }] };
    });
    const other = await createLogHost('express', { files: [{ ...file, path }] });
    const stream = await EventReader.open(host.at('files/app/stream?after=0'), bearer(OPERATOR));
    await stream.first('hello');
    const polling: LogBatch[] = [];
    return new FollowedFile(host, other, stream, polling, pollOn(other, '0', polling), path);
  }

  get folder(): string {
    return this.host.folder;
  }

  /**
   * Resolves when both keep the file open that is there now, not only for a read: to delete it takes nothing from
   * them. Not before it has been there for a while: so many at once are kept open, and each is read for a second.
   */
  async isHeld(): Promise<void> {
    const { ino } = statSync(this.path);
    let kept: string[] = [];
    for (let looks = 0; looks < 40; looks++) {
      const open = readdirSync('/proc/self/fd').filter((fd) => isOpen(Number(fd), ino));
      kept = looks === 0 ? open : kept.filter((fd) => open.includes(fd));
      if (kept.length < 2) looks = -1;
      await setTimeout(10);
    }
  }

  /** Resolves when both have got the first lines. */
  async hasBegun(): Promise<void> {
    await eventually(() =>
      [this.stream.batches, this.polling].every((got) => got.some(({ entries }) => entries.length > 0)),
    );
  }

  /** What the stream sent, once it has sent the last line. */
  async streamed(): Promise<LogBatch[]> {
    let seen = 0;
    let hasEnded = false;
    await this.stream.until(() => {
      const news = this.stream.events.slice(seen);
      seen += news.length;
      return (hasEnded ||= news.some(
        ({ event, data }) => event === 'message' && isAtEnd(data as unknown as LogBatch),
      ));
    });
    return this.stream.batches;
  }

  /** What somebody gets who comes afterwards, page by page from the newest to the oldest; in the order of the lines. */
  async pagedBack(): Promise<LogBatch[]> {
    const batches = [await this.host.batch('limit=5000')];
    for (;;) {
      const { prev } = batches[0];
      const older = await this.host.batch(`limit=5000&before=${prev}`);
      if (older.prev === prev) return batches;
      batches.unshift(older);
    }
  }

  /** What somebody gets who reads on from the oldest line. */
  async readOn([oldest]: readonly LogBatch[]): Promise<LogBatch[]> {
    return pollOn(this.other, `${epochOf(oldest.prev)}-${idOf(oldest.prev) - 1}`);
  }

  /** The numbers of the lines in the files. */
  linesOnDisk(): number[] {
    return linesIn(this.folder);
  }

  async close(): Promise<void> {
    this.stream.close();
    await this.other.close();
    await this.host.close();
  }
}

function isOpen(fd: number, inode: number): boolean {
  try {
    return fstatSync(fd).ino === inode;
  } catch {
    return false; // it was closed since
  }
}

/** The numbers of the lines in the log files of a folder, compressed ones left out. */
export function linesIn(folder: string): number[] {
  const files = readdirSync(folder).filter((name) => name.includes('app') && !name.endsWith('.gz'));
  return files
    .flatMap((name) => numbersIn(readFileSync(join(folder, name), 'utf8')))
    .filter((number) => !Number.isNaN(number))
    .sort((a, b) => a - b);
}

/** Polls until the last line came. */
async function pollOn(host: LogHost, after: string, batches: LogBatch[] = []): Promise<LogBatch[]> {
  for (let cursor = after; !isAtEnd(batches.at(-1));) {
    const { status, json, text } = await host.ask(`files/app/entries?limit=5000&wait=5&after=${cursor}`);
    if (status !== 200) throw new Error(`${status} ${text}`);
    batches.push(json as LogBatch);
    cursor = (json as LogBatch).next;
  }
  return batches;
}
