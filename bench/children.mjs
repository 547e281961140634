import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

/**
 * Starts a file of this folder as a process of its own whose stdout and stderr are /dev/null.
 * `ask` sends it a question and resolves to the answer; it never outlives us.
 */
export function startChild(file, ...args) {
  return startChildWith([], file, ...args);
}

/** The same with options of Node's own. */
export function startChildWith(execArgv, file, ...args) {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = fork(path, args.map(String), { execArgv, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  running.add(child);
  const gone = new Promise((_, reject) => {
    child.once('exit', (code, signal) => {
      running.delete(child);
      reject(new Error(`${file} ended (${signal ?? code}).`));
    });
  });
  gone.catch(() => undefined);

  const ask = (question, timeoutMs = 60_000) => {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`${file} did not answer within ${timeoutMs} ms.`)),
        timeoutMs,
      );
    });
    const answer = new Promise((resolve, reject) => {
      child.once('message', ({ error, value }) => (error ? reject(new Error(error)) : resolve(value)));
      child.send(question);
    });
    return Promise.race([answer, gone, late]).finally(() => clearTimeout(timer));
  };
  const stop = async () => {
    child.kill('SIGKILL');
    await gone.catch(() => undefined);
  };
  return { ask, stop };
}

/** In the child: answers each question, one at a time; ends when the parent is gone. */
export function answer(handle) {
  process.on('disconnect', () => process.exit());
  process.on('message', async (question) => {
    try {
      process.send({ value: await handle(question) });
    } catch (error) {
      process.send({ error: error.stack });
    }
  });
}
