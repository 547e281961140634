import { deepEqual, equal } from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { type Checks } from './checks.js';
import { followed } from './following-checks.js';
import { FROM_OLDEST, messagesOf, type Probe } from './probe.js';
import { within } from './within.js';

/** Far longer than a test may take: a wait that ends was ended by something else. */
const LONG = { timeoutMs: 600_000 };

/** What holds of a source that is over at some time. */
export const finishingChecks: Checks<Probe> = {
  'says that it is finished once it is, and not before': async (open) => {
    const probe = await open();
    equal(probe.source.isFinished?.(), false);
    await probe.log(1);
    equal(probe.source.isFinished?.(), false);
    await probe.finish();
    equal(probe.source.isFinished?.(), true);
  },

  'wakes everyone who waits when it is finished': async (open) => {
    const probe = await open();
    await probe.log(1);
    const place = await probe.newest();
    const waiting = [1, 2, 3].map(() => probe.source.waitAfter(place, LONG));
    await setImmediate();
    await probe.finish();
    await within('everyone to be woken by the end', Promise.all(waiting));
  },

  'lets nobody wait once it is finished': async (open) => {
    const probe = await open();
    await probe.log(1);
    await probe.finish();
    await within('a wait at the end to be over', probe.source.waitAfter(await probe.newest(), LONG));
  },

  'gives everything to who comes when it is finished, and moves no further': async (open) => {
    const probe = await open();
    await probe.log(3);
    const before = await probe.newest();
    await probe.finish();
    const { messages, next } = await probe.readOn(FROM_OLDEST, { limit: 2 });
    deepEqual(messages, probe.written);
    deepEqual([next, await probe.newest()], [before, before]);
  },

  'ends a follower after the last entry, whether it waits or comes later': async (open) => {
    const probe = await open();
    const waiting = followToTheEnd(probe);
    for (let count = 0; count < 3; count++) {
      for (let turn = 0; turn < 5; turn++) await setImmediate();
      await probe.log(1);
    }
    await probe.finish();
    deepEqual(await waiting, probe.written);
    deepEqual(await followToTheEnd(probe), probe.written);
  },
};

async function followToTheEnd(probe: Probe): Promise<string[]> {
  const messages: string[] = [];
  const abort = new AbortController();
  const following = async (): Promise<void> => {
    const batches = followed(probe, { after: FROM_OLDEST, signal: abort.signal });
    for await (const batch of batches) messages.push(...messagesOf(batch));
  };
  try {
    await within('a follower to end', following());
  } finally {
    abort.abort();
  }
  return messages;
}
