import { type JSX } from 'preact';
import { EVERYTHING } from '../console/everything.js';
import { visible } from '../formats/visible-text.js';
import { LEVELS } from '../lines/filters.js';
import { type LogLevel } from '../../../src/domain/log-level.js';
import { useTexts } from './use-console.js';

const EXACT = ['requestId', 'operation', 'instance'] as const;

/** What is shown: levels with their counts, a search, a part, one request. */
export function FilterBar(): JSX.Element {
  const { console, t } = useTexts();
  const filters = console.filters.value;
  const parts = console.shared.parts.value;
  const names = { requestId: t.request, operation: t.operation, instance: t.instance };
  return (
    <div class="filters">
      <LevelChips />
      <input
        id="search"
        type="search"
        aria-label={t.search}
        placeholder={t.searchHint}
        maxLength={256}
        value={filters.search}
        onInput={(event) => console.setFilters({ search: event.currentTarget.value })}
      />
      <OnlyRequest />
      <PartSelect />
      {parts && <parts.Select />}
      {EXACT.map((name) => {
        const value = filters[name];
        // It is seen, and changed, beside it.
        if (value === undefined || (name === 'instance' && parts?.isMany())) return null;
        return (
          <button
            key={name}
            type="button"
            class="pill"
            aria-label={t.removeFilter(`${names[name]} ${visible(value)}`)}
            onClick={() => console.setFilters({ [name]: undefined })}
          >
            {names[name]} <bdi>{visible(value)}</bdi> ✕
          </button>
        );
      })}
    </div>
  );
}

/** Who searches for the id of a request, alone or as the last word of `x-request-id: …`, may want that request. */
function OnlyRequest(): JSX.Element | null {
  const { console, t } = useTexts();
  const { search, requestId } = console.filters.value;
  const wanted = search.trim().split(/\s+/).at(-1);
  const { list } = console.drawn.value;
  const isHeld =
    wanted &&
    wanted !== requestId &&
    list.lines.some((line) => line.kind === 'entry' && line.entry.requestId === wanted);
  if (!isHeld) return null;
  return (
    <button type="button" onClick={() => console.setFilters({ search: '', requestId: wanted })}>
      {t.onlyRequest}
    </button>
  );
}

function LevelChips(): JSX.Element {
  const { console, t, count } = useTexts();
  const { list } = console.drawn.value;
  const { levels } = console.filters.value;
  const toggle = (level: LogLevel): void => {
    const chosen = LEVELS.filter((one) => (one === level) !== levels.includes(one));
    console.setFilters({ levels: chosen.length === 0 ? EVERYTHING.levels : chosen });
  };
  return (
    <div class="chips" role="group" aria-label={t.levelsLabel}>
      {LEVELS.map((level) => (
        <button
          key={level}
          type="button"
          class={`level ${level}`}
          aria-pressed={levels.includes(level)}
          title={t.onlyHint}
          onClick={() => toggle(level)}
          onDblClick={() => console.setFilters({ levels: [level] })}
        >
          {t.levels[level]} <span class="count">{count(list.counts[level])}</span>
        </button>
      ))}
    </div>
  );
}

function PartSelect(): JSX.Element {
  const { console, t, count } = useTexts();
  const { list } = console.drawn.value;
  const { contexts } = console.filters.value;
  const chosen = contexts.length === 1 ? contexts[0] : '';
  const known = new Map(list.contexts);
  for (const context of contexts) if (!known.has(context)) known.set(context, 0);
  return (
    <select
      aria-label={t.part}
      value={chosen}
      onChange={({ currentTarget: { value } }) =>
        console.setFilters({ contexts: value === '' ? [] : [value] })
      }
    >
      <option value="">{contexts.length > 1 ? t.someParts(count(contexts.length)) : t.allParts}</option>
      {[...known]
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([context, lines]) => (
          <option key={context} value={context}>
            {visible(context)} ({count(lines)})
          </option>
        ))}
    </select>
  );
}
