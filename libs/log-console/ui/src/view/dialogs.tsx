import { type JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type DialogName } from '../console/console.js';
import { useTexts } from './use-console.js';

type OpenDialog = (props: { name: DialogName }) => JSX.Element;

/** Loaded when the page is there: whoever needs a dialog may have lost the connection. */
const loadDialogs = async (): Promise<OpenDialog> => (await import('./open-dialog.js')).OpenDialog;

/** The dialog that is open, if any. */
export function Dialogs(): JSX.Element | null {
  const { console, t } = useTexts();
  const name = console.dialog.value;
  const [Loaded, setLoaded] = useState<{ Open: OpenDialog }>();
  const isMissing = name && !Loaded;
  useEffect(() => {
    loadDialogs().then(
      (Open) => setLoaded({ Open }),
      () => {
        if (!isMissing) return;
        console.dialog.value = undefined;
        console.notice.value = t.notLoaded;
      },
    );
  }, [isMissing]);
  return name && Loaded ? <Loaded.Open name={name} /> : null;
}
