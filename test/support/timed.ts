import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How long something took, and the longest time in it for which the machine gave this process no turn, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<{ took: number; stalled: number }> {
  const stalls = monitorEventLoopDelay({ resolution: 10 });
  stalls.enable();
  const start = performance.now();
  await work();
  const took = performance.now() - start;
  stalls.disable();
  return { took, stalled: stalls.max / 1e6 };
}
