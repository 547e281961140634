import { deepEqual, equal, ok } from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { type LogRecord } from '../domain/log-entry.js';
import { type LogSource } from '../domain/log-source.js';
import { follow, type FollowOptions } from '../reading/follow.js';
import { type Checks } from './checks.js';
import { messagesOf, type Probe } from './probe.js';
import { within } from './within.js';

const COUNT = 500;

/** What holds of `follow` over the source. */
export const followingChecks: Checks<Probe> = {
  'delivers to a follower everything in order, once, while it is written': async (open) => {
    const probe = await open({ capacity: COUNT });
    const following = collect(probe, { after: await probe.newest() }, COUNT);
    await writeInBursts(probe);
    const { messages, missed } = await following;
    deepEqual(messages, numbered(COUNT));
    equal(missed, 0);
  },

  'delivers to a follower with a filter all that matches, in order, once': async (open) => {
    const probe = await open({ capacity: COUNT });
    const filter = { search: '5' };
    const wanted = numbered(COUNT).filter((message) => message.includes('5'));
    const following = collect(probe, { after: await probe.newest(), filter }, wanted.length);
    await writeInBursts(probe);
    deepEqual((await following).messages, wanted);
  },

  'starts a follower without a cursor with the newest entries': async (open) => {
    const probe = await open();
    await probe.log(9);
    deepEqual((await collect(probe, { limit: 4 }, 4)).messages, probe.written.slice(-4));
    const filter = { search: 'odd' };
    const odd = probe.written.filter((message) => message.endsWith('odd'));
    deepEqual((await collect(probe, { limit: 2, filter }, 2)).messages, odd.slice(-2));
  },

  'starts a follower that wants no backlog with what comes': async (open) => {
    const probe = await open();
    await probe.log(3);
    const batches = followed(probe, { limit: 0, idleMs: 0 });
    const heartbeat = await within('a heartbeat', batches.next());
    deepEqual([heartbeat.value?.size, heartbeat.value?.next], [0, await probe.newest()]);
    await probe.log(2);
    const messages: string[] = [];
    while (messages.length < 2) {
      const { value } = await within('what comes', batches.next());
      messages.push(...(value ? messagesOf(value) : []));
    }
    deepEqual(messages, probe.written.slice(-2));
    await batches.return();
  },

  'ends a follower when its signal aborts': async (open) => {
    const probe = await open();
    await probe.log(1);
    const abort = new AbortController();
    const batches = followed(probe, { after: await probe.newest(), signal: abort.signal });
    const next = batches.next();
    await setImmediate();
    abort.abort();
    deepEqual(await within('a follower to end', next), { done: true, value: undefined });
  },
};

/** What holds of a follower that is slower than a bounded source. */
export const overtakenFollowerChecks: Checks<Probe> = {
  'tells a follower that was overtaken how many it missed, and goes on': async (open) => {
    const probe = await open({ capacity: 8 });
    const place = await probe.newest();
    await probe.overtake(place);
    const batches = followed(probe, { after: place });
    const { value } = await within('the first batch', batches.next());
    ok(value, 'a batch');
    equal((value.gap?.missed ?? NaN) + value.size, probe.written.length);
    await probe.log(2);
    const second = await within('what was written since', batches.next());
    deepEqual(second.value && messagesOf(second.value), probe.written.slice(-2));
    equal(second.value?.gap, undefined);
    await batches.return();
  },
};

/** Follows the source; one whose waits are none fails the check, and does not stop the process. */
export function followed({ source }: Probe, options: FollowOptions): ReturnType<typeof follow> {
  const read = source.read.bind(source);
  const waitAfter: LogSource['waitAfter'] = async (cursor, wait) => {
    await source.waitAfter(cursor, wait);
    await setImmediate();
  };
  return follow({ read, waitAfter, isFinished: () => source.isFinished?.() ?? false }, options);
}

/** Follows until so many entries were delivered or missed. */
async function collect(
  probe: Probe,
  options: FollowOptions,
  count: number,
): Promise<{ messages: string[]; missed: number }> {
  const messages: string[] = [];
  let missed = 0;
  const abort = new AbortController();
  const following = async (): Promise<void> => {
    for await (const batch of followed(probe, { ...options, signal: abort.signal })) {
      missed += batch.gap?.missed ?? 0;
      messages.push(...messagesOf(batch));
      if (messages.length + missed >= count) return;
    }
  };
  try {
    await within(`${count} entries to be delivered`, following());
  } finally {
    abort.abort();
  }
  return { messages, missed };
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `line ${index + 1}`);
}

/** Writes now one, now many, now at once, now a turn later. */
async function writeInBursts(probe: Probe): Promise<void> {
  const records = numbered(COUNT).map((message): LogRecord => ({ level: 'log', message }));
  for (let burst = 1; records.length > 0; burst = (burst * 5) % 23) {
    await probe.send(records.splice(0, burst));
    if (burst % 3 === 0) await setImmediate();
  }
}
