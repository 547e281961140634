import { type ComponentChildren, type JSX } from 'preact';
import { useTexts } from './use-console.js';

/** What there is to know beside the lines; below them, so that nothing above the reader moves. */
export function Banners(): JSX.Element {
  const { console, t, count, problems } = useTexts();
  const { lastLooked, notice } = console;
  const pausedAt = console.pausedAt.value;
  const since = lastLooked.since.value;
  const problem = console.files.problem.value;
  const parts = console.shared.parts.value;
  return (
    <aside class="banners">
      {pausedAt !== undefined && (
        <Banner
          text={t.pausedSince(
            console.preferences.times.value.clockSeconds(pausedAt),
            console.waiting.value,
            count(console.waiting.value),
          )}
        >
          <button type="button" onClick={() => console.resume()}>
            {t.resumeNow}
          </button>
        </Banner>
      )}
      {since && (
        <Banner text={t.sinceLooked(problems(since.count))} close={() => lastLooked.dismiss()}>
          <button
            type="button"
            onClick={() => {
              console.goTo(since.first);
              lastLooked.dismiss();
            }}
          >
            {t.showFirst}
          </button>
        </Banner>
      )}
      {problem && (
        <Banner
          text={
            problem.state === 'missing'
              ? t.fileStates.missing
              : t.fileStates.unavailable(problem.reason ?? '')
          }
        />
      )}
      {console.isUpdated.value && (
        <Banner text={t.updated}>
          <button type="button" onClick={() => location.reload()}>
            {t.reload}
          </button>
        </Banner>
      )}
      {console.hasSeveralServers.value && <Banner text={t.severalServers} />}
      {parts && <parts.Bar />}
      {notice.value !== undefined && (
        <div role="alert">
          <Banner text={notice.value} close={() => (notice.value = undefined)} />
        </div>
      )}
    </aside>
  );
}

/** One of them. */
export function Banner({
  text,
  close,
  children,
}: {
  text: string;
  close?: () => void;
  children?: ComponentChildren;
}): JSX.Element {
  const { t } = useTexts();
  return (
    <p class="banner">
      <span>{text}</span>
      {children}
      {close && (
        <button type="button" onClick={close}>
          {t.dismiss}
        </button>
      )}
    </p>
  );
}
