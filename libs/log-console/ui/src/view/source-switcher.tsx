import { type JSX } from 'preact';
import { inShort } from '../console/operation-words.js';
import { type Source } from '../reading/source.js';
import { useTexts } from './use-console.js';

/** Which source is shown: the application's log, a log file, or one operation. Each has an address: going back leads back. */
export function SourceSwitcher(): JSX.Element {
  const { console, t } = useTexts();
  const { files, operations, source } = console;
  const name = console.session.value?.server.name;
  const options = {
    file: files.list.value.map(({ id, name, state }) => ({
      id,
      text: state === 'ok' ? name : t.notThere(name),
    })),
    operation: operations.list.value.map((one) => ({
      id: one.id,
      text: `${one.name} – ${inShort(console, one)}`,
    })),
    application: [{ id: '', text: `${t.application}: ${name}` }],
  };
  const known = options[source.kind];
  if (!known.some(({ id }) => id === source.id))
    known.push({ id: source.id, text: operations.nameOf(source.id) });
  const valueOf = ({ kind, id }: Pick<Source, 'kind' | 'id'>): string => `${kind} ${id}`;
  const listed = (kind: Source['kind']): JSX.Element[] =>
    options[kind].map(({ id, text }) => (
      <option key={id} value={valueOf({ kind, id })}>
        {text}
      </option>
    ));
  const open = (value: string): void => {
    const [kind, id = ''] = value.split(' ');
    location.assign(console.linkTo({ kind: kind as Source['kind'], id }, location.search));
  };
  return (
    <div class="source">
      <h1>{t.title}</h1>
      {name !== undefined && (
        <select
          aria-label={t.source}
          value={valueOf(source)}
          onFocus={() => {
            void files.load();
            operations.watch(true);
          }}
          onBlur={() => operations.watch(false)}
          onChange={(event) => open(event.currentTarget.value)}
        >
          {listed('application')}
          {(['file', 'operation'] as const).map(
            (kind) =>
              options[kind].length > 0 && (
                <optgroup key={kind} label={t[`${kind}s`]}>
                  {listed(kind)}
                </optgroup>
              ),
          )}
        </select>
      )}
    </div>
  );
}
