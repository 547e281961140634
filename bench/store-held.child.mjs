// Fills a shared log; answers how long a clear of it takes, in milliseconds.
import { MemoryStore } from 'nestjs-log-console';
import { RedisStore } from 'nestjs-log-console/redis';
import { answer } from './children.mjs';
import { CONTEXT, INSTANCE } from './entry.mjs';

const PIECE = 1000;

const [url] = process.argv.slice(2);

answer(async ({ app, lines, length, clears, ...bounds }) => {
  const ring = new MemoryStore({ instance: INSTANCE, capacity: 2 * PIECE, maxBytes: 2 ** 30 });
  const store = new RedisStore({ url, app, flushMs: 1, ...bounds }).attach(ring);
  const message = 'Stock of AB-444 is below its minimum '.padEnd(length, '.');
  for (let line = 0; line < lines; line += PIECE) {
    for (let each = 0; each < PIECE; each++) ring.append({ level: 'log', context: CONTEXT, message });
    if (!(await store.flush(10_000))) throw new Error('Redis does not take the lines.');
  }
  const { held } = await store.stats();
  const start = performance.now();
  const { cleared } = clears ? await store.clear() : { cleared: 0 };
  const ms = performance.now() - start;
  await store.close();
  return { held: held.entries, cleared, ms };
});
