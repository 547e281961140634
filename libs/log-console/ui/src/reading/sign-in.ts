import { SESSION, type Api } from './api.js';
import { forgetBearer, keepBearer, type TokenStorage } from './kept-bearer.js';
import { Refused } from './refused.js';
import { type Session } from './wire.js';

/** Exchanges the token for the cookie; when it is none of ours, tries it with the host's own guards, and keeps it for this tab. */
export async function signIn(api: Api, token: string, storage?: TokenStorage): Promise<Session> {
  try {
    return await api.json<Session>('POST', SESSION, { body: { token } });
  } catch (error) {
    // 403: a guard of the host that only says no. 400: longer than ours ever are.
    const isForTheHost = error instanceof Refused && [400, 401, 403].includes(error.status);
    if (!isForTheHost || !/^[\x21-\x7e]+$/.test(token)) throw error;
    const session = await api.json<Session>('GET', SESSION, { bearer: token });
    api.bearer = token;
    keepBearer(api.base, token, storage);
    return session;
  }
}

/** Forgets the token of this tab, then has the cookie emptied. */
export async function signOut(api: Api, storage?: TokenStorage): Promise<void> {
  forgetBearer(api.base, storage);
  const { bearer } = api;
  api.bearer = undefined;
  await api.json('DELETE', SESSION, bearer === undefined ? {} : { bearer });
}

/** The token of a link, removed from the address bar and the history at once. */
export function takeTokenFromAddress(
  location: Pick<Location, 'hash' | 'pathname' | 'search'>,
  history: Pick<History, 'replaceState'>,
): string | undefined {
  // A token may hold a +, which would be read as a space.
  const token = new URLSearchParams(location.hash.slice(1).replaceAll('+', '%2B')).get('token');
  if (token === null) return undefined;
  history.replaceState(null, '', location.pathname + location.search);
  return token;
}
