import { type JSX } from 'preact';

/** What did not work, told at once. */
export function Problem({ id, text }: { id?: string; text: string | undefined }): JSX.Element | null {
  if (text === undefined) return null;
  return (
    <p id={id} role="alert" class="problem">
      {text}
    </p>
  );
}
