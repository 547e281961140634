// Two processes with one log: `writer` logs the time, `reader` answers how long lines took, in milliseconds.
import { follow, MemoryStore } from 'nestjs-log-console';
import { RedisStore } from 'nestjs-log-console/redis';
import { setTimeout as sleep } from 'node:timers/promises';
import { answer } from './children.mjs';

const TICK_MS = 10;

const [role, url] = process.argv.slice(2);
const store = new RedisStore({ url, app: 'delivery' }).attach(new MemoryStore({ instance: role }));
let found = [];
if (role === 'reader') void read();

answer(async ({ seconds, rate }) => {
  if (role === 'reader') {
    const answered = found;
    found = [];
    return answered;
  }
  const start = performance.now();
  let lines = 0;
  while (performance.now() - start < seconds * 1000) {
    for (const due = ((performance.now() - start) / 1000) * rate; lines < due; lines++)
      store.append({ level: 'log', message: String(process.hrtime.bigint()).padEnd(160) });
    await sleep(Math.min(TICK_MS, 1000 / rate));
  }
  await store.flush(5000);
  return lines;
});

async function read() {
  const { next } = await store.read({ limit: 0 });
  for await (const { entries } of follow(store, { after: next })) {
    const now = process.hrtime.bigint();
    for (const { message } of entries) found.push(Number(now - BigInt(message.trim())) / 1e6);
  }
}
