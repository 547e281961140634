import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { type LogBatch } from '../domain/log-batch.js';
import { type LogRecord } from '../domain/log-entry.js';
import { PartlyWrittenError, type LogSink } from '../domain/log-sink.js';
import { MemoryStore } from '../stores/memory/memory.store.js';
import { ship, type Shipping, type ShipOptions } from './ship.js';

/** A destination that takes what it is told to take. */
class Target implements LogSink {
  readonly name = 'target';
  readonly batches: LogBatch[] = [];
  readonly signals: AbortSignal[] = [];
  readonly messages: string[] = [];
  closedWith: unknown;
  /** Throws, hangs, or takes some. */
  take: (batch: LogBatch, signal: AbortSignal) => void | Promise<void> = () => undefined;

  constructor(
    readonly immediate: boolean,
    readonly batch: LogSink['batch'] = {},
  ) {}

  write(batch: LogBatch, signal: AbortSignal): void | Promise<void> {
    this.signals.push(signal);
    const done = (): void => {
      this.batches.push(batch);
      this.messages.push(...batch.entries.map(({ message }) => message));
    };
    const taken = this.take(batch, signal);
    if (taken) return taken.then(done);
    done();
  }

  close(stats: unknown): void {
    this.closedWith = stats;
  }
}

const fails = (): never => {
  throw new Error('ENOSPC: no space left on device, write');
};

