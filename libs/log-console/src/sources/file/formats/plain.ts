import { type ParsedLine } from './line-format.js';

/** Any line, as it is. */
export function parsePlain(text: string): ParsedLine {
  return { level: 'log', message: text };
}
