import { dataText } from './entry-line.js';
import { type Line } from './line.js';

const PARTS = ['level', 'context', 'stack', 'requestId', 'operation', 'instance'] as const;

/** Whether two lines say the same, but for when. Only entries do. */
export function isSameLine(a: Line, b: Line): boolean {
  return (
    a.kind === 'entry' &&
    b.kind === 'entry' &&
    a.text === b.text &&
    PARTS.every((part) => a.entry[part] === b.entry[part]) &&
    (a.entry.data === b.entry.data || dataText(a.entry) === dataText(b.entry))
  );
}
