import { describe, expect, test } from '@jest/globals';
import { Api } from './api.js';
import { keepBearer, keptBearer, type TokenStorage } from './kept-bearer.js';
import { signIn, signOut, takeTokenFromAddress } from './sign-in.js';
import { BASE, json, refusal, SESSION_ANSWER } from './testing/fake-server.js';

const storage = (): TokenStorage & { kept: Map<string, string> } => {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
};

/** A server by method and, of a GET, what it says to a token. */
const server = (answers: Record<string, () => Response>): { api: Api; asked: string[] } => {
  const asked: string[] = [];
  const api = new Api(BASE, {
    fetch: async (_url, init) => {
      const { authorization } = init!.headers as Record<string, string>;
      asked.push([init!.method, authorization, init!.body as string | undefined].filter(Boolean).join(' '));
      return answers[init!.method!]();
    },
  });
  return { api, asked };
};

describe('Signing in', () => {
  test('with a token of ours: the cookie is all that is kept', async () => {
    const { api, asked } = server({ POST: () => json(SESSION_ANSWER) });
    const tab = storage();
    await expect(signIn(api, 'abc', tab)).resolves.toEqual(SESSION_ANSWER);
    expect(asked).toEqual(['POST {"token":"abc"}']);
    expect([api.bearer, tab.kept.size]).toEqual([undefined, 0]);
  });

  test.each([400, 401, 403])('with a token of the host, when ours is answered %i', async (status) => {
    const { api, asked } = server({ POST: () => refusal(status), GET: () => json(SESSION_ANSWER) });
    const tab = storage();
    await expect(signIn(api, 'jwt', tab)).resolves.toEqual(SESSION_ANSWER);
    expect(asked[1]).toBe('GET Bearer jwt');
    expect([api.bearer, keptBearer(BASE, tab)]).toEqual(['jwt', 'jwt']);
    expect(keptBearer(new URL('http://console.test/other/'), tab)).toBeUndefined();
  });

  test('with a token nobody knows', async () => {
    const { api } = server({ POST: () => refusal(401), GET: () => refusal(401) });
    const tab = storage();
    await expect(signIn(api, 'no', tab)).rejects.toMatchObject({ status: 401 });
    expect([api.bearer, tab.kept.size]).toEqual([undefined, 0]);
  });

  test('too often with a wrong one: it is not tried once more', async () => {
    const { api, asked } = server({ POST: () => refusal(429, { 'retry-after': '20' }) });
    await expect(signIn(api, 'no', storage())).rejects.toMatchObject({ status: 429, retryAfterMs: 20_000 });
    expect(asked).toHaveLength(1);
  });

  test.each(['two words', 'naïve', 'line\nbreak', ''])('%j is never sent as a header', async (token) => {
    const { api, asked } = server({ POST: () => refusal(401) });
    await expect(signIn(api, token, storage())).rejects.toMatchObject({ status: 401 });
    expect(asked).toHaveLength(1);
  });

  test('in a browser that forbids its storage', async () => {
    const { api } = server({ POST: () => refusal(401), GET: () => json(SESSION_ANSWER) });
    const forbidden = new Proxy({} as TokenStorage, {
      get: () => () => {
        throw new Error('SecurityError');
      },
    });
    await expect(signIn(api, 'jwt', forbidden)).resolves.toEqual(SESSION_ANSWER);
    expect(keptBearer(BASE, forbidden)).toBeUndefined();
    expect(keptBearer(BASE)).toBeUndefined();
  });
});

describe('Signing out', () => {
  test.each([204, 503])('forgets the token of the tab, also when the server answers %i', async (status) => {
    const answer = status === 204 ? () => new Response(null, { status }) : () => refusal(status);
    const { api, asked } = server({ DELETE: answer });
    const tab = storage();
    api.bearer = 'jwt';
    keepBearer(BASE, 'jwt', tab);
    const signedOut = signOut(api, tab);
    if (status === 204) await signedOut;
    else await expect(signedOut).rejects.toMatchObject({ status });
    expect(asked).toEqual(['DELETE Bearer jwt']);
    expect([api.bearer, tab.kept.size]).toEqual([undefined, 0]);
  });
});

describe('A link with a token', () => {
  test.each([
    ['#token=abc', 'abc'],
    ['#token=a+b/c=', 'a+b/c='],
    ['#token=a%2Bb', 'a+b'],
    ['#line=e1-5&token=abc', 'abc'],
    ['#token=', ''],
    ['#line=e1-5', undefined],
    ['', undefined],
  ])('%s', (hash, token) => {
    const replaced: unknown[] = [];
    const history = { replaceState: (...args: unknown[]) => void replaced.push(args[2]) };
    const location = { hash, pathname: '/log-console', search: '?level=error' };
    expect(takeTokenFromAddress(location, history)).toBe(token);
    expect(replaced).toEqual(token === undefined ? [] : ['/log-console?level=error']);
  });
});
