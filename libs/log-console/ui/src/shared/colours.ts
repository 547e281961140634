/** So many there are; more instances than that share them. */
export const COLOURS = 6;

/** Gives each name a colour of its own as long as there are any, the same on every page where no other has taken it. */
export class Colours {
  readonly #given = new Map<string, number>();

  /** From 0. */
  of(name: string): number {
    let colour = this.#given.get(name);
    if (colour === undefined) {
      const first = Array.from(name).reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 65_521, 0);
      const taken = new Set(this.#given.values());
      colour = first % COLOURS;
      while (taken.size < COLOURS && taken.has(colour)) colour = (colour + 1) % COLOURS;
      this.#given.set(name, colour);
    }
    return colour;
  }
}
