import { type Match, type Rule, type Scan } from './rule.js';

const SHORTEST = 8;

/** Secrets that are known: the console's own tokens, values of the environment. */
export class ExactRule implements Rule {
  readonly name = 'exact';
  readonly triggers: readonly string[];
  readonly #values: readonly string[];

  /** @param values those shorter than 8 characters are left out: they would be found everywhere. */
  constructor(values: readonly string[]) {
    this.#values = [...new Set(values)]
      .filter((value) => value.length >= SHORTEST)
      .sort((a, b) => b.length - a.length);
    this.triggers = this.#values;
  }

  find({ text }: Scan, at: number): Match | undefined {
    const value = this.#values.find((known) => text.startsWith(known, at));
    return value === undefined
      ? undefined
      : { start: at, end: at + value.length, kind: 'token', rule: this.name };
  }
}
