import { type ContextLinks, type ContextRequest, type LogContext } from '../domain/log-context.js';
import { type LogRecord } from '../domain/log-entry.js';
import { levelIndex } from '../domain/log-level.js';
import { type CaptureStats } from '../domain/log-stats.js';
import { LevelTable } from './level-table.js';
import { type LogTarget } from './log-console.logger.js';

/** Where captured lines go, with what their context adds to them. */
export interface CaptureStore {
  append(record: LogRecord, links?: ContextLinks): void;
}

/** What of the context of a line one application makes use of. */
export interface CaptureContext {
  /** Asked for each line. */
  readonly current: () => LogContext | undefined;
  /** Whether lines that are written while the module serves one of its own routes are captured. */
  readonly ownRequests: boolean;
  /** Told of each line of a request, by the id it carries. */
  readonly keep: (requestId: string, request: ContextRequest) => void;
}

const NO_CONTEXT: CaptureContext = { current: () => undefined, ownRequests: true, keep: () => undefined };
const ERROR = levelIndex('error');

/** One application's share of the lines: those of the levels it wants go to its store, the others are counted. */
export class LogCapture implements LogTarget {
  readonly #levels: LevelTable;
  readonly #store: CaptureStore;
  readonly #context: CaptureContext;
  #belowLevel = 0;
  #rejected = 0;
  #suppressed = 0;

  constructor(store: CaptureStore, levels = new LevelTable(), context = NO_CONTEXT) {
    this.#levels = levels;
    this.#store = store;
    this.#context = context;
  }

  append(record: LogRecord): void {
    const counted = this.#levels.of(record.context);
    if ((counted.wanted & (1 << levelIndex(record.level))) === 0) {
      this.#belowLevel++;
      return;
    }
    const context = this.#context.current();
    if (context?.request !== undefined && this.#isOfOurs(context.request, record)) {
      this.#suppressed++;
      return;
    }
    counted.lines++;
    if (context === undefined) this.#store.append(record);
    else this.#appendIn(context, record);
  }

  reject(): void {
    this.#rejected++;
  }

  get stats(): CaptureStats {
    return { belowLevel: this.#belowLevel, rejected: this.#rejected, suppressed: this.#suppressed };
  }

  #appendIn({ links, request }: LogContext, record: LogRecord): void {
    if (request !== undefined && links?.requestId !== undefined) this.#context.keep(links.requestId, request);
    this.#store.append(record, links);
  }

  #isOfOurs({ isOurs }: ContextRequest, record: LogRecord): boolean {
    return isOurs && !this.#context.ownRequests && isNoise(record);
  }
}

/** What a request logger writes; the module's own lines and what is grave are none. */
function isNoise({ level, context }: LogRecord): boolean {
  return levelIndex(level) < ERROR && context !== 'LogConsole';
}
