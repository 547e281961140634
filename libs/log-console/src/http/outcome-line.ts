import { type OperationSummary } from '../domain/log-operations.js';
import { visible } from '../domain/visible.js';

const SECONDS = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const COUNT = new Intl.NumberFormat('en-US');

/** What became of an operation, as the last line of its text: `=== ok in 12.4 s, 1,204 lines, 3 warnings ===`. */
export function outcomeLine({ state, durationMs, lines, error }: OperationSummary): string {
  const { byLevel, total } = lines;
  const seconds = `${SECONDS.format(durationMs / 1000)} s`;
  const parts = [
    `${state} ${state === 'ok' || state === 'failed' ? 'in' : 'after'} ${seconds}`,
    counted(total, 'line'),
    ...[[byLevel.error + byLevel.fatal, 'error'] as const, [byLevel.warn, 'warning'] as const].flatMap(
      ([count, what]) => (count > 0 ? [counted(count, what)] : []),
    ),
  ];
  const reason = state === 'failed' && error?.message ? `: ${inOneLine(error.message)}` : '';
  return `=== ${parts.join(', ')}${reason} ===\n`;
}

function counted(count: number, what: string): string {
  return `${COUNT.format(count)} ${what}${count === 1 ? '' : 's'}`;
}

/** Its first line: another one would look like an entry. */
function inOneLine(message: string): string {
  const [line = '', ...more] = visible(message.trim(), 'none').split('\n');
  return more.length > 0 ? `${line}…` : line;
}
