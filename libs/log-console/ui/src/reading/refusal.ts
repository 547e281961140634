import { Refused } from './refused.js';
import { retryAfterMs } from './retry-after.js';

/** What these say holds, whoever says it and in whatever form. */
const PLAIN = new Set([401, 403, 404, 429, 503]);

/** Why an answer is not what was asked for; undefined when it is. */
export function refusalOf(answer: Response, type: string, isSession: boolean): Refused | undefined {
  const { status, ok } = answer;
  // Ours never redirects: this is the way to a sign-in page of the host.
  if (answer.type === 'opaqueredirect' || (status >= 300 && status < 400)) return new Refused(401);
  const given = answer.headers.get('content-type') ?? '';
  if (ok && given.startsWith(type)) return undefined;
  if (status === 204) return new Refused(204);
  if (ok) return new Refused(isSession && given.startsWith('text/html') ? 401 : 0);
  const isTheServers = PLAIN.has(status) || given.startsWith('application/json');
  return new Refused(isTheServers ? status : 0, retryAfterMs(answer.headers.get('retry-after')));
}
