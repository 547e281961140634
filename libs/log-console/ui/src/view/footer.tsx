import { type JSX } from 'preact';
import { useTexts } from './use-console.js';

/** How much of what is held is shown, and whether the newest line is followed. */
export function Footer(): JSX.Element {
  const { console, t, count } = useTexts();
  const { list, rows } = console.drawn.value;
  const held = count(list.entries);
  return (
    <footer>
      <span>{t.shown(rows.matching, count(rows.matching), held)}</span>
      {console.more.isLoading.value && <span>{t.loadingOlder}</span>}
      {list.removed > 0 && <span>{t.full(held)}</span>}
      {console.isLive.value && (
        <span class="following">{console.following.isFollowing.value ? t.following : t.notFollowing}</span>
      )}
    </footer>
  );
}
