/** The parts of a cursor. */
export function splitCursor(cursor) {
  const at = cursor.lastIndexOf('-');
  return { epoch: cursor.slice(0, at), id: Number(cursor.slice(at + 1)) };
}

/**
 * The accounts of one reader over all its connections, from where it started: every entry and every gap has to follow
 * what came before. Throws at the first that does not.
 */
export class Chain {
  delivered = 0;
  missed = 0;
  gaps = 0;
  /** With a filter: the ids that came, and the ranges missed, to be compared with what there was. */
  ids = [];
  ranges = [];

  constructor(cursor, isFiltered = false) {
    const { epoch, id } = splitCursor(cursor);
    this.epoch = epoch;
    this.isFiltered = isFiltered;
    this.start = id;
    this.place = id;
  }

  get cursor() {
    return `${this.epoch}-${this.place}`;
  }

  get range() {
    return this.place - this.start;
  }

  take({ entries, gap, next }) {
    if (gap) this.miss(gap);
    for (const { id } of entries) {
      const follows = this.isFiltered ? id > this.place : id === this.place + 1;
      if (!follows) throw new Error(`After ${this.place} came ${id}.`);
      this.place = id;
      if (this.isFiltered) this.ids.push(id);
    }
    this.delivered += entries.length;
    const { epoch, id } = splitCursor(next);
    const isHere = this.isFiltered ? id >= this.place : id === this.place;
    if (epoch !== this.epoch || !isHere) throw new Error(`At ${this.cursor} next was ${next}.`);
    this.place = id;
  }

  miss({ from, to, missed, reason }) {
    const fits = reason === 'evicted' && from === this.place + 1 && missed === to - from + 1;
    if (!fits) throw new Error(`At ${this.place} came a gap of ${missed} (${reason}), ${from} to ${to}.`);
    this.place = to;
    this.missed += missed;
    this.gaps++;
    if (this.isFiltered) this.ranges.push([from, to]);
  }
}
