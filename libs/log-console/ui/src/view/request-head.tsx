import { type JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { visible, visibleIn } from '../formats/visible-text.js';
import { type RequestFacts } from '../reading/wire.js';
import { Head } from './head.js';
import { useTexts } from './use-console.js';

/** While it is not answered it is asked for again. */
const AGAIN_MS = 2000;

/** What the request was whose lines are shown; where nobody knows (any more), its id. */
export function RequestHead({ id }: { id: string }): JSX.Element {
  const { console, t } = useTexts();
  const [facts, setFacts] = useState<RequestFacts>();
  useEffect(() => {
    const life = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      const path = `api/requests/${encodeURIComponent(id)}`;
      const found = await console.api.json<RequestFacts>('GET', path, { signal: life.signal });
      setFacts(visibleIn(found));
      if (found.durationMs === undefined && !found.aborted)
        timer = setTimeout(() => void look().catch(ignore), AGAIN_MS);
    };
    void look().catch(ignore);
    return () => {
      life.abort();
      clearTimeout(timer);
    };
  }, [console, id]);
  if (!facts)
    return (
      <Head label={t.request} title={visible(id)}>
        {undefined}
      </Head>
    );
  const { method, path, status, durationMs = 0, aborted, startedAt, instance } = facts;
  const { duration } = console.preferences.numbers.value;
  const { requestIs } = t;
  const state = aborted
    ? requestIs.aborted(duration(durationMs))
    : status === undefined
      ? requestIs.open
      : requestIs.answered(duration(durationMs), String(status));
  return (
    <Head label={t.request} title={`${method} ${path}`}>
      <strong
        class={`state ${status === undefined ? '' : status >= 500 ? 'failed' : status < 400 ? 'ok' : 'warn'}`}
      >
        {state}
      </strong>
      <span>{t.startedAt(console.preferences.times.value.clockSeconds(Date.parse(startedAt)))}</span>
      <span>{instance}</span>
    </Head>
  );
}

function ignore(): void {
  // Nobody knows it: its lines are shown all the same.
}
