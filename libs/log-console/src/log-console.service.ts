import { Inject, Injectable } from '@nestjs/common';
import { type Observable } from 'rxjs';
import { type LogBatch } from './domain/log-batch.js';
import { type LogEntry } from './domain/log-entry.js';
import { LogFiles, type LogFile } from './domain/log-files.js';
import {
  LogStore,
  type Cleared,
  type ClearRequest,
  type LogSource,
  type ReadRequest,
} from './domain/log-source.js';
import { type LogStats, type LogStatsProvider } from './domain/log-stats.js';
import { TextRedactor } from './domain/text-redactor.js';
import { OpenStreams } from './http/open-streams.js';
import { LogCapture } from './logger/log-capture.js';
import { follow, type FollowOptions } from './reading/follow.js';
import { MemoryStore } from './stores/memory/memory.store.js';

/** What application code injects: everything HTTP can do with the log, code can do. */
@Injectable()
export class LogConsoleService implements LogStatsProvider {
  /** @internal */
  constructor(
    @Inject(MemoryStore) private readonly ring: MemoryStore,
    @Inject(LogStore) private readonly store: LogStore,
    @Inject(LogCapture) private readonly capture: LogCapture,
    @Inject(OpenStreams) private readonly open: OpenStreams,
    @Inject(TextRedactor) private readonly redactor: TextRedactor,
    @Inject(LogFiles) private readonly logFiles: LogFiles,
  ) {}

  /** Every entry of this process as it is accepted, in id order. An observer that throws is unsubscribed; one that logs is answered after it returns. */
  get entries$(): Observable<LogEntry> {
    return this.ring.entries$;
  }

  /** One batch; without a cursor the newest `limit` (default 500). Never rejects: a cursor nobody knows is answered with a gap. */
  async read(request: Partial<ReadRequest> = {}): Promise<LogBatch> {
    return this.store.read({ ...request, limit: request.limit ?? 500 });
  }

  /** Reads to the end, then keeps up, until the signal aborts or the loop is left. An empty batch is the heartbeat. */
  follow(options: FollowOptions = {}): AsyncGenerator<LogBatch, void, void> {
    return follow(this.store, options);
  }

  /**
   * Removes everything up to `upTo` (default: the newest) from the live buffer; `by` is named in the entry that says so.
   * Rejects with an UnknownCursorError for a cursor of another epoch or beyond the newest: then nothing was cleared.
   */
  async clear(request: ClearRequest = {}): Promise<Cleared> {
    return this.store.clear(request);
  }

  /** The log files of the option `files`, as they are now. */
  files(): Promise<LogFile[]> {
    return this.logFiles.list();
  }

  /** One of them, by its id, to be read or given to {@link follow}; undefined for an id nobody knows. */
  file(id: string): Promise<LogSource | undefined> {
    return this.logFiles.find(id);
  }

  /** The counters. At rest, attempted = accepted.total + belowLevel + rejected + suppressed, the module's own lines included. */
  async stats(): Promise<LogStats> {
    const stored = await this.store.stats();
    const { belowLevel, rejected, suppressed } = this.capture.stats;
    return {
      ...stored,
      belowLevel,
      rejected: stored.rejected + rejected,
      suppressed,
      readers: this.open.counts,
      redactions: this.redactor.counts,
      sinks: {},
    };
  }
}