describe('ship', () => {
  const open: { close(): unknown }[] = [];
  let store: MemoryStore;
  let notices: LogRecord[];
  beforeEach(() => {
    store = new MemoryStore({ capacity: 100 });
    notices = [];
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    store.close();
  });

  const start = (sink: LogSink, options: ShipOptions = {}): Shipping => {
    const notify = (record: LogRecord): void => void notices.push(record);
    const shipping = ship(store, sink, { notify, ...options });
    open.push({ close: () => shipping.close(50) });
    return shipping;
  };
  const log = (count: number, level: LogRecord['level'] = 'log'): string[] =>
    Array.from({ length: count }, () => {
      const message = `${level} ${store.stats().accepted.total}`;
      store.append({ level, message });
      return message;
    });
  const until = async (isSo: () => boolean): Promise<void> => {
    for (const end = performance.now() + 4500; !isSo() && performance.now() < end;) await sleep(2);
    expect(isSo()).toBe(true);
  };
  const addsUp = ({ stats }: Shipping): void => {
    const { written, filtered, dropped, behind } = stats;
    expect(written + filtered + dropped + behind).toBe(store.stats().accepted.total);
  };

  describe.each([
    ['an immediate one', true],
    ['one that takes its time', false],
  ])('into %s', (_what, immediate) => {
    it('hands on what was there, and what comes, in order, each line once', async () => {
      const target = new Target(immediate);
      const lines = log(30);
      const shipping = start(target);
      await until(() => target.messages.length === 30);
      for (let round = 0; round < 5; round++) {
        lines.push(...log(50));
        await until(() => target.messages.length === lines.length);
      }
      expect(target.messages).toEqual(lines);
      expect(shipping.stats).toMatchObject({ state: 'up', written: 280, filtered: 0, dropped: 0, behind: 0 });
      addsUp(shipping);
    });

    it('hands the same lines on again when it failed, and says so once', async () => {
      const target = new Target(immediate);
      let tries = 0;
      target.take = () => {
        if (++tries < 3) fails();
      };
      const shipping = start(target);
      const lines = log(3);
      await until(() => shipping.stats.state === 'failing');
      expect(shipping.stats).toMatchObject({ error: 'ENOSPC: no space left on device, write', behind: 3 });
      await until(() => target.messages.length > 0);
      expect(target.messages).toEqual(lines);
      expect(shipping.stats).toMatchObject({ state: 'up', written: 3, behind: 0 });
      expect(shipping.stats).not.toHaveProperty('error');
      expect(notices).toMatchObject([{ level: 'warn', context: 'LogConsole' }]);
      expect(notices[0].message).toMatch(/^The destination "target" does not take lines.*ENOSPC/);
    });

    it('hands only the rest on again when a part was taken', async () => {
      const target = new Target(immediate);
      const sizes: number[] = [];
      target.take = (batch) => {
        sizes.push(batch.size);
        target.messages.push(
          ...(sizes.length === 1 ? batch.entries.slice(0, 4) : []).map(({ message }) => message),
        );
        if (sizes.length === 1) throw new PartlyWrittenError(4, 'full');
      };
      const lines = log(10);
      const shipping = start(target);
      await until(() => sizes.length > 0 && shipping.stats.state === 'failing');
      expect(shipping.stats).toMatchObject({ written: 4, behind: 6 });
      await until(() => target.messages.length >= 10);
      expect(target.messages).toEqual(lines);
      expect(sizes).toEqual([10, 6]);
      expect(shipping.stats.written).toBe(10);
    });

    it('counts at every moment what gave way in the ring, and says how many when it goes on', async () => {
      const target = new Target(immediate, { entries: 10 });
      target.take = fails;
      const shipping = start(target);
      const first = log(10);
      await until(() => shipping.stats.state === 'failing');
      log(300);
      // Ten are in its hand, the newest hundred in the ring.
      expect(shipping.stats).toMatchObject({ written: 0, dropped: 200, behind: 110 });
      addsUp(shipping);
      target.take = () => undefined;
      await until(() => shipping.stats.behind === 0);
      expect(target.messages.slice(0, 10)).toEqual(first);
      expect(target.messages).toHaveLength(110);
      expect(target.batches.map(({ gap }) => gap?.missed)).toEqual(
        target.batches.map((_, index) => (index === 1 ? 200 : undefined)),
      );
      expect(shipping.stats).toMatchObject({ written: 110, dropped: 200 });
      expect(notices.at(-1)).toMatchObject({ data: { lost: 200 } });
    });

    it('is told what is missing before what comes after it, not in the middle of a batch', async () => {
      const target = new Target(immediate);
      target.take = fails;
      const shipping = start(target);
      const first = log(5);
      await until(() => shipping.stats.state === 'failing');
      log(300);
      target.take = () => undefined;
      await until(() => shipping.stats.behind === 0);
      expect(target.batches.map(({ gap, size }) => [gap?.missed, size])).toEqual([
        [undefined, 5],
        [200, 100],
      ]);
      expect(target.messages.slice(0, 5)).toEqual(first);
    });

    it('says no more than once in ten seconds that lines were lost, and in the end all of it', async () => {
      const target = new Target(immediate, { entries: 1 });
      const shipping = start(target);
      for (let round = 0; round < 3; round++) {
        log(200);
        await until(() => shipping.stats.behind === 0);
      }
      const lost = (): number[] => notices.map(({ data }) => (data as { lost: number }).lost);
      expect(lost()).toHaveLength(1);
      await shipping.close();
      expect(lost()).toHaveLength(2);
      expect(lost().reduce((sum, count) => sum + count)).toBe(shipping.stats.dropped);
    });

    it('takes what its filter wants, and counts the rest', async () => {
      const target = new Target(immediate);
      const shipping = start(target, { filter: { level: ['error'], context: ['Shop*'] } });
      for (let index = 0; index < 40; index++)
        store.append({
          level: index % 2 ? 'error' : 'log',
          context: index % 4 < 2 ? 'ShopCart' : 'Other',
          message: `${index}`,
        });
      await until(() => shipping.stats.behind === 0);
      expect(target.messages).toEqual(['1', '5', '9', '13', '17', '21', '25', '29', '33', '37']);
      expect(shipping.stats).toMatchObject({ written: 10, filtered: 30, dropped: 0 });
    });

    it('goes on within five seconds, however long it failed', async () => {
      const target = new Target(immediate);
      let tries = 0;
      target.take = () => {
        tries++;
        fails();
      };
      const shipping = start(target);
      log(1);
      await sleep(1200);
      expect(tries).toBeGreaterThan(1);
      // 250, 500, 1000 ms …: not hammered.
      expect(tries).toBeLessThan(6);
      target.take = () => undefined;
      await until(() => shipping.stats.behind === 0);
    });

    it('is drained when it is closed, told of its counters, and takes nothing more', async () => {
      const target = new Target(immediate);
      const shipping = start(target);
      const lines = log(100);
      const stats = await shipping.close();
      expect(target.messages).toEqual(lines);
      expect(stats).toMatchObject({ state: 'closed', written: 100, dropped: 0, behind: 0 });
      expect(target.closedWith).toEqual(stats);
      log(1);
      shipping.flush();
      await setImmediate();
      expect(target.messages).toHaveLength(100);
      expect(shipping.stats).toEqual(stats);
    });

    it('is drained to the end, also where a filter lets a read look at little', async () => {
      const target = new Target(immediate);
      const read = store.read.bind(store);
      store.read = (request) => {
        if (!request.filter) return read(request);
        for (const end = performance.now() + 15; performance.now() < end;);
        const { filter: _, ...one } = { ...request, limit: 1 };
        const batch = read(one);
        return batch.entries[0]?.level === 'error' ? batch : read({ ...one, after: batch.next, limit: 0 });
      };
      const shipping = start(target, { filter: { level: ['error'] } });
      log(8);
      const [error] = log(1, 'error');
      await shipping.close();
      expect(target.messages).toEqual([error]);
      expect(shipping.stats).toMatchObject({ written: 1, filtered: 8, dropped: 0 });
    });

    it('is given up when it does not take what is left within its time, which is counted', async () => {
      const target = new Target(immediate);
      target.take = immediate
        ? fails
        : (_, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', reject));
      const shipping = start(target);
      log(20);
      const begin = performance.now();
      expect(await shipping.close(200)).toMatchObject({ written: 0, dropped: 20, behind: 0 });
      expect(performance.now() - begin).toBeLessThan(1000);
      expect(notices.at(-1)).toMatchObject({ data: { lost: 20 } });
    });
  });

  describe('into an immediate one', () => {
    it.each(['error', 'fatal'] as const)(
      'has handed on %s, and all before it, when the call returns',
      (level) => {
        const target = new Target(true);
        const shipping = start(target);
        const lines = [...log(3), ...log(1, level)];
        shipping.appended(level);
        expect(target.messages).toEqual(lines);
      },
    );

    it('hands on the rest within 100 ms, also where a loop never lets a timer run', () => {
      const target = new Target(true);
      const shipping = start(target);
      let written = 0;
      for (const end = performance.now() + 100; performance.now() < end; written = target.messages.length) {
        store.append({ level: 'log', message: 'busy' });
        shipping.appended('log');
      }
      expect(written).toBeGreaterThan(0);
    });

    it('hands nothing on twice when its own write logs an error', async () => {
      const target = new Target(true);
      const shipping = start(target);
      target.take = ({ entries }) => {
        if (entries[0].message === 'nested') return;
        store.append({ level: 'error', message: 'nested' });
        shipping.appended('error');
      };
      store.append({ level: 'error', message: 'first' });
      shipping.appended('error');
      await until(() => target.messages.length >= 2);
      expect(target.messages).toEqual(['first', 'nested']);
    });

    it('takes a write that answers later for one that failed', async () => {
      const target = new Target(true);
      target.take = () => Promise.resolve();
      const shipping = start(target);
      log(1, 'error');
      shipping.flush();
      expect(shipping.stats).toMatchObject({
        state: 'failing',
        error: expect.stringContaining('promise') as string,
      });
    });

    it('does not try again for each error while it fails', () => {
      const target = new Target(true);
      target.take = fails;
      const shipping = start(target);
      for (let count = 0; count < 100; count++) {
        log(1, 'error');
        shipping.appended('error');
      }
      expect(target.signals.length).toBeLessThan(10);
    });
  });

  describe('into one that takes its time', () => {
    it('hands on one batch at a time, no larger than it wants', async () => {
      const target = new Target(false, { entries: 7 });
      let under = 0;
      let most = 0;
      target.take = async () => {
        most = Math.max(most, ++under);
        await sleep(1);
        under--;
      };
      log(50);
      const shipping = start(target);
      await until(() => shipping.stats.behind === 0);
      expect(most).toBe(1);
      expect(target.batches.map(({ size }) => size)).toEqual([7, 7, 7, 7, 7, 7, 7, 1]);
    });

    it('gathers lines for as long as it wants', async () => {
      const target = new Target(false, { delayMs: 150 });
      start(target);
      log(1);
      await sleep(20);
      log(1);
      expect(target.batches).toHaveLength(0);
      await until(() => target.batches.length > 0);
      expect(target.batches[0].size).toBe(2);
    });

    it('looks for what its filter wants while it waits, so that the ring may turn over meanwhile', async () => {
      const target = new Target(false, { delayMs: 400 });
      start(target, { filter: { level: ['error'] } });
      const [error] = log(1, 'error');
      for (let round = 0; round < 4; round++) {
        await sleep(70);
        log(90);
      }
      await until(() => target.messages.length > 0);
      expect(target.messages).toEqual([error]);
    });

    it('does the same while it is slow', async () => {
      const target = new Target(false);
      let letGo: () => void = () => undefined;
      target.take = () => new Promise((resolve) => (letGo = resolve));
      const shipping = start(target, { filter: { level: ['error'] } });
      const lines = log(1, 'error');
      await until(() => target.signals.length === 1);
      lines.push(...log(1, 'error'));
      for (let round = 0; round < 3; round++) {
        await sleep(70);
        log(90);
      }
      target.take = () => undefined;
      letGo();
      await until(() => shipping.stats.behind === 0);
      expect(target.messages).toEqual(lines);
      expect(shipping.stats).toMatchObject({ written: 2, filtered: 270, dropped: 0 });
    });

    it('is told when it takes too long, and given the lines again', async () => {
      const target = new Target(false);
      target.take = () => new Promise(() => undefined);
      const shipping = start(target, { timeoutMs: 30 });
      const lines = log(2);
      await until(() => shipping.stats.state === 'failing');
      expect(target.signals[0].aborted).toBe(true);
      expect(shipping.stats.error).toBe('It took too long');
      target.take = () => undefined;
      await until(() => target.messages.length > 0);
      expect(target.messages).toEqual(lines);
    });
  });
});
