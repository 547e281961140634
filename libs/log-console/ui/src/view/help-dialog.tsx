import { type JSX } from 'preact';
import { Dialog } from './dialog.js';
import { useTexts } from './use-console.js';

/** The keys. */
export function HelpDialog(): JSX.Element {
  const { t } = useTexts();
  return (
    <Dialog title={t.helpTitle}>
      <dl class="keys">
        {t.helpKeys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p>{t.helpOff}</p>
    </Dialog>
  );
}
