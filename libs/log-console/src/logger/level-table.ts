import { LOG_LEVELS, levelIndex, type LogLevel } from '../domain/log-level.js';

const ROOT = '*';

/** What of a context is captured, and how much of it was: one object, so that a line needs one look-up. */
export class CountedContext {
  /** One bit for each level that is wanted, at its {@link levelIndex}. */
  wanted = 0;
  /** The name whose level it is: its own, the longest beginning, or `*`. */
  decidedBy = ROOT;
  /** Lines captured. */
  lines = 0;

  decide({ wanted, decidedBy }: Decision): this {
    this.wanted = wanted;
    this.decidedBy = decidedBy;
    return this;
  }
}

type Decision = Pick<CountedContext, 'wanted' | 'decidedBy'>;

/** A level for the contexts that begin with a text. */
interface Beginning {
  readonly name: string;
  readonly text: string;
  readonly wanted: number;
}

const ERROR = levelIndex('error');
const MAX_CONTEXTS = 500;
/** A longer name is not kept: no level can be set for it. */
const MAX_NAME = 200;

/**
 * Which levels of a context are captured: the most specific name that has one decides – its own, the longest beginning
 * (`Orders*`), `*` – and what was set goes before what was configured. `error` and `fatal` always pass.
 */
export class LevelTable {
  readonly #configured: ReadonlyMap<string, LogLevel>;
  readonly #set = new Map<string, LogLevel>();
  /** What holds where no name says anything. */
  readonly #everywhere: number;
  #exact = new Map<string, number>();
  /** Longest first; `*` is the empty one. */
  #beginnings: readonly Beginning[] = [];
  readonly #contexts = new Map<string, CountedContext>();
  /** Lines without a context. */
  readonly #nameless = new CountedContext();
  /** Lines of contexts that are not told apart. */
  readonly #others = new CountedContext();
  /** Of the last line: the next one is often of the same. */
  #last: string | undefined;
  #lastCounted = this.#nameless;

  /**
   * @param levels as Nest reads them: what is listed, and all above the highest listed
   * @param configured levels of single contexts, with which it starts
   */
  constructor(
    levels: readonly LogLevel[] = LOG_LEVELS,
    configured: Readonly<Partial<Record<string, LogLevel>>> = {},
  ) {
    const highest = levels.length === 0 ? Infinity : Math.max(...levels.map(levelIndex));
    const listed = levels.reduce((bits, level) => bits | (1 << levelIndex(level)), 0);
    this.#everywhere = listed | atLeast(highest);
    this.#configured = new Map(Object.entries(configured) as [string, LogLevel][]);
    this.#apply();
  }

  /** What holds for the lines of a context. Asked for each line. */
  of(context: string | undefined): CountedContext {
    if (context === this.#last) return this.#lastCounted;
    this.#last = context;
    return (this.#lastCounted =
      context === undefined ? this.#nameless : (this.#contexts.get(context) ?? this.#remember(context)));
  }

  /** Sets a level; undefined takes it back. */
  set(name: string, level: LogLevel | undefined): void {
    if (level === undefined) this.#set.delete(name);
    else this.#set.set(name, level);
    this.#apply();
  }

  /** The lowest level that is captured of a context, or of what begins with a text. */
  effective(name: string): LogLevel {
    const { wanted } = this.#decide(name);
    return LOG_LEVELS.find((_level, index) => wanted & (1 << index)) ?? 'fatal';
  }

  /** Lines captured of a context; of a beginning, of all contexts whose level it decides. */
  linesOf(name: string): number {
    if (!name.endsWith(ROOT)) return this.#contexts.get(name)?.lines ?? 0;
    let lines = name === ROOT ? this.#nameless.lines : 0;
    for (const context of this.#contexts.values()) if (context.decidedBy === name) lines += context.lines;
    return lines;
  }

  /** Lines captured of contexts that are not told apart. */
  get otherLines(): number {
    return this.#others.lines;
  }

  /** `*`, everything that has a level, and the contexts that logged. */
  names(): Set<string> {
    return new Set([ROOT, ...this.#configured.keys(), ...this.#set.keys(), ...this.#contexts.keys()]);
  }

  #apply(): void {
    const all = [...new Map([...this.#configured, ...this.#set])];
    const isBeginning = (name: string): boolean => name.endsWith(ROOT);
    this.#exact = new Map(
      all
        .filter(([name]) => !isBeginning(name))
        .map(([name, level]) => [name, atLeast(levelIndex(level))] as const),
    );
    const beginnings = all
      .filter(([name]) => isBeginning(name))
      .map(([name, level]) => ({ name, text: name.slice(0, -1), wanted: atLeast(levelIndex(level)) }));
    this.#beginnings = beginnings.sort((a, b) => b.text.length - a.text.length);
    // It may be a long name, which nobody keeps.
    this.#last = undefined;
    this.#lastCounted = this.#nameless.decide(this.#decide(ROOT));
    for (const [name, context] of this.#contexts) context.decide(this.#decide(name, true));
  }

  #decide(name: string, isContext = !name.endsWith(ROOT)): Decision {
    const exact = isContext ? this.#exact.get(name) : undefined;
    if (exact !== undefined) return { wanted: exact, decidedBy: name };
    const text = isContext ? name : name.slice(0, -1);
    const found = this.#beginnings.find((beginning) => text.startsWith(beginning.text));
    return found
      ? { wanted: found.wanted, decidedBy: found.name }
      : { wanted: this.#everywhere, decidedBy: ROOT };
  }

  #remember(context: string): CountedContext {
    const decided = this.#decide(context, true);
    if (context.length > MAX_NAME) return this.#others.decide(decided);
    if (this.#contexts.size >= MAX_CONTEXTS) this.#forgetHalf();
    const counted = new CountedContext().decide(decided);
    this.#contexts.set(copyOf(context), counted);
    return counted;
  }

  /** Half of them at once, the quietest, so that an application that makes up names pays little for each. */
  #forgetHalf(): void {
    const quietest = [...this.#contexts]
      .filter(([name]) => !this.#exact.has(name))
      .sort(([, a], [, b]) => a.lines - b.lines)
      .slice(0, MAX_CONTEXTS / 2);
    for (const [name, { lines }] of quietest) {
      this.#contexts.delete(name);
      this.#others.lines += lines;
    }
  }
}

/** The bits of a level and those above it. */
function atLeast(index: number): number {
  return LOG_LEVELS.reduce((bits, _level, at) => (at >= Math.min(index, ERROR) ? bits | (1 << at) : bits), 0);
}

/** Without what it may be a slice of, which would be kept alive. Half of a surrogate pair stays what it is. */
function copyOf(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
