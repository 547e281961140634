import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Api } from './api.js';
import { Connection } from './connection.js';
import { type ConnectionEvents } from './connection-events.js';
import { type Batch } from './wire.js';
import { BASE, entry, FakeServer, FakeStream, HTML, json, refusal, Told } from './testing/fake-server.js';

const upTo = (last: number): number[] => Array.from({ length: last }, (_none, index) => index + 1);
const after = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

let server: FakeServer;
let told: Told;
let connection: Connection;

function connect(events: ConnectionEvents = told): Connection {
  const api = new Api(BASE, { fetch: server.fetch });
  return new Connection({ api, path: 'api/', backlog: 1000, events });
}

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  server = new FakeServer();
  told = new Told();
  connection = connect();
});

afterEach(async () => {
  connection.stop();
  await after(0);
  expect(server.open).toEqual([]);
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

describe('A page that is opened', () => {
  test('is told who is signed in, then the newest lines, then every line as it happens', async () => {
    server.log(3);
    connection.start();
    await after(0);
    expect(server.asked).toEqual(['GET session', 'GET stream?limit=1000']);
    server.log(2);
    await after(0);
    expect(told.others).toEqual(['session', 'hello']);
    expect(told.kinds).toEqual(['live']);
    expect(told.ids).toEqual(upTo(5));
  });

  test('is told what becomes of the operation that it reads, and its place', async () => {
    connection.start();
    await after(0);
    server.open[0].send('operation', 'e1-7', { state: 'failed' });
    server.open[0].cut();
    await after(3000);
    expect(told.others).toContain('operation failed');
    expect(server.asked.at(-1)).toBe('GET stream?after=e1-7');
  });

  test('is told by a stream how the log is kept, when that changes', async () => {
    connection.start();
    await after(0);
    server.open[0].send('store', 'e1-0', { kind: 'redis', state: 'degraded', since: '' });
    server.open[0].send('store', 'e1-0', { kind: 'redis', state: 'up', since: '' });
    await after(0);
    expect(told.others).toEqual(['session', 'hello', 'store degraded', 'store up']);
  });

  test('reads only a part, where it is told which, and goes on with that', async () => {
    const api = new Api(BASE, { fetch: server.fetch });
    connection = new Connection({ api, path: 'api/', only: 'operation=x&', backlog: 1000, events: told });
    server.log(1);
    connection.start();
    await after(0);
    await connection.older('e1-20', 300);
    server.instead.stream = HTML;
    server.open[0].cut();
    await after(2000);
    expect(server.asked).toEqual([
      'GET session',
      'GET stream?operation=x&limit=1000',
      'GET entries?operation=x&before=e1-20&limit=300',
      'GET session',
      'GET stream?operation=x&after=e1-1',
      'GET entries?operation=x&after=e1-1',
      'GET entries?operation=x&after=e1-1',
    ]);
  });

  test('stays live on a quiet server', async () => {
    connection.start();
    await after(300_000);
    expect(told.kinds).toEqual(['live']);
    expect(server.asked).toHaveLength(2);
  });

  test.each([
    [401, 'signed-out'],
    [403, 'forbidden'],
    [404, 'closed'],
  ])('when it is answered %i it says %s, and asks again only when it is told to', async (status, kind) => {
    server.instead.session = () => refusal(status);
    connection.start();
    await after(120_000);
    expect(told.kinds).toEqual([kind]);
    expect(server.asked).toEqual(['GET session']);
    server.instead = {};
    connection.retry();
    await after(0);
    expect(told.kinds).toEqual([kind, 'connecting', 'live']);
  });

  test.each([
    [401, 'signed-out'],
    [403, 'forbidden'],
    [404, 'closed'],
  ])('the stream answers %i: %s', async (status, kind) => {
    server.instead.stream = () => refusal(status);
    connection.start();
    await after(120_000);
    expect(told.kinds).toEqual([kind]);
  });

  test('whose host shows its sign-in page instead of the session is signed out', async () => {
    server.instead.session = HTML;
    connection.start();
    await after(0);
    expect(told.kinds).toEqual(['signed-out']);
  });

  test('a source that has ended is left alone', async () => {
    server.instead.stream = () => new Response(null, { status: 204 });
    connection.start();
    await after(120_000);
    expect(server.asked).toHaveLength(2);
    expect(told.kinds).toEqual(['finished']);
  });

  test('too many wrong tokens: it waits as long as the server says', async () => {
    server.instead.session = () => refusal(429, { 'retry-after': '20' });
    const now = Date.now();
    connection.start();
    await after(0);
    expect(told.states).toEqual([{ kind: 'lost', since: now, retryAt: now + 20_000 }]);
    await after(19_000);
    expect(server.count('session')).toBe(1);
    server.instead = {};
    await after(1000);
    expect(connection.state.kind).toBe('live');
  });
});

describe('A stream that does not come through', () => {
  const MUTE: Record<string, () => void> = {
    'nothing is ever answered': () =>
      (server.instead.stream = () => {
        server.isHung = true;
        setTimeout(() => (server.isHung = false), 1);
        return undefined;
      }),
    'only the first piece is let through': () =>
      (server.onStream = (stream) => stream.later(0.5, () => (stream.isMute = true))),
    'a page of the proxy comes instead': () => (server.instead.stream = HTML),
    'the proxy cannot reach the stream': () =>
      (server.instead.stream = () =>
        new Response('Bad gateway', { status: 502, headers: { 'content-type': 'text/html' } })),
    'it ends at once': () => (server.onStream = (stream) => stream.end()),
    'it begins with something else': () => {
      server.instead.stream = () => {
        const stream = new FakeStream();
        for (let second = 0; second < 60; second++) {
          stream.later(second, () => stream.send('ping', 'e1-0', {}));
        }
        server.streams.push(stream);
        return new Response(stream.body, { headers: { 'content-type': 'text/event-stream' } });
      };
    },
    'it ends without a word': () =>
      (server.instead.stream = () => new Response('', { headers: { 'content-type': 'text/event-stream' } })),
    'its events are garbled': () =>
      (server.onStream = (stream) => stream.write('id: e1-99\ndata: {"epoch":\n\n')),
  };

  test.each(Object.keys(MUTE).filter((name) => name !== 'it ends at once'))(
    '%s: within 4.5 s it asks every second, and nothing is missing',
    async (name) => {
      MUTE[name]();
      server.log(3);
      connection.start();
      await after(4500);
      expect(connection.state).toMatchObject({ kind: 'polling', because: 'held-back' });
      server.log(2);
      await after(1000);
      expect(told.ids).toEqual(upTo(5));
      server.count('entries');
      await after(10_000);
      expect(server.count('entries')).toBeGreaterThanOrEqual(9);
      expect(told.kinds).not.toContain('lost');
    },
  );

  test('cut again and again as soon as it begins: after some tries it asks every second', async () => {
    MUTE['it ends at once']();
    server.log(3);
    connection.start();
    await after(20_000);
    expect(connection.state).toMatchObject({ kind: 'polling', because: 'held-back' });
    expect(told.ids).toEqual(upTo(3));
  });

  test('is tried again after a minute, beside the polls, and used when it works', async () => {
    MUTE['only the first piece is let through']();
    connection.start();
    await after(5000);
    server.count('stream');
    await after(57_000);
    expect(server.count('stream')).toBe(0);
    server.log(1);
    await after(4000);
    expect(server.count('stream?limit=0')).toBe(1);
    expect(told.ids).toEqual([1]);
    expect(connection.state.kind).toBe('polling');

    server.onStream = () => undefined;
    await after(64_000);
    expect(told.kinds).toEqual(['live', 'polling', 'live']);
    server.log(2);
    await after(0);
    expect(told.ids).toEqual(upTo(3));
    server.count('entries');
    await after(60_000);
    expect(server.count('entries')).toBe(0);
  });

  test('nothing comes twice and nothing is lost when the stream takes over under load', async () => {
    MUTE['only the first piece is let through']();
    connection.start();
    await after(5000);
    server.onStream = () => undefined;
    for (let turn = 0; turn < 700; turn++) {
      server.log(3);
      await after(100);
    }
    expect(connection.state.kind).toBe('live');
    expect(told.ids).toEqual(upTo(2100));
  });

  test('"Try now" tries the stream now', async () => {
    server.instead.stream = HTML;
    connection.start();
    await after(1000);
    server.instead = {};
    connection.retry();
    await after(2000);
    expect(connection.state.kind).toBe('live');
  });

  test('no free place for a stream: it asks every second until the time the server named', async () => {
    server.instead.stream = () => refusal(503, { 'retry-after': '10' });
    connection.start();
    await after(1000);
    expect(connection.state).toMatchObject({ kind: 'polling', because: 'busy' });
    await after(18_000);
    expect(server.count('stream')).toBe(2);
    server.instead = {};
    await after(4000);
    expect(connection.state.kind).toBe('live');
  });

  test('a poll that hangs does not hold up a stream that comes through', async () => {
    server.instead.stream = HTML;
    connection.start();
    await after(1500);
    server.instead = {};
    server.isHung = true;
    await after(1000);
    server.isHung = false;
    server.log(2);
    connection.retry();
    await after(2000);
    expect(told.kinds).toEqual(['polling', 'live']);
    expect(told.ids).toEqual(upTo(2));
  });

  test('while there is more, it asks at once', async () => {
    server.instead.stream = HTML;
    connection.start();
    await after(500);
    server.log(2200);
    await after(700);
    expect(told.ids).toEqual(upTo(2200));
  });

  test('a poll that is refused says why', async () => {
    server.instead.stream = HTML;
    connection.start();
    await after(1500);
    server.instead.entries = () => refusal(401);
    await after(1000);
    expect(connection.state.kind).toBe('signed-out');
  });
});

describe('A server that goes away', () => {
  test('is missed at once, asked again less and less often, and joined when it is back', async () => {
    connection.start();
    server.log(5);
    await after(20_000);
    const now = Date.now();
    server.isDown = true;
    server.open[0].end();
    await after(0);
    expect(connection.state).toMatchObject({ kind: 'lost', since: now });
    expect(connection.state.retryAt! - now).toBeLessThanOrEqual(500);
    server.count('session');
    await after(30_000);
    expect(server.count('session')).toBeGreaterThanOrEqual(7);
    expect(server.count('session')).toBeLessThanOrEqual(11);
    expect(connection.state.since).toBe(now);

    server.isDown = false;
    server.restart('e2');
    server.log(2);
    await after(5000);
    expect(told.kinds.slice(-1)).toEqual(['live']);
    expect(told.ids).toEqual([...upTo(5), ...upTo(2)]);
    expect(told.batches.filter(({ gap }) => gap).map(({ gap }) => gap!.reason)).toEqual(['restarted']);
    expect(told.others).not.toContain('several servers');
  });

  test('just before the stream is opened: it is no fault of the stream', async () => {
    server.instead.stream = () => {
      server.isDown = true;
      throw new TypeError('fetch failed');
    };
    connection.start();
    await after(100);
    expect(connection.state.kind).toBe('lost');
    server.isDown = false;
    server.instead = {};
    await after(500);
    expect(told.kinds).toEqual(['lost', 'lost', 'live']);
  });

  test('"Try now" does not wait', async () => {
    server.isDown = true;
    connection.start();
    await after(20_000);
    server.isDown = false;
    connection.retry();
    await after(0);
    expect(connection.state.kind).toBe('live');
  });

  test('a network that is back is noticed at once, but for where somebody has to act', async () => {
    const page = new EventTarget();
    Object.assign(globalThis, { addEventListener: page.addEventListener.bind(page) });
    try {
      server.isDown = true;
      connection.start();
      await after(20_000);
      server.isDown = false;
      page.dispatchEvent(new Event('online'));
      await after(0);
      expect(connection.state.kind).toBe('live');
      const no = (): Response => refusal(401);
      server.instead = { session: no, stream: no, entries: no };
      server.open[0].cut();
      await after(2000);
      server.instead = {};
      page.dispatchEvent(new Event('online'));
      await after(1000);
      expect(connection.state.kind).toBe('signed-out');
      connection.stop();
      page.dispatchEvent(new Event('online'));
      await after(1000);
      expect(server.open).toEqual([]);
    } finally {
      Reflect.deleteProperty(globalThis, 'addEventListener');
    }
  });

  test('a stream that lived is opened again without a word', async () => {
    connection.start();
    await after(60_000);
    server.open[0].cut();
    server.log(3);
    await after(1000);
    expect(told.kinds).toEqual(['live']);
    expect(told.ids).toEqual(upTo(3));
  });

  test('but it says so when that takes longer than half a second', async () => {
    connection.start();
    await after(60_000);
    server.isHung = true;
    server.open[0].cut();
    await after(600);
    expect(connection.state.kind).toBe('lost');
    server.isHung = false;
    await after(21_000);
    expect(connection.state.kind).toBe('live');
  });

  test('a stream that is cut every few seconds is opened again within half a second each time', async () => {
    connection.start();
    for (let cut = 0; cut < 8; cut++) {
      await after(3000);
      server.open[0].cut();
      await after(500);
      expect(connection.state.kind).toBe('live');
    }
  });

  test('cut three times under load: every line once, in order', async () => {
    connection.start();
    for (let turn = 0; turn < 300; turn++) {
      server.log(7);
      if (turn % 100 === 50) server.open[0].cut();
      await after(20);
    }
    await after(3000);
    expect(told.kinds.filter((kind) => kind === 'lost').length).toBeGreaterThanOrEqual(3);
    expect(told.ids).toEqual(upTo(2100));
  });

  test('between two tries of a page that had it, a 404 of a proxy is no end', async () => {
    connection.start();
    await after(0);
    server.instead.session = () =>
      new Response('404 page not found', { status: 404, headers: { 'content-type': 'text/plain' } });
    server.open[0].cut();
    await after(10_000);
    expect(connection.state.kind).toBe('lost');
    server.instead = {};
    await after(5000);
    expect(connection.state.kind).toBe('live');
  });

  test('a stream that falls silent after it lived: the lines come by asking at once, and by stream 2 s later', async () => {
    connection.start();
    await after(60_000);
    server.open[0].isMute = true;
    server.log(4);
    await after(26_000);
    expect(told.ids).toEqual(upTo(4));
    await after(2500);
    expect(told.kinds).toEqual(['live', 'polling', 'live']);
  });

  test('streams that fall silent again and again are not tried for a minute', async () => {
    server.onStream = (stream) => stream.later(15, () => (stream.isMute = true));
    connection.start();
    await after(90_000);
    expect(connection.state.kind).toBe('polling');
    server.count('stream');
    await after(35_000);
    expect(server.count('stream')).toBe(0);
  });

  test('after the machine slept, lines come within 2 s', async () => {
    connection.start();
    await after(60_000);
    server.open[0].isMute = true;
    server.log(4);
    jest.setSystemTime(Date.now() + 8 * 3_600_000);
    await after(2000);
    expect(told.ids).toEqual(upTo(4));
  });
});

describe('A server that says goodbye', () => {
  const sayBye = (reason: string): void => {
    server.open[0].send('bye', 'e1-0', { reason, retryMs: 2000 });
    server.open[0].end();
  };

  test.each(['shutdown', 'slow'])('%s: the stream is opened again at once', async (reason) => {
    connection.start();
    await after(1000);
    sayBye(reason);
    await after(0);
    expect(server.open).toHaveLength(1);
    expect(told.kinds).toEqual(['live']);
  });

  test('again and again: it is asked less and less often', async () => {
    server.onStream = (stream) => stream.send('bye', 'e1-0', { reason: 'shutdown' });
    connection.start();
    await after(20_000);
    expect(server.count('stream')).toBeLessThan(12);
    expect(server.count('session')).toBeGreaterThan(3);
  });

  test('signed-out', async () => {
    connection.start();
    await after(0);
    sayBye('signed-out');
    await after(60_000);
    expect(told.kinds).toEqual(['live', 'signed-out']);
    expect(server.asked).toHaveLength(2);
  });

  test('forbidden', async () => {
    connection.start();
    await after(0);
    sayBye('forbidden');
    await after(60_000);
    expect(told.kinds).toEqual(['live', 'forbidden']);
  });

  test('finished: nothing more is asked', async () => {
    connection.start();
    await after(0);
    sayBye('finished');
    await after(60_000);
    expect(server.asked).toHaveLength(2);
    expect(told.kinds).toEqual(['live', 'finished']);
  });

  test('finished, and the tab goes away and comes back: it stays so', async () => {
    connection.start();
    await after(0);
    sayBye('finished');
    connection.hidden(true);
    await after(60_000);
    connection.hidden(false);
    await after(1000);
    expect(server.asked).toHaveLength(2);
    expect(told.kinds).toEqual(['live', 'finished']);
  });
});

describe('A source that ends, where no stream comes through', () => {
  test('is polled until it is over and all of it was read', async () => {
    server.instead.stream = HTML;
    let isOver = false;
    const api = new Api(BASE, { fetch: server.fetch });
    connection = new Connection({
      api,
      path: 'api/',
      backlog: 2,
      events: told,
      isOver: () => {
        // Its last lines and its end come between a poll and the question.
        if (told.kinds.includes('polling') && !isOver) {
          server.log(1001);
          isOver = true;
        }
        return Promise.resolve(isOver);
      },
    });
    connection.start();
    await after(60_000);
    expect(told.kinds).toEqual(['polling', 'finished']);
    expect(told.ids).toEqual(upTo(1001));
    server.asked = [];
    await after(120_000);
    expect(server.asked).toEqual([]);
  });
});

describe('A tab in the background', () => {
  test('goes on for 30 s, then gives its stream back, and has every line when it comes back', async () => {
    connection.start();
    await after(0);
    connection.hidden(true);
    await after(29_000);
    expect(server.open).toHaveLength(1);
    await after(1500);
    expect(server.open).toEqual([]);
    expect(told.kinds).toEqual(['live', 'resting']);
    server.asked = [];
    server.log(700);
    await after(600_000);
    expect(server.asked).toEqual([]);
    connection.hidden(false);
    await after(0);
    expect(told.kinds).toEqual(['live', 'resting', 'connecting', 'live']);
    expect(told.ids).toEqual(upTo(700));
  });

  test('that is looked at again in time notices nothing', async () => {
    connection.start();
    connection.hidden(true);
    await after(20_000);
    connection.hidden(false);
    await after(60_000);
    expect(told.kinds).toEqual(['live']);
  });

  test('from the first: nothing is asked until somebody looks', async () => {
    connection.hidden(true);
    connection.start();
    await after(60_000);
    connection.retry();
    expect(told.kinds).toEqual(['resting']);
    expect(server.asked).toEqual([]);
    connection.hidden(false);
    await after(0);
    expect(connection.state.kind).toBe('live');
  });

  test('that is signed out stays signed out', async () => {
    server.instead.session = () => refusal(401);
    connection.start();
    await after(0);
    connection.hidden(true);
    await after(60_000);
    connection.hidden(false);
    await after(0);
    expect(told.kinds).toEqual(['signed-out']);
  });
});

describe('Several servers without a shared store', () => {
  test('are noticed by a life that comes back; what was read is not told again, and nobody is asked in a hurry', async () => {
    server.instead.stream = HTML;
    server.log(1500);
    const first = server.entries;
    connection.start();
    await after(0);
    expect(told.ids).toHaveLength(1000);
    server.restart('e2');
    server.log(5);
    await after(1000);
    expect(told.others).not.toContain('several servers');
    server.restart('e1');
    server.entries = [...first, entry(1501)];
    server.count('entries');
    await after(2900);
    expect(told.others.filter((one) => one === 'several servers')).toEqual(['several servers']);
    expect(told.ids).toEqual([...upTo(1500).slice(500), ...upTo(5), 1501]);
    expect(server.count('entries')).toBeLessThan(6);
  });

  test('that answer in turn are asked once a second, however much they hold', async () => {
    server.instead.stream = HTML;
    let turn = 0;
    server.instead.entries = () => {
      const epoch = `e${turn++ % 2}`;
      const range = { prev: `${epoch}-1`, next: `${epoch}-1000`, more: true };
      return json({ epoch, instance: epoch, entries: upTo(1000).map(entry), ...range });
    };
    connection.start();
    await after(10_000);
    expect(server.count('entries')).toBeLessThan(14);
    expect(told.batches).toHaveLength(2);
  });

  test('a server whose shared log is away for a while is not several', async () => {
    server.instead.stream = HTML;
    server.log(2);
    connection.start();
    await after(0);
    const batch = { epoch: 'e2', instance: 'web-1', next: 'e2-1', prev: 'e2-1', more: false, degraded: true };
    server.instead.entries = () => json({ ...batch, entries: [entry(1)] });
    await after(1000);
    server.instead.entries = () => undefined;
    await after(2000);
    expect(told.ids).toEqual([1, 2, 1]);
    expect(told.batches.map(({ degraded }) => degraded ?? false)).toEqual([false, true, false]);
    expect(told.others.filter((one) => one.startsWith('store'))).toEqual(['store degraded', 'store up']);
    expect(told.others).not.toContain('several servers');
  });
});

describe('What the page asks for itself', () => {
  test.each([
    ['older', () => connection.older('e1-20', 300), 'GET entries?before=e1-20&limit=300'],
    ['between', () => connection.between('e1-20', 300), 'GET entries?after=e1-20&limit=300'],
    ['clear', () => connection.clear('e1-20'), 'DELETE entries?upTo=e1-20'],
  ])('%s', async (_name, ask, expected) => {
    server.instead.entries = () => json({ cleared: 3 });
    connection.start();
    await after(0);
    await expect(ask()).resolves.toEqual({ cleared: 3 });
    expect(server.asked.at(-1)).toBe(expected);
  });

  test('what is not allowed is said to who asked, and the lines go on', async () => {
    server.instead.entries = () => refusal(403);
    connection.start();
    await after(0);
    await expect(connection.clear('e1-20')).rejects.toMatchObject({ status: 403 });
    expect(connection.state.kind).toBe('live');
  });

  test('a session that has ended is noticed by it', async () => {
    connection.start();
    await after(0);
    server.instead.entries = () => refusal(401);
    await expect(connection.older('e1-1', 10)).rejects.toMatchObject({ status: 401 });
    expect(connection.state.kind).toBe('signed-out');
    expect(server.open).toEqual([]);
  });

  test('is given up when everything is stopped', async () => {
    connection.start();
    await after(0);
    server.isHung = true;
    const asked = connection.older('e1-1', 10);
    connection.stop();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('Stopping', () => {
  test('ends it wherever it is, and start goes on from the place', async () => {
    server.log(3);
    connection.start();
    await after(0);
    connection.stop();
    await after(0);
    expect(server.open).toEqual([]);
    connection.retry();
    server.log(3);
    await after(60_000);
    expect(server.asked).toHaveLength(2);
    connection.start();
    await after(0);
    expect(told.ids).toEqual(upTo(6));
  });

  test('and starting at once leaves one stream, which goes on', async () => {
    connection.start();
    await after(0);
    connection.stop();
    connection.start();
    await after(0);
    server.log(2);
    await after(0);
    expect(server.open).toHaveLength(1);
    expect(told.ids).toEqual(upTo(2));
  });

  test('from inside an event: nothing more of the same piece is told', async () => {
    const stopping = connect(
      Object.assign(new Told(), {
        batch: (batch: Batch) => {
          told.batch(batch);
          stopping.stop();
        },
      }),
    );
    stopping.start();
    await after(0);
    const stream = server.open[0];
    const one = (id: number): string =>
      `id: e1-${id}\ndata: ${JSON.stringify({ epoch: 'e1', entries: [entry(id)], next: `e1-${id}` })}\n\n`;
    stream.write(one(1) + one(2));
    await after(0);
    expect(told.ids).toEqual([1]);
  });

  test('what goes wrong in the page does not stop the lines', async () => {
    const error = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    told.batch = (batch) => {
      told.batches.push(batch);
      throw new Error('The page.');
    };
    connection.start();
    await after(0);
    server.log(3);
    await after(0);
    expect(told.ids).toEqual(upTo(3));
    expect(told.kinds).toEqual(['live']);
    expect(error).toHaveBeenCalledTimes(3);
    error.mockRestore();
  });

  test('a clear reaches the page', async () => {
    connection.start();
    await after(0);
    server.open[0].send('cleared', 'e1-0', { upTo: 'e1-0', at: '' });
    await after(0);
    expect(told.others).toContain('cleared');
  });
});
