import { Logger, type LoggerService } from '@nestjs/common';
import { type LogRecord } from '../domain/log-entry.js';
import { type LogLevel } from '../domain/log-level.js';
import { toJsonText } from '../domain/to-json-text.js';
import { utf8Length } from '../domain/utf8.js';
import { captureConsole } from './capture-console.js';
import { captureProcess } from './capture-process.js';
import { LogConsoleLogger, type LogTarget } from './log-console.logger.js';

const EARLY_RECORDS = 1000;
const EARLY_DATA_BYTES = 16 * 1024;
/** One less than the store keeps: the mark that tells of the others is a key, too. */
const EARLY_DATA_KEYS = 199;
const HUB = Symbol.for('nestjs-log-console');

/** What one application wants of the tap. */
export interface TapClient {
  readonly target: LogTarget;
  /** Who prints its lines: a logger, nobody, or (undefined) the logger that was there. */
  readonly forward: LoggerService | false | undefined;
  /** Swap the logger in; false leaves it to `app.useLogger()`. */
  readonly attach: boolean;
  readonly console: boolean;
  readonly process: boolean;
}

/**
 * The one place per process where the logger is swapped. With several applications each target gets each line once,
 * and each line is forwarded once to each logger; when the last application closes, the logger that was there is back.
 */
export class LoggerTap {
  readonly logger = new LogConsoleLogger();
  readonly #clients = new Set<TapClient>();
  /** Lines from before the first application: nobody has a ring yet. */
  #early: LogRecord[] | undefined = [];
  #earlyLost = 0;
  /** Swapped in by us, not by the application. */
  #attached = false;
  /** The logger that was there when ours was not. */
  #original: LoggerService | undefined;
  #stopConsole: (() => void) | undefined;
  #stopProcess: (() => void) | undefined;

  /** The tap of this process, shared by the ESM and the CommonJS copy of this package. */
  static get(): LoggerTap {
    const global = globalThis as { [HUB]?: LoggerTap };
    return (global[HUB] ??= new LoggerTap());
  }

  /**
   * Swaps the logger in, or does nothing when it is already there. Called at several points of the boot,
   * because Nest sets its logger at several points and each alone misses lines.
   */
  attach(): void {
    if (CurrentLogger.get() === this.logger) return;
    this.#attached = true;
    this.#update();
    Logger.overrideLogger(this.logger);
  }

  /** Adds an application: from now on its target gets every line, first those that came before the first target. */
  add(client: TapClient): void {
    this.#clients.add(client);
    this.#flushEarly(client.target);
    if (client.attach) this.attach();
    this.#update();
  }

  /** Removes an application; the last one gives everything back. */
  remove(client: TapClient): void {
    if (!this.#clients.delete(client)) return;
    if (this.#clients.size === 0) {
      this.#early = [];
      this.#restore();
    } else {
      this.#update();
    }
  }

  /** Gives the logger back unless an application wants it: after `forRoot` attached ahead of an `attach: false`. */
  release(): void {
    if (this.#attached && ![...this.#clients].some((client) => client.attach)) this.#restore();
  }

  /** Has a line printed for one application, by whoever prints its lines; it is captured nowhere. */
  print(forward: TapClient['forward'], level: LogLevel, message: string): void {
    const current = CurrentLogger.get();
    const logger = forward ?? (current === this.logger ? this.#original : current);
    if (logger && logger !== this.logger) this.logger.print(logger, level, message, 'LogConsole');
  }

  #restore(): void {
    if (CurrentLogger.get() === this.logger) Logger.overrideLogger(this.#original ?? false);
    this.#attached = false;
    this.#update();
  }

  #update(): void {
    const current = CurrentLogger.get();
    if (current !== this.logger) this.#original = current;
    const clients = [...this.#clients];
    const early = { append: (record: LogRecord) => this.#keepEarly(record), reject: () => this.#loseEarly() };
    this.logger.targets = clients.length > 0 ? clients.map(({ target }) => target) : [early];
    const forwards = (clients.length > 0 ? clients : [{ forward: undefined }])
      .map(({ forward }) => forward ?? this.#original)
      .filter((logger) => logger !== undefined && logger !== false)
      .filter((logger) => logger !== this.logger);
    this.logger.forwards = [...new Set(forwards)];

    this.#stopConsole = this.#toggle('console', this.#stopConsole);
    this.#stopProcess = this.#toggle('process', this.#stopProcess);
  }

  #toggle(what: 'console' | 'process', stop: (() => void) | undefined): (() => void) | undefined {
    const wanted = [...this.#clients].some((client) => client[what]);
    if (wanted === (stop !== undefined)) return stop;
    stop?.();
    if (!wanted) return undefined;
    const capture = (record: LogRecord): void => {
      for (const client of this.#clients) if (client[what]) client.target.append(record);
    };
    if (what === 'process') return captureProcess(capture);
    // Node prints a warning through console too: it is captured once, as a warning.
    const ignores = (text: string): boolean =>
      this.logger.forwarding || (this.#stopProcess !== undefined && text.startsWith(`(node:${process.pid})`));
    return captureConsole(capture, ignores);
  }

  #keepEarly(record: LogRecord): void {
    if (!this.#early) return;
    if (this.#early.length >= EARLY_RECORDS) this.#loseEarly();
    else this.#early.push({ ...record, time: new Date().toISOString(), ...earlyData(record) });
  }

  #loseEarly(): void {
    this.#earlyLost++;
  }

  #flushEarly(target: LogTarget): void {
    for (const record of this.#early ?? []) target.append(record);
    const lost = this.#earlyLost;
    for (let count = 0; count < lost; count++) target.reject();
    if (lost > 0) {
      const message = `${lost} early lines were lost: ${EARLY_RECORDS} are kept until there is a store.`;
      target.append({ level: 'warn', context: 'LogConsole', message });
    }
    this.#early = undefined;
    this.#earlyLost = 0;
  }
}

/** Parameters may change before the ring exists, so their JSON is taken now. */
function earlyData({ data, message, stack = '' }: LogRecord): Pick<LogRecord, 'data' | 'truncated'> {
  if (data === undefined) return {};
  const { json, dropped } = toJsonText(data, EARLY_DATA_BYTES, EARLY_DATA_KEYS);
  const kept = utf8Length(message) + utf8Length(stack) + utf8Length(json);
  const truncated = dropped > 0 ? { truncated: { bytes: kept + dropped, kept } } : {};
  return { data: JSON.parse(json) as unknown, ...truncated };
}

/** The legal way to read Logger's protected static. */
class CurrentLogger extends Logger {
  static get(): LoggerService | undefined {
    return this.staticInstanceRef;
  }
}
