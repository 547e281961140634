import {
  MAX_SET_LEVELS,
  type ChangedLevel,
  type ContextLevel,
  type ContextLevels,
  type LevelChange,
  type LevelOverview,
  type LevelRequest,
  type SetLevel,
  type ShareableLevels,
} from '../domain/context-levels.js';
import { DEFAULT_TTL_SECONDS } from '../domain/level-problems.js';
import { LOG_LEVELS } from '../domain/log-level.js';
import { type TextRedactor } from '../domain/text-redactor.js';
import { visibleName } from '../domain/visible-name.js';
import { type LevelTable } from './level-table.js';

interface Held extends SetLevel {
  /** RFC 3339. */
  readonly expiresAt: string;
  /** The same by the clock that never jumps. */
  readonly endsAt: number;
  readonly timer: NodeJS.Timeout;
}

/** The levels that were set at run time: each ends by itself, and whoever listens is told of each change. */
export class LevelControl implements ContextLevels, ShareableLevels {
  readonly #table: LevelTable;
  readonly #redactor: TextRedactor;
  readonly #held = new Map<string, Held>();
  readonly #listeners = new Set<(change: LevelChange) => void>();
  #share: (context: string, state: SetLevel | undefined) => void = () => undefined;

  constructor(table: LevelTable, redactor: TextRedactor) {
    this.#table = table;
    this.#redactor = redactor;
  }

  /** Calls the listener after each change that was made here, or came by itself; it must not throw. Returns how to stop it. */
  onChange(listener: (change: LevelChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onSet(listener: (context: string, state: SetLevel | undefined) => void): void {
    this.#share = listener;
  }

  list(): LevelOverview {
    this.#endLate();
    const contexts = Object.create(null) as Record<string, ContextLevel>;
    for (const name of this.#table.names()) {
      const shown = this.#shown(name);
      const level = this.#levelOf(name);
      // Two names may look the same once they are redacted.
      const lines = level.lines + (contexts[shown]?.lines ?? 0);
      contexts[shown] = { ...level, lines };
    }
    const { otherLines } = this.#table;
    return { levels: LOG_LEVELS, contexts, ...(otherLines === 0 ? {} : { others: { lines: otherLines } }) };
  }

  set(context: string, request: LevelRequest, by: string): ChangedLevel | undefined {
    this.#endLate();
    const from = this.#held.get(context)?.level;
    if (from === undefined && this.#held.size >= MAX_SET_LEVELS) return undefined;
    const { level, ttlSeconds = DEFAULT_TTL_SECONDS, reason = '' } = request;
    const setBy = this.#shown(by);
    const said = reason === '' ? {} : { reason: this.#shown(reason) };
    const state = { level, ttlMs: ttlSeconds * 1000, setBy, ...said };
    const { expiresAt } = this.#hold(context, state);
    this.#share(context, state);
    const change = this.#tell(context, {
      from,
      to: level,
      by: setBy,
      until: expiresAt,
      ...said,
      expired: false,
    });
    return { level: this.#levelOf(context), change };
  }

  reset(context: string, by: string): ChangedLevel {
    this.#endLate();
    const from = this.#held.get(context)?.level;
    if (from === undefined) return { level: this.#levelOf(context) };
    this.#letGo(context);
    this.#share(context, undefined);
    const change = this.#tell(context, { from, to: undefined, by: this.#shown(by), expired: false });
    return { level: this.#levelOf(context), change };
  }

  accept(context: string, state: SetLevel | undefined): void {
    if (state === undefined) this.#letGo(context);
    else this.#hold(context, state);
  }

  /** Nothing ends by itself from here on. */
  close(): void {
    for (const { timer } of this.#held.values()) clearTimeout(timer);
  }

  #hold(context: string, state: SetLevel): Held {
    clearTimeout(this.#held.get(context)?.timer);
    const { ttlMs } = state;
    const held: Held = {
      ...state,
      expiresAt: new Date(Date.now() + ttlMs).toISOString(),
      endsAt: performance.now() + ttlMs,
      timer: setTimeout(() => this.#end(context), ttlMs).unref(),
    };
    this.#held.set(context, held);
    this.#table.set(context, state.level);
    return held;
  }

  #letGo(context: string): void {
    clearTimeout(this.#held.get(context)?.timer);
    this.#held.delete(context);
    this.#table.set(context, undefined);
  }

  /** A timer is late where the process was busy. */
  #endLate(): void {
    const now = performance.now();
    for (const [context, { endsAt }] of this.#held) if (endsAt <= now) this.#end(context);
  }

  #end(context: string): void {
    const held = this.#held.get(context);
    if (held === undefined) return;
    this.#letGo(context);
    this.#tell(context, { from: held.level, to: undefined, by: held.setBy, expired: true });
  }

  #tell(context: string, changed: Omit<LevelChange, 'context' | 'effective'>): LevelChange {
    const change = { context: this.#shown(context), effective: this.#table.effective(context), ...changed };
    for (const listener of [...this.#listeners]) listener(change);
    return change;
  }

  #levelOf(name: string): ContextLevel {
    const held = this.#held.get(name);
    return {
      configured: held?.level ?? null,
      effective: this.#table.effective(name),
      lines: this.#table.linesOf(name),
      ...(held && { expiresAt: held.expiresAt, setBy: held.setBy }),
      ...(held?.reason === undefined ? {} : { reason: held.reason }),
    };
  }

  #shown(text: string): string {
    return visibleName(text, this.#redactor);
  }
}
