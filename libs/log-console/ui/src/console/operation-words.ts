import { type Operation } from '../reading/wire.js';
import { type Console } from './console.js';

/** How far an operation is, or what became of it and when it began: `42 %`, `1,204 lines`, `failed, 10:42:07`. */
export function inShort(console: Console, operation: Operation): string {
  const { texts, numbers, times } = console.preferences;
  const t = texts.value;
  const { state, progress, lines, startedAt } = operation;
  const { count } = numbers.value;
  if (state !== 'running')
    return `${t.operationStates[state]}, ${times.value.clockSeconds(Date.parse(startedAt))}`;
  // Not rounded up: who reads 100 % thinks it is over.
  if (progress?.total) return `${count(Math.floor((100 * progress.done) / progress.total))} %`;
  return t.lines(lines.total, count(lines.total));
}

/** The same in a sentence: `Running for 12 s`, `Failed after 3.1 s: No such file`. */
export function inWords(console: Console, operation: Operation): string {
  const { texts, numbers } = console.preferences;
  const { state, startedAt, durationMs, error } = operation;
  const running = Math.max(0, Math.floor((console.tick.value - Date.parse(startedAt)) / 1000) * 1000);
  const time = numbers.value.duration(state === 'running' ? running : durationMs);
  const words = texts.value.operationIs[state](time);
  return error ? `${words}: ${error.message}` : words;
}
