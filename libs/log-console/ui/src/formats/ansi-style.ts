/** Blinking and hidden are left out: whatever was logged can be read. */
const DECORATIONS: Readonly<Record<number, string>> = {
  1: 'bold',
  2: 'dim',
  3: 'italic',
  4: 'underline',
  7: 'reverse',
  9: 'strikethrough',
};
const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
/** Our colours, and where each lies among all there are; bright white is white. */
const COLOURS = [[0, 187] as const, [85, 255] as const].flatMap(([off, on]) =>
  NAMES.map((name, bits) => ({
    name: off === 0 || name === 'white' ? name : `bright-${name}`,
    place: [1, 2, 4].map((bit) => (bits & bit ? on : off)),
  })),
);
const CUBE = [0, 95, 135, 175, 215, 255];

/** What the SGR sequences of a text ask for, read one after the other. */
export class AnsiStyle {
  readonly #on = new Set<string>();
  #colours: (string | undefined)[] = [];

  /** Class names separated by spaces; '' for plain text. */
  get classes(): string {
    const isReverse = this.#on.has('reverse');
    const [front = isReverse ? 'white' : '', back = isReverse ? 'black' : ''] = this.#colours;
    const [over, under] = isReverse ? [back, front] : [front, back];
    return [
      ...Object.values(DECORATIONS).filter((name) => name !== 'reverse' && this.#on.has(name)),
      // A text in the colour of its background could not be read.
      ...(over && over !== under ? [`ansi-${over}`] : []),
      ...(under && over !== under ? [`bg-ansi-${under}`] : []),
    ].join(' ');
  }

  /** Reads the numbers between `ESC [` and `m`. */
  read(codes: string): void {
    const numbers = codes.split(';').map(Number);
    for (let code = numbers.shift(); code !== undefined; code = numbers.shift()) {
      const ground = code % 60 >= 40 ? 1 : 0;
      const decoration = DECORATIONS[code];
      if (decoration) this.#on.add(decoration);
      else if (code === 0) {
        this.#on.clear();
        this.#colours = [];
      } else if (code > 20 && code < 30) {
        // 21 ends what is bold, 22 also what is dim.
        this.#on.delete(DECORATIONS[code === 21 ? 1 : code - 20] ?? '');
        if (code === 22) this.#on.delete('bold');
      } else if (code === 38 || code === 48) this.#colours[ground] = chosen(numbers) ?? this.#colours[ground];
      else if (code === 39 || code === 49) this.#colours[ground] = undefined;
      else if (code >= 30 && code < 50) this.#colours[ground] = COLOURS[code % 10]?.name;
      else if ((code >= 90 && code < 98) || (code >= 100 && code < 108))
        this.#colours[ground] = COLOURS[8 + (code % 10)]?.name;
    }
  }
}

/** The colour that `5;n` or `2;r;g;b` asks for, which it takes from the numbers. */
function chosen(numbers: number[]): string | undefined {
  const mode = numbers.shift();
  if (mode === 2) return nearest(numbers.splice(0, 3));
  const [index = -1] = mode === 5 ? numbers.splice(0, 1) : [];
  if (index < 16) return COLOURS[index]?.name;
  const grey = 8 + 10 * (index - 232);
  const step = (by: number): number => CUBE[Math.floor((index - 16) / by) % 6] ?? 0;
  return nearest(index < 232 ? [step(36), step(6), step(1)] : [grey, grey, grey]);
}

/** The nearest of our colours; undefined where it is none. */
function nearest(place: readonly number[]): string | undefined {
  if (place.length < 3 || place.some((value) => value > 255)) return undefined;
  const distance = (from: readonly number[]): number =>
    from.reduce((sum, value, index) => sum + (value - (place[index] ?? 0)) ** 2, 0);
  // Not the grey that terminals call white: it would draw every pale colour to it.
  return COLOURS.filter((_, index) => index !== 7).reduce((best, colour) =>
    distance(colour.place) < distance(best.place) ? colour : best,
  ).name;
}
