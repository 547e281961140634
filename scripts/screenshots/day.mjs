// Imported before the demo starts: its clock begins at DAY_BEGINS and can be put forward, so that a picture shows a quarter
// of an hour of a working day, the same with the same seed, and nothing of the machine it was made on.
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import timers from 'node:timers/promises';

const { Date: RealDate, setTimeout: realSetTimeout, clearTimeout: realClearTimeout } = globalThis;
let dayAt = Date.parse(process.env.DAY_BEGINS);
let realAt = performance.now();
/** What is to happen, by the timer that was handed out for it. */
const planned = new Map();

const now = () => Math.floor(dayAt + performance.now() - realAt);
const setClock = (to) => ([dayAt, realAt] = [to, performance.now()]);

globalThis.Date = class Date extends RealDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [now()] : parts));
  }
  static now() {
    return now();
  }
};
globalThis.setTimeout = (action, ms = 0, ...rest) => {
  const run = () => {
    planned.delete(timer);
    action(...rest);
  };
  const timer = realSetTimeout(run, ms);
  planned.set(timer, { due: now() + Math.max(0, ms), run, timer });
  return timer;
};
globalThis.clearTimeout = (timer) => {
  realClearTimeout(planned.get(timer)?.timer ?? timer);
  planned.delete(timer);
};
timers.setTimeout = (ms, value, { signal } = {}) =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(resolve, ms, value).unref();
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
os.hostname = () => 'warehouse';
syncBuiltinESMExports();
const root = new URL('../../', import.meta.url).pathname;
Error.prepareStackTrace = (error, frames) => {
  const own = frames.map(String).filter((frame) => !frame.includes(import.meta.url));
  return [error, ...own.map((frame) => `    at ${frame.replaceAll(root, '/app/')}`)].join('\n');
};

process.on('message', async ({ skipMs }) => {
  await skip(now() + skipMs);
  process.send({ now: now() });
});
process.on('disconnect', () => process.exit());

/** Lets everything that is planned until then happen at once, each at its time. */
async function skip(until) {
  for (;;) {
    const [next] = [...planned.values()].sort((a, b) => a.due - b.due);
    if (!next || next.due > until) break;
    setClock(Math.max(next.due, now()));
    realClearTimeout(next.timer);
    next.run();
    await new Promise((resolve) => setImmediate(resolve));
  }
  setClock(Math.max(until, now()));
  for (const entry of planned.values()) {
    const isHolding = entry.timer.hasRef();
    realClearTimeout(entry.timer);
    entry.timer = realSetTimeout(entry.run, Math.max(0, entry.due - now()));
    if (!isHolding) entry.timer.unref();
  }
}
