import { withoutEscapes } from './escapes.js';
import { visible } from './visible-text.js';

/** One error of a stack. */
export interface StackPart {
  /** `TypeError: …`, or whatever stands before the frames; may have several lines. */
  readonly title: string;
  /** Frames of the application, as they stand there. */
  readonly own: readonly string[];
  /** Frames of packages, of Node and of the engine. */
  readonly others: readonly string[];
  /** It is the cause of an error before it, or one of its errors. */
  readonly cause: boolean;
}

/** `    at f (file.js:1:2)`, and what stands for frames that are left out. */
const FRAME = /^\s+(?:at |\.\.\. \d+ )/;
const CAUSE = /^\s*(?:Caused by: |\[cause\]: |\[errors\]: |Error \d+ of \d+: )/;
const OTHER =
  /[\\/]node_modules[\\/]|[ (](?:node:|internal\/)|(?: |\()(?:<anonymous>|native|index \d+)\)?$|^\s+\.\.\. \d/;

/** The errors of a stack with their frames; of a stack in another language all lines stay in order. Unseen characters are marked. */
export function stackParts(stack: string): StackPart[] {
  const parts: { title: string[]; own: string[]; others: string[]; cause: boolean }[] = [];
  for (const line of visible(withoutEscapes(stack)).split('\n')) {
    let part = parts.at(-1);
    const isFrame = part && FRAME.test(line);
    const hasFrames = part && part.own.length + part.others.length > 0;
    if (hasFrames && !line.trim()) continue;
    if (!part || (!isFrame && (hasFrames || CAUSE.test(line)))) {
      part = { title: [], own: [], others: [], cause: CAUSE.test(line) };
      parts.push(part);
    }
    if (!isFrame) part.title.push(line);
    else if (OTHER.test(line)) part.others.push(line);
    else part.own.push(line);
  }
  return parts.map((part) => ({ ...part, title: part.title.join('\n') }));
}
