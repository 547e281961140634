import { type JSX } from 'preact';
import { useTexts } from './use-console.js';

/** Which source is shown: the application's log, or a log file. */
export function SourceSwitcher(): JSX.Element {
  const { console, t } = useTexts();
  const { files, source } = console;
  const name = console.session.value?.server.name;
  const known = files.list.value.some(({ id }) => id === source.id);
  const others = known || !source.isFile ? [] : [{ id: source.id, name: source.id, state: 'ok' }];
  const listed = [...files.list.value, ...others];
  return (
    <div class="source">
      <h1>{t.title}</h1>
      {name !== undefined && (
        <select
          aria-label={t.source}
          value={source.id}
          onFocus={() => void files.load()}
          onChange={(event) => files.open(event.currentTarget.value)}
        >
          <option value="">
            {t.application}: {name}
          </option>
          {listed.length > 0 && (
            <optgroup label={t.files}>
              {listed.map((file) => (
                <option key={file.id} value={file.id}>
                  {file.state === 'ok' ? file.name : t.notThere(file.name)}
                </option>
              ))}
            </optgroup>
          )}
        </select>
      )}
    </div>
  );
}
