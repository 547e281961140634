import { type LogLevel } from './log-level.js';

/** The level of a context, or of all that begin with a text (`Orders*`), or of all (`*`), at one moment. */
export interface ContextLevel {
  /** What was set at run time; null where nothing is. */
  readonly configured: LogLevel | null;
  /** The lowest level that is captured: by what was set for it or for what it is part of, or by the options. */
  readonly effective: LogLevel;
  /** Lines captured since the start. Of a beginning: of the contexts whose level it decides. */
  readonly lines: number;
  /** When what was set ends by itself, RFC 3339. */
  readonly expiresAt?: string;
  /** Who set it. */
  readonly setBy?: string;
  /** Why, as they said. */
  readonly reason?: string;
}

/** The levels of all contexts that are known: those that logged, those of the options, those that were set. */
export interface LevelOverview {
  /** The levels there are, lowest first. */
  readonly levels: readonly LogLevel[];
  /** By the name of the context; `*` is always there. */
  readonly contexts: Readonly<Record<string, ContextLevel>>;
  /** The contexts that are not told apart, because there were too many; absent while there are none. */
  readonly others?: {
    /** Their lines captured. */
    readonly lines: number;
  };
}

/** A level to set for some time. */
export interface LevelRequest {
  /** The lowest level to capture; `error` and `fatal` always pass. */
  readonly level: LogLevel;
  /** For how long, 1 to 86,400. Default 1800: half an hour. */
  readonly ttlSeconds?: number | undefined;
  /** Why: a text of at most 200 characters. */
  readonly reason?: string | undefined;
}

/** How code sets a level. */
export interface SetLevelOptions extends Omit<LevelRequest, 'level'> {
  /** Who sets it, 1 to 200 characters. Default: `The application`. */
  readonly by?: string | undefined;
}

/** A level that was set, reset or ended by itself. Its texts are redacted, their control characters shown. */
export interface LevelChange {
  /** A context, a beginning and `*`, or `*`. */
  readonly context: string;
  /** What was set before; undefined: nothing. */
  readonly from: LogLevel | undefined;
  /** What is set now; undefined: nothing. */
  readonly to: LogLevel | undefined;
  /** What holds now. */
  readonly effective: LogLevel;
  /** Who changed it; of one that ended, who had set it. */
  readonly by: string;
  /** When it ends by itself, RFC 3339. */
  readonly until?: string;
  /** Why, as they said. */
  readonly reason?: string;
  /** It ended by itself. */
  readonly expired: boolean;
}

/** What became of a change that was asked for. */
export interface ChangedLevel {
  /** As it is now. */
  readonly level: ContextLevel;
  /** Absent where nothing had to be changed. */
  readonly change?: LevelChange;
}

/** Levels that can be changed while the application runs; a restart forgets them. */
export interface ContextLevels {
  /** As they are now. */
  list(): LevelOverview;
  /** Sets one, in place of what was set; undefined, and nothing is changed, where too many are set. */
  set(context: string, request: LevelRequest, by: string): ChangedLevel | undefined;
  /** Takes back what was set, if anything was. */
  reset(context: string, by: string): ChangedLevel;
}

/** A level that was set, here or elsewhere. */
export interface SetLevel {
  /** The lowest level to capture. */
  readonly level: LogLevel;
  /** For how long from now on. */
  readonly ttlMs: number;
  /** Who set it. */
  readonly setBy: string;
  /** Why, as they said. */
  readonly reason?: string | undefined;
}

/** Levels that several processes can have in common. */
export interface ShareableLevels {
  /** Calls the one listener at each change that is made here, by the name as it was given; undefined: a reset. */
  onSet(listener: (context: string, state: SetLevel | undefined) => void): void;
  /** Takes a change that was made elsewhere; undefined: a reset. Nobody is told, and it ends as one made here does. */
  accept(context: string, state: SetLevel | undefined): void;
}

/** The injection token of {@link ContextLevels}. */
export const ContextLevels = Symbol('ContextLevels');

/** How many contexts may have a level that was set. */
export const MAX_SET_LEVELS = 100;
/** What is said where there are so many. */
export const TOO_MANY_LEVELS = `${MAX_SET_LEVELS} contexts have a level that was set, and more cannot have one: reset one first.`;
