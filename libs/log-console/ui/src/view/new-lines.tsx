import { type JSX } from 'preact';
import { useTexts } from './use-console.js';

/** The way back to the newest line, with how many have come. */
export function NewLines(): JSX.Element | null {
  const { console, t, count } = useTexts();
  const { isFollowing, below } = console.following;
  if (isFollowing.value) return null;
  return (
    <button type="button" class="new-lines" onClick={() => console.following.join()}>
      {below.value === 0 ? t.toNewest : t.newLines(below.value, count(below.value))}
    </button>
  );
}
