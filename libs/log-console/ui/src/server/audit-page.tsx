import { type JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { LogEntry } from '../../../src/domain/log-entry.js';
import { visible } from '../formats/visible-text.js';
import { type Batch } from '../reading/wire.js';
import { daysOf, deedOf, type Deed } from './deed.js';
import { Problem } from './problem.js';
import { useServer } from './use-server.js';
import { whyNot } from './why-not.js';

const PAGE = 100;

/** Who signed in, read, cleared and changed what: the newest first. */
export function AuditPage(): JSX.Element {
  const { console, s } = useServer();
  const { preferences } = console;
  const [entries, setEntries] = useState<readonly LogEntry[]>();
  const [older, setOlder] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [wanted, setWanted] = useState('');
  const load = async (before?: string): Promise<void> => {
    const query = new URLSearchParams({ limit: String(PAGE), ...(before !== undefined && { before }) });
    try {
      const batch = await console.api.json<Batch>('GET', `api/audit?${String(query)}`);
      setEntries((known = []) => [...known, ...batch.entries.toReversed()]);
      setOlder(batch.more && batch.prev !== before ? batch.prev : undefined);
      setProblem(undefined);
    } catch (error) {
      setProblem(whyNot(error, s));
    }
  };
  useEffect(() => void load(), []);
  const deeds = (entries ?? []).map(deedOf);
  const actions = new Set([...Object.keys(s.auditActions), ...deeds.map(({ action }) => action)]);
  const shown = deeds.filter(({ action }) => wanted === '' || action === wanted);
  return (
    <>
      <p>{s.auditText}</p>
      <p class="field">
        <label for="audit-action">{s.action}</label>
        <select id="audit-action" value={wanted} onChange={(event) => setWanted(event.currentTarget.value)}>
          <option value="">{s.allActions}</option>
          {[...actions].map((action) => (
            <option key={action} value={action}>
              {s.auditActions[action] ?? visible(action)}
            </option>
          ))}
        </select>
      </p>
      <Problem text={problem} />
      {entries && shown.length === 0 && <p>{s.noDeeds}</p>}
      {shown.length > 0 && (
        <table aria-label={s.tabs.audit}>
          <thead>
            <tr>
              <th scope="col">{s.when}</th>
              <th scope="col">{s.who}</th>
              <th scope="col">{s.what}</th>
            </tr>
          </thead>
          {daysOf(shown, preferences.times.value).map(({ day, deeds }) => (
            <tbody key={day}>
              <tr>
                <th scope="rowgroup" colSpan={3}>
                  {day}
                </th>
              </tr>
              {deeds.map((deed) => (
                <DeedRow key={deed.id} deed={deed} />
              ))}
            </tbody>
          ))}
        </table>
      )}
      {older !== undefined && (
        <p>
          <button type="button" onClick={() => void load(older)}>
            {s.older}
          </button>
        </p>
      )}
    </>
  );
}

function DeedRow({ deed }: { deed: Deed }): JSX.Element {
  const { console, s } = useServer();
  const { time, message, actor, role, address, action, result } = deed;
  const { preferences } = console;
  const isAgo = preferences.settings.value.times === 'ago';
  const at = Date.parse(time);
  return (
    <tr>
      <td>
        <time dateTime={time} title={preferences.times.value.dateTime(at)}>
          {isAgo
            ? preferences.times.value.ago(at, console.tick.value)
            : preferences.times.value.clockSeconds(at)}
        </time>
      </td>
      <td class="who">
        <bdi>{actor}</bdi>
        <ul class="facts">
          {role !== '' && <li>{role}</li>}
          {address !== '' && <li>{address}</li>}
        </ul>
      </td>
      <td>
        <bdi>{message}</bdi>
        <ul class="facts">
          <li class={deed.isGrave ? 'state warn' : undefined}>
            {s.auditActions[action] ?? action}
            {result !== '' && `: ${result}`}
          </li>
        </ul>
      </td>
    </tr>
  );
}
