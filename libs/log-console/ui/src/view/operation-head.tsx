import { type JSX } from 'preact';
import { inWords } from '../console/operation-words.js';
import { isRunning } from '../console/operations.js';
import { LEVELS } from '../lines/filters.js';
import { type LogLevel } from '../../../src/domain/log-level.js';
import { DataTree } from './data-tree.js';
import { Head } from './head.js';
import { OperationLink } from './operation-link.js';
import { useTexts } from './use-console.js';

/** What the operation is that is read, how far it is, and what became of it. */
export function OperationHead(): JSX.Element {
  const { console, t, count, lines } = useTexts();
  const { operations, source } = console;
  const { value: operation } = operations.current;
  const isGone = console.state.value.kind === 'closed';
  const name = operations.nameOf(source.id);
  const parts = console.shared.parts.value;
  const application = { kind: 'application', id: '' } as const;
  if (!operation) {
    return (
      <Head label={t.operation} title={name}>
        {source.only && parts && <parts.Elsewhere />}
        {(isGone || source.only) && <a href={console.linkTo(application)}>{t.toApplication}</a>}
      </Head>
    );
  }
  const { state, progress, parent, by, cancellable } = operation;
  const { list } = console.drawn.value;
  // How it is is not told with every line: those that came are counted here.
  const written = (...levels: LogLevel[]): number =>
    Math.max(
      ...[operation.lines.byLevel, list.counts].map((counts) =>
        levels.reduce((sum, level) => sum + counts[level], 0),
      ),
    );
  const warnings = written('warn');
  const errors = written('error', 'fatal');
  const time = console.preferences.times.value.clockSeconds(Date.parse(operation.startedAt));
  const isOn = isRunning(operation) && !isGone;
  return (
    <Head label={t.operation} title={name}>
      {(isOn || !isRunning(operation)) && (
        <strong class={`state ${state}`}>{inWords(console, operation)}</strong>
      )}
      {isOn && (
        <progress
          aria-label={t.progress}
          max={progress?.total}
          value={progress?.total ? progress.done : undefined}
        />
      )}
      {progress && (
        <span>
          {progress.total === undefined
            ? count(progress.done)
            : t.doneOf(count(progress.done), count(progress.total))}
        </span>
      )}
      <span>{by === undefined ? t.startedAt(time) : t.startedBy(time, by)}</span>
      <span>
        {[
          lines(written(...LEVELS)),
          t.warnings(warnings, count(warnings)),
          t.errors(errors, count(errors)),
        ].join(', ')}
      </span>
      {parent !== undefined && (
        <span>
          {t.partOf} <OperationLink id={parent} />
        </span>
      )}
      {isOn && cancellable && console.may('cancel') && (
        <button
          type="button"
          disabled={operations.isCancelling.value}
          onClick={() => (console.dialog.value = 'cancel')}
        >
          {operations.isCancelling.value ? t.cancelAsked : t.cancel}
        </button>
      )}
      {operation.data !== undefined && (
        <details>
          <summary>{t.data}</summary>
          <DataTree value={operation.data} />
        </details>
      )}
      <a href={console.linkTo(application)}>{t.toApplication}</a>
    </Head>
  );
}
