import { type JSX } from 'preact';
import { Actions } from './actions.js';
import { SettingsMenu } from './settings-menu.js';
import { useTexts } from './use-console.js';

/** Pausing, what can be done with the lines, and the menu. */
export function Controls(): JSX.Element {
  const { console, t, count } = useTexts();
  const isPaused = console.pausedAt.value !== undefined;
  return (
    <div class="controls">
      {console.mayRead.value && (
        <>
          <button type="button" class="pause" onClick={() => (isPaused ? console.resume() : console.pause())}>
            {isPaused ? t.resume(count(console.waiting.value)) : t.pause}
          </button>
          <Actions />
        </>
      )}
      <SettingsMenu />
    </div>
  );
}
