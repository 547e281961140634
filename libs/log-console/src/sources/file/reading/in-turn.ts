/** Reads that run at once: what each needs while it looks at long lines would add up when many files change together. */
const MOST = 4;
const waiting: (() => void)[] = [];
let running = 0;

/** Runs a read when it is its turn; those who wait are served in order. It must not wait for another one. */
export async function inTurn<T>(read: () => Promise<T>): Promise<T> {
  if (running < MOST) running++;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await read();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
