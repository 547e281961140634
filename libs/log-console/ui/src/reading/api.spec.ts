import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Api, SESSION } from './api.js';
import { BASE, HTML, json, refusal } from './testing/fake-server.js';

type Call = Parameters<typeof fetch>;

const answering = (answer: () => Response, bearer?: string): { api: Api; calls: Call[] } => {
  const calls: Call[] = [];
  const api = new Api(BASE, {
    bearer,
    fetch: async (...call) => {
      calls.push(call);
      return answer();
    },
  });
  return { api, calls };
};

const page = (status: number): Response =>
  new Response('<html>', { status, headers: { 'content-type': 'text/html', 'retry-after': '7' } });

describe('A request', () => {
  test('goes where the console is mounted, follows no redirect, and says that it is ours', async () => {
    const { api, calls } = answering(() => json({ cleared: 1 }));
    await expect(api.json('DELETE', 'api/entries?upTo=e1-5', { body: { a: 1 } })).resolves.toEqual({
      cleared: 1,
    });
    const [url, init] = calls[0];
    expect((url as URL).href).toBe('http://console.test/ops/log-console/api/entries?upTo=e1-5');
    expect(init).toMatchObject({ method: 'DELETE', body: '{"a":1}', redirect: 'manual' });
    expect(init!.headers).toEqual({
      accept: 'application/json',
      'content-type': 'application/json',
      'x-log-console': '1',
    });
  });

  test('carries the token of the host with everything, the stream included', async () => {
    const stream = new Response('', { headers: { 'content-type': 'text/event-stream;charset=utf-8' } });
    const { api, calls } = answering(() => stream, 'abc');
    await expect(api.open('api/stream')).resolves.toBe(stream);
    expect(calls[0][1]!.headers).toEqual({
      accept: 'text/event-stream',
      'x-log-console': '1',
      authorization: 'Bearer abc',
    });
    api.bearer = undefined;
    await api.open('api/stream');
    expect(calls[1][1]!.headers).not.toHaveProperty('authorization');
  });

  test('a download is an answer of its own type, and no sign-in page', async () => {
    const type = 'text/csv';
    const csv = new Response('a,b', { headers: { 'content-type': `${type}; charset=utf-8` } });
    const { api, calls } = answering(() => csv);
    await expect(api.open('api/export', { type })).resolves.toBe(csv);
    expect(calls[0][1]!.headers).toMatchObject({ accept: type });
    const page = new Response('<p>', { headers: { 'content-type': 'text/html' } });
    await expect(answering(() => page).api.open('api/export', { type })).rejects.toMatchObject({ status: 0 });
  });

  test('an answer without a body is no refusal', async () => {
    await expect(
      answering(() => new Response(null, { status: 204 })).api.json('DELETE', SESSION),
    ).resolves.toBeUndefined();
  });

  test('calls the fetch of the page as the page does', async () => {
    const real = globalThis.fetch;
    // As a browser does with its own.
    globalThis.fetch = async function (this: unknown) {
      if (this !== undefined) throw new TypeError('Illegal invocation');
      return json({ user: 1 });
    };
    try {
      await expect(new Api(BASE).json('GET', SESSION)).resolves.toEqual({ user: 1 });
    } finally {
      globalThis.fetch = real;
    }
  });
});

describe('What is refused', () => {
  test.each<[string, () => Response, string, number]>([
    ['our own 409', () => refusal(409), 'api/entries', 409],
    ['our own 400', () => refusal(400), 'api/entries', 400],
    ['a 401 in whatever form', () => page(401), 'api/entries', 401],
    ['a 403 in whatever form', () => page(403), 'api/entries', 403],
    ['a 404 in whatever form', () => page(404), 'api/entries', 404],
    ['a 503 in whatever form', () => page(503), 'api/entries', 503],
    ["a proxy's 502", () => page(502), 'api/entries', 0],
    ["a proxy's page", HTML, 'api/entries', 0],
    ['a sign-in page instead of the session', HTML, SESSION, 401],
    ['another text instead of the session', () => new Response('OK'), SESSION, 0],
    ['a redirect, as a browser shows it', () => redirected(), 'api/entries', 401],
    ['a redirect', () => new Response(null, { status: 302 }), 'api/entries', 401],
    ['JSON that is none', () => new Response('{', json({})), 'api/entries', 0],
    [
      'no answer',
      () => {
        throw new TypeError('fetch failed');
      },
      SESSION,
      0,
    ],
  ])('%s', async (_name, answer, path, status) => {
    await expect(answering(answer).api.json('GET', path)).rejects.toMatchObject({ name: 'Refused', status });
  });

  test.each<[string, () => Response, number]>([
    ['no free place', () => refusal(503), 503],
    ['signed out', () => refusal(401), 401],
    ['a source that has ended', () => new Response(null, { status: 204 }), 204],
    ["a proxy's page", HTML, 0],
    ['JSON instead of a stream', () => json({}), 0],
    ['a redirect', redirected, 401],
  ])('a stream: %s', async (_name, answer, status) => {
    const given = answer();
    await expect(answering(() => given).api.open('api/stream')).rejects.toMatchObject({ status });
    if (given.body) await expect(given.body.getReader().read()).resolves.toMatchObject({ done: true });
  });

  test.each<[string, () => Response, readonly string[]]>([
    ['one sentence', () => json({ message: 'No such level.' }, { status: 400 }), ['No such level.']],
    ['several', () => json({ message: ['One.', 'Two.'] }, { status: 400 }), ['One.', 'Two.']],
    ['why not now', () => json({ message: 'Not now.' }, { status: 409 }), ['Not now.']],
    ['not so often', () => json({ message: 'Wait.' }, { status: 429 }), ['Wait.']],
    ['nothing', () => json({}, { status: 400 }), []],
    ['no JSON', () => new Response('{', json({}, { status: 400 })), []],
    ['what says nothing to people', () => json({ message: 'Forbidden' }, { status: 403 }), []],
  ])('with what is wrong: %s', async (_name, answer, messages) => {
    const { status } = answer();
    await expect(answering(answer).api.json('PUT', 'api/levels/x')).rejects.toMatchObject({
      status,
      messages,
    });
  });

  test('with the time after which it may be asked again', async () => {
    await expect(answering(() => page(503)).api.json('GET', SESSION)).rejects.toMatchObject({
      retryAfterMs: 7000,
    });
  });
});

describe('What takes too long', () => {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] }));
  afterEach(() => void jest.useRealTimers());

  const hung: typeof fetch = (_url, init) =>
    new Promise((_resolve, reject) => {
      init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason as Error));
    });

  test('is no answer', async () => {
    const asked = new Api(BASE, { fetch: hung }).json('GET', SESSION);
    const refused = expect(asked).rejects.toMatchObject({ name: 'Refused', status: 0 });
    await jest.advanceTimersByTimeAsync(14_999);
    expect(jest.getTimerCount()).toBe(1);
    await jest.advanceTimersByTimeAsync(1);
    await refused;
    expect(jest.getTimerCount()).toBe(0);
  });

  test('or was given up by who asked, for their own reason', async () => {
    const abort = new AbortController();
    const api = new Api(BASE, { fetch: hung });
    const asked = [
      api.json('GET', SESSION, { signal: abort.signal }),
      api.open('api/stream', { signal: abort.signal }),
    ];
    const reason = new Error('I left.');
    abort.abort(reason);
    for (const one of asked) await expect(one).rejects.toBe(reason);
  });
});

function redirected(): Response {
  return Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' });
}
