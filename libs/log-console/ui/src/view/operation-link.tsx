import { type JSX } from 'preact';
import { useTexts } from './use-console.js';

/** Leads to an operation, by its name. */
export function OperationLink({ id, tabIndex }: { id: string; tabIndex?: number }): JSX.Element {
  const { console, t } = useTexts();
  return (
    <a
      class="operation"
      href={console.linkTo({ kind: 'operation', id })}
      title={t.openOperation}
      tabIndex={tabIndex}
    >
      <bdi>{console.operations.nameOf(id)}</bdi>
    </a>
  );
}
