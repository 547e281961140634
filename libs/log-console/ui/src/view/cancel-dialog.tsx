import { type JSX } from 'preact';
import { Dialog } from './dialog.js';
import { useTexts } from './use-console.js';

/** Asks before an operation is asked to stop. */
export function CancelDialog(): JSX.Element {
  const { console, t } = useTexts();
  const { operations, source } = console;
  return (
    <Dialog
      title={t.cancelTitle}
      closeText={t.keepRunning}
      actions={
        <button class="danger" onClick={() => void operations.cancel()}>
          {t.cancelNow}
        </button>
      }
    >
      <p>{t.cancelText(operations.nameOf(source.id))}</p>
    </Dialog>
  );
}
