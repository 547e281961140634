import { type ComponentChildren, type JSX } from 'preact';

/** What all lines below belong to. */
export function Head({
  label,
  title,
  children,
}: {
  label: string;
  title: string;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <section class="head" aria-label={label}>
      <h2>
        <bdi>{title}</bdi>
      </h2>
      {children}
    </section>
  );
}
