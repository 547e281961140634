import { type SecretMatch } from '../../../src/domain/text-redactor.js';

/** A piece of a text, and the rule that would mask it. */
export interface Part {
  readonly text: string;
  readonly rule?: string;
}

/** A text in pieces: those that would be masked, and what is between them. */
export function partsOf(text: string, matches: readonly SecretMatch[]): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const { start, end, rule } of matches) {
    parts.push({ text: text.slice(at, start) }, { text: text.slice(start, end), rule });
    at = end;
  }
  return [...parts, { text: text.slice(at) }].filter((part) => part.text !== '');
}
