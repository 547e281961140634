// CPU time of copying lines to Redis, so many at a time: by the store, or by a client that adds each as an entry.
import { createClient } from '@redis/client';
import { MemoryStore } from 'nestjs-log-console';
import { RedisStore } from 'nestjs-log-console/redis';
import { answer } from './children.mjs';
import { cpuNs } from './cpu.mjs';
import { CONTEXT, INSTANCE, plainEntry } from './entry.mjs';

const WRITERS = 8;
/** Lines of 290 bytes as JSON. */
const MESSAGE = 'Stock of AB-444 is below its minimum '.padEnd(160, '.');

const [who, url, size] = process.argv.slice(2);
const BATCH = Number(size);
const contestants = { ours, many, ring, peer };
const { send, lines = BATCH } = await contestants[who]();

answer(async (batches) => {
  const before = cpuNs();
  for (let batch = 0; batch < batches; batch++) await send();
  return { ns: (cpuNs() - before) / (batches * lines), lines: batches * lines };
});

async function ours() {
  const append = appendTo(new MemoryStore({ instance: INSTANCE }));
  const store = new RedisStore({ url, app: 'ours', flushMs: 1 }).attach(append.ring);
  const send = async () => {
    append();
    await store.flush(5000);
  };
  return { send };
}

/** So many at once that Redis has always something to do. */
async function many() {
  const writers = await Promise.all(Array.from({ length: WRITERS }, ours));
  const send = () => Promise.all(writers.map((writer) => writer.send()));
  return { send, lines: WRITERS * BATCH };
}

/** What the lines cost without being copied: the bytes that every reader shares are made all the same. */
async function ring() {
  const append = appendTo(new MemoryStore({ instance: INSTANCE }));
  let after = append.ring.stats().newest;
  const send = async () => {
    append();
    const batch = append.ring.read({ after, limit: BATCH });
    batch.encoded();
    after = batch.next;
    await new Promise((resolve) => setTimeout(resolve, 1));
  };
  return { send };
}

function appendTo(ring) {
  const append = () => {
    for (let line = 0; line < BATCH; line++)
      ring.append({ level: 'log', context: CONTEXT, message: MESSAGE });
  };
  return Object.assign(append, { ring });
}

async function peer() {
  const client = createClient({ url });
  client.on('error', () => undefined);
  await client.connect();
  const policy = { TRIM: { strategy: 'MAXLEN', strategyModifier: '~', threshold: 100_000 } };
  const send = async () => {
    const added = [];
    for (let line = 0; line < BATCH; line++)
      added.push(client.xAdd('peer', '*', { entry: JSON.stringify(plainEntry(MESSAGE)) }, policy));
    await Promise.all(added);
  };
  return { send };
}
