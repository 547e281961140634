import { type JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { cut } from '../formats/cut.js';
import { onlyRequest } from '../console/line-actions.js';
import { type EntryLine, type Line } from '../lines/line.js';
import { type Row } from '../lines/rows.js';
import { LineDetails } from './line-details.js';
import { MarkedText } from './marked-text.js';
import { OperationLink } from './operation-link.js';
import { NoticeRow } from './notice-row.js';
import { useConsole, useTexts } from './use-console.js';

interface LineRowProps {
  readonly row: Row;
  readonly previous: Row | undefined;
  /** From 1. */
  readonly position: number;
  readonly total: number;
  readonly isTabStop: boolean;
  readonly watch: (row: HTMLElement) => () => void;
}

/** One row: an entry, or what happened between entries. */
export function LineRow({ row, previous, position, total, isTabStop, watch }: LineRowProps): JSX.Element {
  const console = useConsole();
  const item = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => (item.current ? watch(item.current) : undefined), [watch]);
  const { line } = row;
  const said = line.kind === 'entry' ? console.shared.parts.value?.said(line) : undefined;
  const isOpen = line.kind === 'entry' && console.opened.value.has(row.key);
  return (
    <li
      ref={item}
      data-key={row.key}
      class={`row ${line.kind === 'entry' ? line.entry.level : line.kind}${isOpen ? ' open' : ''}`}
      aria-posinset={position}
      aria-setsize={total}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={() => (console.active.value = row.key)}
    >
      {line.kind === 'entry' ? (
        <>
          {said === undefined ? (
            <EntryColumns row={row} line={line} previous={previous?.line} isOpen={isOpen} />
          ) : (
            <div class="notice" onClick={(event) => openByClick(event, () => console.toggle(row.key))}>
              {said}
            </div>
          )}
          {isOpen && <LineDetails row={row} line={line} />}
        </>
      ) : (
        <NoticeRow line={line} />
      )}
    </li>
  );
}

function EntryColumns({
  row,
  line,
  previous,
  isOpen,
}: {
  row: Row;
  line: EntryLine;
  previous: Line | undefined;
  isOpen: boolean;
}): JSX.Element {
  const { console, t, count } = useTexts();
  const { entry } = line;
  const message = cut(entry.message);
  const { bytes } = console.preferences.numbers.value;
  const { search } = console.filters.value;
  const parts = console.shared.parts.value;
  return (
    <div class="columns" onClick={(event) => openByClick(event, () => console.toggle(row.key))}>
      <button
        type="button"
        class="opener"
        tabIndex={-1}
        aria-expanded={isOpen}
        aria-label={t.openLine}
        onClick={() => console.toggle(row.key)}
      />
      <LineTime line={line} previous={previous} /> <span class="level">{t.levels[entry.level]}</span>{' '}
      {parts && <parts.Mark line={line} />}
      <bdi class="context" title={entry.context}>
        <MarkedText text={entry.context ?? ''} search={search} />
      </bdi>{' '}
      <span class="text">
        {row.count > 1 && (
          <>
            <span class="folded">{t.times(count(row.count))}</span>{' '}
          </>
        )}
        {entry.continues && (
          <span class="continues" title={t.continues}>
            ↳{' '}
          </span>
        )}
        <bdi class="message">
          <MarkedText text={message.text} search={search} />
        </bdi>
        {message.cut && (
          <button type="button" class="show-all" tabIndex={-1} onClick={() => console.toggle(row.key)}>
            {t.showAll(bytes(message.bytes))}
          </button>
        )}
      </span>
      <span class="links">
        {entry.operation !== undefined && entry.operation !== console.source.id && (
          <OperationLink id={entry.operation} tabIndex={-1} />
        )}
        {entry.requestId !== undefined && (
          <button
            type="button"
            class="request"
            tabIndex={-1}
            title={t.onlyRequest}
            onClick={() => onlyRequest(console, line)}
          >
            <MarkedText text={entry.requestId} search={search} />
          </button>
        )}
      </span>
    </div>
  );
}

function LineTime({ line, previous }: { line: EntryLine; previous: Line | undefined }): JSX.Element {
  const console = useConsole();
  const times = console.preferences.times.value;
  const kind = console.preferences.settings.value.times;
  const { at } = line;
  if (at === undefined) return <span class="time" />;
  const text =
    kind === 'ago'
      ? times.ago(at, console.tick.value)
      : kind === 'step' && previous?.at !== undefined
        ? times.step(at, previous.at)
        : times.clock(at);
  return (
    <time class="time" dateTime={line.entry.time} title={times.dateTime(at)}>
      {text}
    </time>
  );
}

/** A click anywhere on the line opens it, but not the end of a selection, nor a click on something of its own. */
function openByClick(event: MouseEvent, open: () => void): void {
  const target = event.target as Element;
  if (!target.closest('button, a') && getSelection()?.isCollapsed !== false) open();
}
