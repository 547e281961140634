/** What was logged, by id, as a reader saw it that missed nothing: the number in each line, and whether it is a warning. */
export class Witness {
  #first;
  #numbers = [];
  #warnings = [];

  take(entries) {
    this.#first ??= entries[0]?.id;
    for (const { message, level } of entries) {
      this.#numbers.push(numberIn(message));
      this.#warnings.push(level === 'warn' || level === 'error');
    }
  }

  numberOf(id) {
    return this.#numbers[id - this.#first];
  }

  /** Why a reader of warnings and errors did not get exactly those of its range; undefined when it did. */
  problemOf({ start, place, ids, ranges }) {
    const missed = (id) => ranges.some(([from, to]) => id >= from && id <= to);
    let next = 0;
    for (let id = start + 1; id <= place; id++) {
      const isDue = this.#warnings[id - this.#first] && !missed(id);
      if (isDue !== (ids[next] === id)) return `Entry ${id} ${isDue ? 'did not come' : 'came'}.`;
      if (isDue) next++;
    }
    return undefined;
  }
}

/** The number of a line; 0 where it has none. */
export function numberIn(text) {
  return Number(/#(\d+) /.exec(text)?.[1] ?? 0);
}
