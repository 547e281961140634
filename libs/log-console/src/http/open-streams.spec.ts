import { jest } from '@jest/globals';
import { type Admission } from '../access/caller.js';
import { LogConsoleException } from '../access/log-console.exception.js';
import { type ByeReason } from './live-format.js';
import { OpenStreams, type OpenStream } from './open-streams.js';

type Recheck = Admission['recheck'];

const admission = (
  name = 'ann',
  address = '10.0.0.1',
  recheck: Recheck = () => Promise.resolve(undefined),
) => ({
  caller: { name, address, role: 'viewer' as const },
  recheck,
});

/** A response that is held open, and what it was ended with. */
function held(kind: OpenStream['kind'] = 'streams') {
  const end = jest.fn<(reason: ByeReason) => void>();
  return { kind, end };
}

function thrownBy(action: () => unknown): LogConsoleException {
  try {
    action();
  } catch (error) {
    if (error instanceof LogConsoleException) return error;
  }
  throw new Error('It passed.');
}

describe('Open streams', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const open = (streamsPerUser = 10, streamsPerProcess = 100) =>
    new OpenStreams({ streamsPerUser, streamsPerProcess });

  it('are counted until they are given back, streams and polls apart', () => {
    const streams = open();
    const releases = [held(), held('polls'), held()].map((stream) => streams.add(stream, admission()));
    expect(streams.counts).toEqual({ streams: 2, polls: 1 });
    releases.forEach((release) => release());
    releases.forEach((release) => release());
    expect(streams.counts).toEqual({ streams: 0, polls: 0 });
  });

  it('are limited per user and address, a waiting poll counting like a stream', () => {
    const streams = open(2);
    const release = streams.add(held(), admission());
    streams.add(held('polls'), admission());
    const refused = thrownBy(() => streams.add(held(), admission()));
    expect(refused.getResponse()).toEqual({
      statusCode: 503,
      message: 'You have 2 streams open already; close one.',
      error: 'Service Unavailable',
    });
    expect(refused.headers).toEqual({ 'Retry-After': '10' });
    streams.add(held(), admission('ann', '10.0.0.2'));
    streams.add(held(), admission('bob'));
    release();
    streams.add(held(), admission());
    expect(streams.counts).toEqual({ streams: 3, polls: 1 });
  });

  it('are limited per process', () => {
    const streams = open(10, 3);
    const release = ['ann', 'bob', 'eve'].map((name) => streams.add(held(), admission(name)))[1];
    const refused = thrownBy(() => streams.add(held(), admission('joe')));
    expect(refused.getResponse()).toMatchObject({
      statusCode: 503,
      message: 'All 3 streams of this server are taken.',
    });
    release?.();
    streams.add(held(), admission('joe'));
    expect(streams.counts.streams).toBe(3);
  });

  it('count answers of the host, which take no slot', () => {
    const streams = open(1, 1);
    const releases = [held(), held(), held()].map((stream) => streams.hold(stream));
    expect(streams.counts).toEqual({ streams: 3, polls: 0 });
    streams.add(held(), admission());
    expect(streams.counts.streams).toBe(4);
    for (const release of releases) release();
    expect(streams.counts.streams).toBe(1);
  });

  it('end answers of the host at a shutdown, those that come late too, and wait for them', async () => {
    const streams = open();
    const [early, late] = [held(), held()];
    const release = streams.hold(early);
    let isClosed = false;
    void streams.closeAll().then(() => (isClosed = true));
    expect(early.end.mock.calls).toEqual([['shutdown']]);
    streams.hold(late)();
    expect(late.end.mock.calls).toEqual([['shutdown']]);
    await jest.advanceTimersByTimeAsync(500);
    expect(isClosed).toBe(false);
    release();
    await jest.advanceTimersByTimeAsync(0);
    expect(isClosed).toBe(true);
  });

  it('hold no slot that was refused', () => {
    const streams = open(1);
    streams.add(held(), admission());
    thrownBy(() => streams.add(held(), admission()));
    expect(streams.counts.streams).toBe(1);
  });

  describe('are asked again for their rights', () => {
    /** Adds one whose checks answer in turn; after the last, that the rights are there. */
    function asked(...answers: Awaited<ReturnType<Recheck>>[]) {
      const recheck = jest.fn<Recheck>(() => Promise.resolve(answers.shift()));
      const stream = held();
      const streams = open();
      const release = streams.add(stream, admission('ann', '10.0.0.1', recheck));
      return { recheck, release, stream };
    }

    it.each([0.001, 0.25, 0.999])('first at a moment by chance within 60 s: %d of it', async (chance) => {
      jest.spyOn(Math, 'random').mockReturnValue(chance);
      const { recheck } = asked();
      await jest.advanceTimersByTimeAsync(chance * 60_000 - 2);
      expect(recheck).not.toHaveBeenCalled();
      await jest.advanceTimersByTimeAsync(2);
      expect(recheck).toHaveBeenCalledTimes(1);
    });

    it('then every 60 s, for as long as they are open', async () => {
      jest.spyOn(Math, 'random').mockReturnValue(0.5);
      const { recheck, release, stream } = asked();
      await jest.advanceTimersByTimeAsync(30_000 + 5 * 60_000);
      expect(recheck).toHaveBeenCalledTimes(6);
      release();
      await jest.advanceTimersByTimeAsync(10 * 60_000);
      expect(recheck).toHaveBeenCalledTimes(6);
      expect(stream.end).not.toHaveBeenCalled();
    });

    it.each(['signed-out', 'forbidden'] as const)('and told %s when they are gone, once', async (reason) => {
      const { recheck, stream } = asked(undefined, reason);
      await jest.advanceTimersByTimeAsync(60_000);
      expect(stream.end).not.toHaveBeenCalled();
      await jest.advanceTimersByTimeAsync(60_000);
      expect(stream.end.mock.calls).toEqual([[reason]]);
      await jest.advanceTimersByTimeAsync(10 * 60_000);
      expect(recheck).toHaveBeenCalledTimes(2);
    });

    it('and not again when they ended during the check', async () => {
      let answer: (reason: undefined) => void = () => undefined;
      const recheck = jest.fn<Recheck>(() => new Promise((resolve) => (answer = resolve)));
      const release = open().add(held(), admission('ann', '10.0.0.1', recheck));
      await jest.advanceTimersByTimeAsync(60_000);
      release();
      answer(undefined);
      await jest.advanceTimersByTimeAsync(10 * 60_000);
      expect(recheck).toHaveBeenCalledTimes(1);
      expect(jest.getTimerCount()).toBe(0);
    });
  });

  describe('at shutdown', () => {
    it('are all told, and waited for', async () => {
      const streams = open();
      const all = [held(), held('polls')];
      const releases = all.map((stream) => streams.add(stream, admission()));
      let closed = false;
      const closing = streams.closeAll().then(() => (closed = true));
      for (const stream of all) expect(stream.end.mock.calls).toEqual([['shutdown']]);
      releases[0]?.();
      await jest.advanceTimersByTimeAsync(100);
      expect(closed).toBe(false);
      releases[1]?.();
      await jest.advanceTimersByTimeAsync(1);
      await closing;
      expect(jest.getTimerCount()).toBe(1);
    });

    it('are waited for 900 ms at most', async () => {
      const streams = open();
      streams.add(held(), admission());
      let closed = false;
      const closing = streams.closeAll().then(() => (closed = true));
      await jest.advanceTimersByTimeAsync(899);
      expect(closed).toBe(false);
      await jest.advanceTimersByTimeAsync(2);
      await closing;
    });

    it('take no new one', async () => {
      const streams = open();
      const closing = streams.closeAll();
      const refused = thrownBy(() => streams.add(held(), admission()));
      expect(refused.getResponse()).toMatchObject({
        statusCode: 503,
        message: 'The server is shutting down.',
      });
      expect(refused.headers).toEqual({ 'Retry-After': '2' });
      await jest.advanceTimersByTimeAsync(1);
      await closing;
    });
  });
});
