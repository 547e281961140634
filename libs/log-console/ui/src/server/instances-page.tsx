import { type JSX } from 'preact';
import { visibleIn } from '../formats/visible-text.js';
import { Problem } from './problem.js';
import { useAnswer } from './use-answer.js';
import { useServer } from './use-server.js';
import { type Instances } from './wire.js';

/** The processes that write to this log, and how far their lines have come. */
export function InstancesPage(): JSX.Element {
  const { s, count, moment } = useServer();
  const { answer, problem } = useAnswer<Instances>('api/instances');
  const { instances, degraded } = answer ? visibleIn(answer) : ({ instances: [] } as Instances);
  const text = degraded ? s.onlyThisKnown : instances.length === 1 ? s.oneInstance : s.instancesText;
  return (
    <>
      <p>{answer && text}</p>
      <Problem text={problem} />
      <ul class="cards">
        {instances.map(({ name, state, host, pid, version, startedAt, lastSeen, behind, dropped }) => (
          <li key={`${name} ${startedAt} ${pid}`}>
            <h3>
              <bdi>{name}</bdi>
            </h3>
            <p>
              <strong class={`state ${state === 'up' ? 'ok' : 'warn'}`}>
                {s.instanceStates[state](moment(state === 'up' ? startedAt : lastSeen))}
              </strong>
            </p>
            <p>
              {s.process(pid, host)}, {s.version(version)}
            </p>
            <p>
              {behind === 0 && dropped === 0 ? s.allSeen : null}
              {behind > 0 && s.unseen(behind, count(behind))}
              {behind > 0 && dropped > 0 && ', '}
              {dropped > 0 && <span class="state warn">{s.dropped(dropped, count(dropped))}</span>}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
