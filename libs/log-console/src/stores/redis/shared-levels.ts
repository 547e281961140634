import { MAX_SET_LEVELS, type SetLevel, type ShareableLevels } from '../../domain/context-levels.js';
import { isContextName, isLevel, MAX_LEVEL_TEXT, MAX_TTL_SECONDS } from '../../domain/level-problems.js';
import { type TextRedactor } from '../../domain/text-redactor.js';
import { visibleName } from '../../domain/visible-name.js';
import { type RedisDriver } from './driver.js';
import { type RedisLog } from './redis-log.js';

/** How often it is asked whether a level was set elsewhere: a nudge may be lost, or not be allowed. */
const LOOK_MS = 2000;

export interface SharedLevelsOptions {
  readonly levels: ShareableLevels;
  readonly redactor: TextRedactor | undefined;
  /** Makes the connection that hears of levels set elsewhere. */
  readonly listen: (onNudge: () => void) => RedisDriver;
  /** Called when this process has taken what was set. */
  readonly onTaken: () => void;
}

/** A change made here that is not in Redis yet; `endsAt` by the clock that never jumps. */
interface Change {
  readonly state: SetLevel | undefined;
  readonly endsAt: number;
}

/**
 * The levels that were set, in a hash that all processes read when a connection is made, and when its version has changed:
 * who sets one nudges the others. What was set while Redis was away goes there when it is back.
 */
export class SharedLevels {
  readonly #log: RedisLog;
  readonly #driver: RedisDriver;
  readonly #options: SharedLevelsOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #nudges: RedisDriver;
  readonly #changes = new Map<string, Change>();
  /** What of Redis holds here. */
  readonly #taken = new Map<string, string>();
  /** What has ended, and still stands in Redis. */
  readonly #over = new Set<string>();
  #version: number | undefined;
  #isAtWork = false;
  #isAskedAgain = false;

  constructor(log: RedisLog, driver: RedisDriver, options: SharedLevelsOptions) {
    this.#log = log;
    this.#driver = driver;
    this.#options = options;
    this.#timer = setInterval(() => void this.#look(), LOOK_MS).unref();
    options.levels.onSet((context, state) => {
      this.#changes.set(context, { state, endsAt: performance.now() + (state?.ttlMs ?? 0) });
      void this.#look();
    });
    driver.onChange(() => {
      this.#version = undefined;
      void this.#look();
    });
    this.#nudges = options.listen(() => void this.#look());
    // What was set while nobody listened here.
    this.#nudges.onChange((isUp) => isUp && void this.#look());
    this.#nudges.start();
    void this.#look();
  }

  /** The levels this process has. */
  get version(): number {
    return this.#version ?? 0;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#nudges.stop();
  }

  async #look(): Promise<void> {
    if (this.#isAtWork) {
      this.#isAskedAgain = true;
      return;
    }
    this.#isAtWork = true;
    try {
      do {
        this.#isAskedAgain = false;
        if (this.#driver.isUp) await this.#exchange();
      } while (this.#isAskedAgain);
    } catch {
      // It is away again, or will not be written to: the next look is soon.
    } finally {
      this.#isAtWork = false;
    }
  }

  async #exchange(): Promise<void> {
    await this.#writeChanges();
    const version = await this.#log.levelsVersion();
    if (version === this.#version) return;
    // Redis has lost them; each process still knows what holds.
    if (version === 0 && this.#taken.size > 0) await this.#log.writeLevels(this.#taken);
    const now = await this.#log.clock();
    const { version: read, states } = await this.#log.levels();
    const over = [...states].filter(([, json]) => this.#state(json, now) === undefined);
    for (const [context] of over) this.#over.add(context);
    this.#take(states, now);
    this.#version = read;
    this.#options.onTaken();
  }

  async #writeChanges(): Promise<void> {
    if (this.#changes.size === 0) return;
    const changes = [...this.#changes];
    const now = await this.#log.clock();
    const states = changes.map(([context, { state, endsAt }]) => {
      const until = Math.round(now + endsAt - performance.now());
      const json = state && JSON.stringify({ ...state, ttlMs: undefined, until });
      return [context, json] as const;
    });
    const over = [...this.#over].map((context) => [context, undefined] as const);
    await this.#log.writeLevels(new Map([...over, ...states]));
    this.#over.clear();
    for (const [context, json] of states) {
      if (json === undefined) this.#taken.delete(context);
      else this.#taken.set(context, json);
    }
    // One that was changed again meanwhile is written again.
    for (const [context, change] of changes)
      if (this.#changes.get(context) === change) this.#changes.delete(context);
  }

  #take(states: ReadonlyMap<string, string>, now: number): void {
    const { levels } = this.#options;
    for (const [context, json] of this.#taken) {
      // Here it has ended by itself, as everywhere.
      const isOver = this.#state(json, now) === undefined;
      if (!isOver && (states.has(context) || this.#changes.has(context))) continue;
      this.#taken.delete(context);
      if (!isOver) levels.accept(context, undefined);
    }
    for (const [context, json] of states) {
      if (this.#taken.get(context) === json || this.#changes.has(context)) continue;
      const state = isContextName(context) ? this.#state(json, now) : undefined;
      if (state === undefined || this.#taken.size >= MAX_SET_LEVELS) continue;
      this.#taken.set(context, json);
      levels.accept(context, state);
    }
  }

  /** Undefined for what is over, and for what somebody else has put there. */
  #state(json: string, now: number): SetLevel | undefined {
    let written: { level?: unknown; until?: unknown; setBy?: unknown; reason?: unknown };
    try {
      written = (JSON.parse(json) ?? {}) as typeof written;
    } catch {
      return undefined;
    }
    const { level, until, setBy, reason = '' } = written;
    const ttlMs = Number(until) - now;
    if (!isLevel(level) || !(ttlMs > 0 && ttlMs <= MAX_TTL_SECONDS * 1000)) return undefined;
    if (typeof setBy !== 'string' || typeof reason !== 'string') return undefined;
    const said = reason === '' ? {} : { reason: this.#shown(reason) };
    return { level, ttlMs, setBy: this.#shown(setBy), ...said };
  }

  #shown(text: string): string {
    const { redactor } = this.#options;
    const cut = text.slice(0, MAX_LEVEL_TEXT);
    return redactor ? visibleName(cut, redactor) : cut;
  }
}
