import { type JSX } from 'preact';
import { EVERYTHING } from '../console/everything.js';
import { filterWords } from '../console/filter-words.js';
import { useTexts } from './use-console.js';

/** Why there is nothing to see. */
export function Empty(): JSX.Element | null {
  const { console, t } = useTexts();
  const { list, rows } = console.drawn.value;
  const isFinished = console.state.value.kind === 'finished';
  if (rows.rows.length > 0 || !(console.isLive.value || isFinished) || !console.session.value) return null;
  if (list.lines.length > 0) {
    return (
      <p class="empty">
        {t.emptyByFilter(filterWords(console))}{' '}
        <button type="button" onClick={() => console.setFilters(EVERYTHING)}>
          {t.showEverything}
        </button>
      </p>
    );
  }
  return (
    <p class="empty">{console.cleaned.count.value > 0 ? t.cleaned : isFinished ? t.noLines : t.empty}</p>
  );
}
