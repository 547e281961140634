import { signal } from '@preact/signals';
import { type FileHappening, type LogFile } from '../reading/wire.js';
import { visibleIn } from '../formats/visible-text.js';
import { type Console } from './console.js';

/** The log files that can be read instead, and how the one that is read is. */
export class Files {
  readonly list = signal<readonly LogFile[]>([]);
  /** Of the file that is read, while it cannot be. */
  readonly problem = signal<Pick<LogFile, 'state' | 'reason'> | undefined>(undefined);
  readonly #console: Console;

  constructor(console: Console) {
    this.#console = console;
  }

  /** Asks which there are: directories get new ones by themselves. */
  async load(): Promise<void> {
    const { api, source } = this.#console;
    if (!this.#console.may('files')) return;
    try {
      const { files } = await api.json<{ files: LogFile[] }>('GET', 'api/files');
      this.list.value = visibleIn(files);
      const file = files.find(({ id }) => id === source.id);
      if (file) this.#tell(file);
    } catch {
      // The list stays as it was; whoever opens it asks again.
    }
  }

  happened({ change, reason }: FileHappening): void {
    if (change === 'missing' || change === 'unavailable') this.#tell({ state: change, reason });
    else this.#tell({ state: 'ok' });
  }

  #tell({ state, reason }: Pick<LogFile, 'state' | 'reason'>): void {
    this.problem.value = state === 'ok' ? undefined : visibleIn({ state, reason });
  }
}
