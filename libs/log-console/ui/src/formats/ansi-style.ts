import Anser from 'anser';

/** A piece of text in one style: class names separated by spaces. */
export interface Run {
  readonly text: string;
  readonly style?: string;
}

/** Blinking and hidden are left out: whatever was logged can be read. */
const DECORATIONS = ['bold', 'dim', 'italic', 'underline', 'strikethrough'];
/** The colours as anser gives them, where bright white is white. */
const COLOURS: readonly (readonly [name: string, red: number, green: number, blue: number])[] = [
  ['black', 0, 0, 0],
  ['red', 187, 0, 0],
  ['green', 0, 187, 0],
  ['yellow', 187, 187, 0],
  ['blue', 0, 0, 187],
  ['magenta', 187, 0, 187],
  ['cyan', 0, 187, 187],
  ['white', 255, 255, 255],
  ['bright-black', 85, 85, 85],
  ['bright-red', 255, 85, 85],
  ['bright-green', 0, 255, 0],
  ['bright-yellow', 255, 255, 85],
  ['bright-blue', 85, 85, 255],
  ['bright-magenta', 255, 85, 255],
  ['bright-cyan', 85, 255, 255],
];

/** The pieces of a text whose only escape sequences are SGR. */
export function styledRuns(text: string): Run[] {
  return Anser.ansiToJson(text, { json: true, remove_empty: true }).map(
    ({ content, fg, bg, decorations }) => {
      const [front, back] = [fg, bg].map((colour) => colour && nearest(colour));
      const style = [
        ...DECORATIONS.filter((name) => decorations.includes(name as Anser.DecorationName)),
        // A text in the colour of its background could not be read.
        ...(front && front !== back ? [front] : []),
        ...(back && front !== back ? [`bg-${back}`] : []),
      ].join(' ');
      return style ? { text: content, style } : { text: content };
    },
  );
}

/** The nearest of the colours to `red, green, blue`. */
function nearest(colour: string): string {
  const [red = 0, green = 0, blue = 0] = colour.split(',').map(Number);
  let best = '';
  let least = Infinity;
  for (const [name, r, g, b] of COLOURS) {
    const distance = (red - r) ** 2 + (green - g) ** 2 + (blue - b) ** 2;
    if (distance < least) [best, least] = [name, distance];
  }
  return `ansi-${best}`;
}
