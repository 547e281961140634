import { type JSX } from 'preact';
import { useState } from 'preact/hooks';
import { visible } from '../formats/visible-text.js';
import { Problem } from './problem.js';
import { useAnswer } from './use-answer.js';
import { useServer } from './use-server.js';
import { whyNot } from './why-not.js';
import { type Destination, type Stats, type Tested } from './wire.js';

/** Where lines go beside the live list, and whether they get there. */
export function DestinationsPage(): JSX.Element {
  const { s } = useServer();
  const { answer, problem } = useAnswer<Stats>('api/stats');
  const sinks = Object.entries(answer?.sinks ?? {});
  return (
    <>
      <p>{answer && sinks.length === 0 ? s.noDestinations : s.destinationsText}</p>
      <Problem text={problem} />
      <ul class="cards">
        {sinks.map(([name, sink]) => (
          <li key={name}>
            <DestinationCard name={name} sink={sink} />
          </li>
        ))}
      </ul>
    </>
  );
}

function DestinationCard({ name, sink }: { name: string; sink: Destination }): JSX.Element {
  const { console, s, count, moment } = useServer();
  const [tested, setTested] = useState('');
  const { state, since, written, filtered, dropped, behind, error } = sink;
  const test = async (): Promise<void> => {
    setTested(s.testing);
    try {
      const path = `api/sinks/${encodeURIComponent(name)}/test`;
      const { ok, status, error } = await console.api.json<Tested>('POST', path);
      const code = status === undefined ? '' : ` (${status})`;
      setTested((ok ? s.testWorked : s.testFailed(visible(error ?? ''))) + code);
    } catch (error) {
      setTested(s.testFailed(whyNot(error, s)));
    }
  };
  const facts = [
    s.written(written, count(written)),
    filtered > 0 && s.filtered(filtered, count(filtered)),
    behind > 0 && s.behind(behind, count(behind)),
    dropped > 0 && s.lost(dropped, count(dropped)),
  ].filter((fact) => fact !== false);
  return (
    <>
      <h3>
        <bdi>{visible(name)}</bdi>
      </h3>
      <p>
        <strong class={`state ${state === 'failing' ? 'failed' : state === 'up' ? 'ok' : ''}`}>
          {s.sinkStates[state](moment(since))}
        </strong>
      </p>
      {error !== undefined && <p class="problem">{visible(error)}</p>}
      <p>{facts.join(', ')}</p>
      {sink.testable && console.may('sinks') && (
        <p class="actions">
          <button type="button" aria-label={s.testOf(visible(name))} onClick={() => void test()}>
            {s.test}
          </button>
          <span role="status">{tested}</span>
        </p>
      )}
    </>
  );
}
