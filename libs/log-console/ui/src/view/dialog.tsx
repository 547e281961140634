import { type ComponentChildren, type JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useTexts } from './use-console.js';

/** A native modal dialog; Esc and its last button close it, and the focus goes back to where it was. */
export function Dialog({
  title,
  closeText,
  children,
  actions,
}: {
  title: string;
  closeText?: string;
  children: ComponentChildren;
  actions?: ComponentChildren;
}): JSX.Element {
  const { console, t } = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const { current } = dialog;
    current?.showModal();
    return () => current?.close();
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby="dialog-title" onClose={() => (console.dialog.value = undefined)}>
      <h2 id="dialog-title">{title}</h2>
      {children}
      <form method="dialog" class="actions">
        <button autofocus>{closeText ?? t.close}</button>
        {actions}
      </form>
    </dialog>
  );
}
