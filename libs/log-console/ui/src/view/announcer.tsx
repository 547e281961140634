import { type JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useTexts } from './use-console.js';

const EVERY_MS = 10_000;

/** Tells a screen reader what has come, one sentence at a time and at most one in ten seconds. */
export function Announcer(): JSX.Element {
  const { console, t, lines, problems } = useTexts();
  const [sentence, setSentence] = useState('');
  useEffect(() => {
    const timer = setInterval(() => {
      const { lines: n, problems: bad } = console.takeArrived();
      if (n === 0) return;
      const next = t.announceNew(lines(n), problems(bad));
      // The same sentence again would be no change, and nothing would be said.
      setSentence((last) => (last === next ? `${next}\u00a0` : next));
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [console, t]);
  return (
    <div class="unseen" aria-live="polite">
      {sentence}
    </div>
  );
}
