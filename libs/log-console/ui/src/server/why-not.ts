import { Refused } from '../reading/refused.js';
import { visible } from '../formats/visible-text.js';
import { type ServerTexts } from '../texts/server-en.js';

/** Why the server did not do something, in words: its own where it said what is wrong. */
export function whyNot(error: unknown, s: ServerTexts): string {
  const { status, messages } = error instanceof Refused ? error : new Refused(0);
  if (messages.length > 0) return messages.map(visible).join(' ');
  if (status === 401) return s.signedOut;
  if (status === 403) return s.notAllowed;
  if (status === 404) return s.notThere;
  return s.unanswered;
}
