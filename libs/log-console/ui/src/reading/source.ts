/** What can be read: the application's log, one of the log files, or the lines of one operation. */
export interface Source {
  readonly kind: 'application' | 'file' | 'operation';
  /** Of the file or the operation; '' for the application. */
  readonly id: string;
  /** Where its routes are, beside the page. */
  readonly path: string;
  /** What every question begins with: of an operation that runs elsewhere, its lines in the log of all. */
  readonly only?: string;
}

/** How an address names a source that is not the application. */
const NAMES = { file: 'file', operation: 'op' } as const;

/** The source that an address names: `?op=<id>`, `?file=<id>`. */
export function sourceInAddress(search: string): Source {
  const query = new URLSearchParams(search);
  const operation = query.get(NAMES.operation) ?? '';
  return operation === '' ? sourceOf('file', query.get(NAMES.file) ?? '') : sourceOf('operation', operation);
}

/** The source of a kind and an id; of '' the application. */
export function sourceOf(kind: keyof typeof NAMES, id: string): Source {
  if (id === '') return { kind: 'application', id, path: 'api/' };
  return { kind, id, path: `api/${kind}s/${encodeURIComponent(id)}/` };
}

/** The query of an address for a source; what else it says is kept. `''` when it says nothing. */
export function sourceToAddress({ kind, id }: Pick<Source, 'kind' | 'id'>, search: string): string {
  const query = new URLSearchParams(search);
  for (const name of Object.values(NAMES)) query.delete(name);
  if (kind !== 'application') query.set(NAMES[kind], id);
  const text = String(query);
  return text && `?${text}`;
}
