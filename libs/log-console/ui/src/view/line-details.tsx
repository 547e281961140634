import { type ComponentChildren, type JSX } from 'preact';
import { changeLevel, copyLine, copyLink, onlyRequest, showAround } from '../console/line-actions.js';
import { cut } from '../formats/cut.js';
import { stackParts, type StackPart } from '../formats/stack.js';
import { visible } from '../formats/visible-text.js';
import { isProblemEntry } from '../lines/entry-line.js';
import { type EntryLine } from '../lines/line.js';
import { type Row } from '../lines/rows.js';
import { DataTree } from './data-tree.js';
import { OperationLink } from './operation-link.js';
import { MarkedText } from './marked-text.js';
import { useTexts } from './use-console.js';

/** What an opened line shows: where it happened, its data, what it belongs to, and what can be done with it. */
export function LineDetails({ row, line }: { row: Row; line: EntryLine }): JSX.Element {
  const { console, t, count } = useTexts();
  const { entry } = line;
  const { bytes } = console.preferences.numbers.value;
  const times = console.preferences.times.value;
  const { search } = console.filters.value;
  const parts = console.shared.parts.value;
  const time = (at: number | undefined): string => (at === undefined ? '' : times.clockSeconds(at));
  return (
    <div class="details">
      {row.count > 1 && <p>{t.foldedFrom(count(row.count), time(line.at), time(row.last.at))}</p>}
      {entry.truncated && <p>{t.shortened(bytes(entry.truncated.bytes))}</p>}
      {(cut(entry.message).cut || !console.preferences.settings.value.wrap) && (
        <pre class="whole" tabIndex={0}>
          <MarkedText text={entry.message} search={search} />
        </pre>
      )}
      {entry.stack !== undefined && (
        <Part title={t.stack}>
          {stackParts(entry.stack).map((part) => (
            <Stack part={part} search={search} />
          ))}
        </Part>
      )}
      {entry.data !== undefined && (
        <Part title={t.data}>
          <DataTree value={entry.data} />
        </Part>
      )}
      <dl class="facts">
        {line.at !== undefined && <Fact name={t.facts.time} value={times.dateTime(line.at)} />}
        <Fact name={t.facts.part} value={entry.context} />
        <Fact name={t.facts.requestId} value={entry.requestId} />
        <Fact name={t.facts.traceId} value={entry.traceId} />
        <Fact name={t.facts.spanId} value={entry.spanId} />
        <Fact name={t.facts.operation} value={entry.operation}>
          <OperationLink id={entry.operation ?? ''} />
        </Fact>
        <Fact name={t.facts.instance} value={entry.instance} />
      </dl>
      <div class="actions">
        <button type="button" onClick={() => void copyLine(console, line)}>
          {t.copyLine}
        </button>
        {entry.requestId !== undefined && (
          <button type="button" onClick={() => onlyRequest(console, line)}>
            {t.onlyRequest}
          </button>
        )}
        {parts && <parts.Only line={line} />}
        <button type="button" onClick={() => showAround(console, line)}>
          {t.around}
        </button>
        <button type="button" onClick={() => void copyLink(console, line)}>
          {t.copyLink}
        </button>
        {entry.context !== undefined && console.source.kind !== 'file' && console.may('levels') && (
          <button type="button" onClick={() => changeLevel(console, line)}>
            {isProblemEntry(entry) ? t.showMorePart : t.quietPart}
          </button>
        )}
      </div>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Fact({
  name,
  value,
  children,
}: {
  name: string;
  value: string | undefined;
  children?: ComponentChildren;
}): JSX.Element | null {
  if (value === undefined) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children ?? <bdi>{visible(value)}</bdi>}</dd>
    </div>
  );
}

/** The steps of the application itself first; those of libraries can be opened. */
function Stack({ part, search }: { part: StackPart; search: string }): JSX.Element {
  const { t, count } = useTexts();
  return (
    <>
      <pre class="stack" tabIndex={0}>
        <MarkedText text={[part.title, ...part.own].join('\n')} search={search} />
      </pre>
      {part.others.length > 0 && (
        <details>
          <summary>{t.libraryFrames(part.others.length, count(part.others.length))}</summary>
          <pre class="stack" tabIndex={0}>
            <MarkedText text={part.others.join('\n')} search={search} />
          </pre>
        </details>
      )}
    </>
  );
}
