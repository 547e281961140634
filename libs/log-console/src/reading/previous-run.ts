import { formatCursor } from '../domain/cursor.js';
import { type LogRecord } from '../domain/log-entry.js';
import { type LogSink, type PreviousRun } from '../domain/log-sink.js';
import { type TextRedactor } from '../domain/text-redactor.js';
import { PreviousEntries } from './previous-entries.js';

/** What the first destination that holds something of the run before this one holds of it. */
export function previousEntries(
  sinks: readonly LogSink[],
  instance: string,
  redactor?: TextRedactor,
): PreviousEntries | undefined {
  for (const sink of sinks) {
    const run = previousRunOf(sink);
    if (run) return new PreviousEntries(run, instance, redactor);
  }
  return undefined;
}

function previousRunOf(sink: LogSink): PreviousRun | undefined {
  try {
    return sink.previousRun?.();
  } catch {
    // What cannot be read is no reason not to start.
    return undefined;
  }
}

/** Says in the log how the run before this one ended, and what is missing of it. */
export function tellOfPrevious(log: { append(record: LogRecord): void }, previous: PreviousEntries): void {
  const { isClean, epoch, size, torn, lastTime, lastId, newest } = previous;
  const ended = isClean
    ? 'The run before this one ended in good order.'
    : 'The run before this one did not end in good order: it was killed, or crashed. What it logged in its last tenth of a second may be missing, but for errors.';
  const last = lastTime === undefined ? '' : ` Its last line is of ${lastTime}.`;
  const cut = torn === 0 ? '' : ` ${torn} ${torn === 1 ? 'line is' : 'lines are'} cut and cannot be read.`;
  log.append({
    level: isClean ? 'log' : 'warn',
    context: 'LogConsole',
    message: ended + last + cut,
    data: {
      previous: {
        isClean,
        lines: size,
        torn,
        ...(size === 0
          ? {}
          : { after: formatCursor(epoch, previous.oldest - 1), last: formatCursor(epoch, newest) }),
        ...(isClean && lastId !== undefined ? { missing: Math.max(0, lastId - newest) } : {}),
      },
    },
  });
}
