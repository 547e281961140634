import { type JSX } from 'preact';
import { segmentsOf } from '../formats/segments.js';

/** Text as the terminal would colour it, what is searched for marked; only ever text nodes. */
export function MarkedText({ text, search }: { text: string; search: string }): JSX.Element {
  return (
    <>
      {segmentsOf(text, search).map(({ text: part, style, match }) =>
        match ? <mark class={style}>{part}</mark> : style ? <span class={style}>{part}</span> : part,
      )}
    </>
  );
}
