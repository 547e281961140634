import { type JSX } from 'preact';
import { useState } from 'preact/hooks';
import { visible } from '../formats/visible-text.js';
import { partsOf } from './parts-of.js';
import { Problem } from './problem.js';
import { useAnswer } from './use-answer.js';
import { useServer } from './use-server.js';
import { whyNot } from './why-not.js';
import { type Preview, type Stats } from './wire.js';

/** What would be masked in a text, and how often each rule has masked something. */
export function RedactionPage(): JSX.Element {
  const { console, s, count } = useServer();
  const { answer, problem } = useAnswer<Stats>('api/stats');
  const [text, setText] = useState('');
  const [found, setFound] = useState<{ readonly text: string; readonly preview: Preview }>();
  const [refused, setRefused] = useState<string>();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setRefused(undefined);
    setFound(undefined);
    try {
      const path = 'api/redaction/preview';
      const preview = await console.api.json<Preview>('POST', path, { body: { text } });
      setFound({ text, preview });
    } catch (error) {
      setRefused(whyNot(error, s));
    }
  };
  const rules = Object.entries(answer?.redactions ?? {}).sort((a, b) => b[1] - a[1]);
  return (
    <>
      <form onSubmit={(event) => void submit(event)}>
        <label for="redaction-text">{s.redactionText}</label>
        <textarea
          id="redaction-text"
          rows={4}
          autocomplete="off"
          spellcheck={false}
          aria-describedby={refused === undefined ? undefined : 'redaction-problem'}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <Problem id="redaction-problem" text={refused} />
        <button type="submit" class="primary">
          {s.preview}
        </button>
      </form>
      <div role="status">{found && <PreviewResult text={found.text} preview={found.preview} />}</div>
      <h3>{s.masked}</h3>
      <Problem text={problem} />
      {answer && rules.length === 0 && <p>{s.nothingMasked}</p>}
      {rules.length > 0 && (
        <table aria-label={s.masked}>
          <thead>
            <tr>
              <th scope="col">{s.rule}</th>
              <th scope="col" class="number">
                {s.howOften}
              </th>
            </tr>
          </thead>
          <tbody>
            {rules.map(([rule, times]) => (
              <tr key={rule}>
                <th scope="row">
                  <bdi>{visible(rule)}</bdi>
                </th>
                <td class="number">{count(times)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function PreviewResult({ text, preview }: { text: string; preview: Preview }): JSX.Element {
  const { s, count } = useServer();
  const { length } = preview.matches;
  if (length === 0) return <p>{s.wouldMaskNothing}</p>;
  return (
    <>
      <p>{s.wouldMask(length, count(length))}</p>
      <pre>
        {partsOf(text, preview.matches).map(({ text: part, rule }) =>
          rule === undefined ? (
            visible(part)
          ) : (
            <>
              <mark>{visible(part)}</mark>
              <span class="rule">{visible(rule)}</span>
            </>
          ),
        )}
      </pre>
      <p>{s.inTheLog}</p>
      <pre>{visible(preview.text)}</pre>
    </>
  );
}
