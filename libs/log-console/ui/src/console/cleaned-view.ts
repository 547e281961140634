import { signal } from '@preact/signals';
import { type Line } from '../lines/line.js';
import { type Console } from './console.js';

/** "Clean my view": takes lines off this page only, and brings them back. */
export class CleanedView {
  /** How many were taken off. */
  readonly count = signal(0);
  readonly #console: Console;
  #lines: readonly Line[] = [];

  constructor(console: Console) {
    this.#console = console;
  }

  clean(): void {
    const { list } = this.#console;
    this.#keep([...this.#lines, ...list.cleanUpTo(list.lines.at(-1)?.seq ?? -Infinity)]);
  }

  bringBack(): void {
    this.#console.list.restore(this.#lines);
    this.#keep([]);
  }

  #keep(lines: readonly Line[]): void {
    this.#lines = lines;
    this.count.value = lines.length;
    this.#console.draw();
  }
}
