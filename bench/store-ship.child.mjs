// CPU time of copying lines to Redis, so many at a time: by the store, or by a client that adds each as an entry.
import { createClient } from '@redis/client';
import { MemoryStore } from 'nestjs-log-console';
import { RedisStore } from 'nestjs-log-console/redis';
import { answer } from './children.mjs';
import { cpuNs } from './cpu.mjs';
import { CONTEXT, INSTANCE, LONG_MESSAGE, plainEntry } from './entry.mjs';

const WRITERS = 8;

const [who, url, size] = process.argv.slice(2);
const BATCH = Number(size);
const contestants = { ours, ring, peer };
const { send, lines } = await contestants[who]();

answer(async (batches) => {
  const rounds = Math.ceil((batches * BATCH) / lines);
  const before = cpuNs();
  for (let round = 0; round < rounds; round++) await send();
  return { ns: (cpuNs() - before) / (rounds * lines), lines: rounds * lines };
});

/** So many writers that the process has always something to do, as the peer has. */
async function ours() {
  const stores = rings().map((ring) => new RedisStore({ url, app: 'ours', flushMs: 1 }).attach(ring));
  const send = () =>
    Promise.all(
      stores.map((store) => {
        append(store);
        return store.flush(5000);
      }),
    );
  return { send, lines: WRITERS * BATCH };
}

/** What the lines cost without being copied: the bytes that every reader shares are made all the same. */
async function ring() {
  const readers = rings().map((store) => ({ store, after: store.stats().newest }));
  const send = async () => {
    for (const reader of readers) {
      append(reader.store);
      const batch = reader.store.read({ after: reader.after, limit: BATCH });
      batch.encoded();
      reader.after = batch.next;
    }
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { send, lines: WRITERS * BATCH };
}

function rings() {
  return Array.from({ length: WRITERS }, () => new MemoryStore({ instance: INSTANCE }));
}

function append(store) {
  for (let line = 0; line < BATCH; line++)
    store.append({ level: 'log', context: CONTEXT, message: LONG_MESSAGE });
}

async function peer() {
  const client = createClient({ url });
  client.on('error', () => undefined);
  await client.connect();
  const policy = { TRIM: { strategy: 'MAXLEN', strategyModifier: '~', threshold: 100_000 } };
  const send = async () => {
    const added = [];
    for (let line = 0; line < BATCH; line++)
      added.push(client.xAdd('peer', '*', { entry: JSON.stringify(plainEntry(LONG_MESSAGE)) }, policy));
    await Promise.all(added);
  };
  return { send, lines: BATCH };
}
