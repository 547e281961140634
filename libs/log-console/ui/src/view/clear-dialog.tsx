import { type JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Dialog } from './dialog.js';
import { useTexts } from './use-console.js';

/** Asks before the list is cleared for everyone: up to the newest line when it was opened, never what came since. */
export function ClearDialog(): JSX.Element {
  const { console, t, lines } = useTexts();
  const [upTo] = useState(console.list.newest);
  const [held, setHeld] = useState(console.list.entries);
  useEffect(() => void console.heldByServer().then(setHeld, () => undefined), [console]);
  const clear = async (): Promise<void> => {
    try {
      if (upTo !== undefined) await console.clearForEveryone(upTo);
    } catch {
      console.notice.value = t.clearFailed;
    }
  };
  return (
    <Dialog
      title={t.clearTitle}
      closeText={t.keep}
      actions={
        <button class="danger" onClick={() => void clear()}>
          {t.clearNow}
        </button>
      }
    >
      <p>{t.clearText(lines(held))}</p>
    </Dialog>
  );
}
