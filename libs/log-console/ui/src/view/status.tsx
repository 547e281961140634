import { type JSX } from 'preact';
import { type Texts } from '../texts/en.js';
import { type Console } from '../console/console.js';
import { useTexts } from './use-console.js';

const STILL_TRYING_MS = 10_000;

/** How the page is connected, in words. */
export function Status(): JSX.Element {
  const { console, t } = useTexts();
  const { kind } = console.state.value;
  const isPaused = console.pausedAt.value !== undefined && console.isLive.value;
  const isWaiting = console.isLive.value && console.shared.isAwaited;
  const [chip, sentence] = isPaused
    ? [t.paused, t.pausedHint]
    : isWaiting
      ? t.status.waiting
      : statusTexts(console, t);
  return (
    <div class="status">
      <p role={kind === 'lost' ? 'alert' : 'status'}>
        <strong class={`chip ${isPaused || isWaiting ? 'paused' : kind}`}>{chip}</strong>{' '}
        <span>{sentence}</span>
      </p>
      {kind === 'lost' && (
        <button type="button" onClick={() => console.connection.retry()}>
          {t.tryNow}
        </button>
      )}
    </div>
  );
}

function statusTexts(console: Console, t: Texts): readonly string[] {
  const { kind, because, since } = console.state.value;
  if (kind === 'polling' && because === 'busy') return t.status.busy;
  // The tick, on the clock of the server, has it look again each second; `since` is on the clock here.
  const isSlow = console.tick.value > 0 && Date.now() - since > STILL_TRYING_MS;
  if (kind === 'connecting' && isSlow) return t.status.still;
  if (kind === 'closed' && console.source.kind === 'operation' && console.session.value) return t.status.gone;
  if (kind === 'signed-out' && console.list.lines.length === 0) return t.status['not-signed-in'];
  return t.status[kind];
}
