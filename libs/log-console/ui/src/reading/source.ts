/** What can be read: the application's log, or one of the log files. */
export interface Source {
  /** The id of a file; '' for the application. */
  readonly id: string;
  /** Where its routes are, beside the page. */
  readonly path: string;
  readonly isFile: boolean;
}

export const APPLICATION: Source = { id: '', path: 'api/', isFile: false };

/** The source that an address names: `?file=<id>`. */
export function sourceInAddress(search: string): Source {
  const id = new URLSearchParams(search).get('file') ?? '';
  return sourceOf(id);
}

/** The source of a file's id; of '' the application. */
export function sourceOf(id: string): Source {
  return id === '' ? APPLICATION : { id, path: `api/files/${encodeURIComponent(id)}/`, isFile: true };
}
