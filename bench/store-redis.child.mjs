// What Redis has to do for batches that are ready: so many at once that it never waits for the next.
import { MemoryStore } from 'nestjs-log-console';
import { RedisStore } from 'nestjs-log-console/redis';
import { answer } from './children.mjs';
import { CONTEXT, INSTANCE, LONG_MESSAGE } from './entry.mjs';

const WRITERS = 8;

const [url, size] = process.argv.slice(2);
const BATCH = Number(size);
const filled = new MemoryStore({ instance: INSTANCE });
for (let line = 0; line < BATCH; line++)
  filled.append({ level: 'log', context: CONTEXT, message: LONG_MESSAGE });
const batch = filled.read({ after: filled.stats().oldest, limit: BATCH });
/** Lowest first; all are `log`. */
const levels = [0, 0, BATCH, 0, 0, 0];

/** In the place of a buffer: has the same batch ready again and again, until it was read as often as was asked for. */
class ReadyBatches extends MemoryStore {
  wanted = 0;
  done = 0;
  #wake = () => undefined;

  want(batches) {
    this.wanted += batches;
    this.#wake();
  }

  read() {
    const more = this.done < this.wanted;
    if (more) this.done++;
    const next = `${this.epoch}-${this.done * BATCH}`;
    return { size: more ? BATCH : 0, next, more, encoded: () => batch.encoded() };
  }

  waitAfter() {
    return new Promise((resolve) => {
      this.#wake = resolve;
      if (this.done < this.wanted) resolve();
    });
  }

  levelsBetween() {
    return levels;
  }
}

const writers = Array.from({ length: WRITERS }, () => {
  const ring = new ReadyBatches({ instance: INSTANCE });
  return { ring, store: new RedisStore({ url, app: 'redis', flushMs: 1 }).attach(ring) };
});

answer(async (batches) => {
  const each = Math.ceil(batches / WRITERS);
  for (const { ring } of writers) ring.want(each);
  const lines = writers[0].ring.wanted * BATCH;
  while (writers.some(({ store }) => store.shipped.entries < lines))
    await new Promise((resolve) => setTimeout(resolve, 5));
  return { lines: each * WRITERS * BATCH };
});
