import { type JSX } from 'preact';
import { useTexts } from './use-console.js';

/** Which source is shown. */
export function SourceSwitcher(): JSX.Element {
  const { console, t } = useTexts();
  const name = console.session.value?.server.name;
  return (
    <div class="source">
      <h1>{t.title}</h1>
      {name !== undefined && (
        <select aria-label={t.source} value="app">
          <option value="app">
            {t.application}: {name}
          </option>
        </select>
      )}
    </div>
  );
}
