import { signal } from '@preact/signals';
import { type FunctionComponent } from 'preact';
import { visible } from '../formats/visible-text.js';
import { type EntryLine, type Line } from '../lines/line.js';
import { type Batch, type StoreState } from '../reading/wire.js';
import { type Console } from './console.js';

/** What is only to be seen where several processes write the log: a file of its own, with its texts and style. */
export interface SharedParts {
  /** Whose line it is. */
  readonly Mark: FunctionComponent<{ line: EntryLine }>;
  /** Chooses whose lines are shown. */
  readonly Select: FunctionComponent;
  /** Shows the lines of the same process only. */
  readonly Only: FunctionComponent<{ line: EntryLine }>;
  /** While what is shared is away. */
  readonly Bar: FunctionComponent;
  /** Where the lines of an operation come from that this server does not know. */
  readonly Elsewhere: FunctionComponent;
  /** Whether there are several. */
  readonly isMany: () => boolean;
  /** What a line says of who came and went, in words; undefined of any other. */
  readonly said: (line: EntryLine) => string | undefined;
  /** What is missing, in words, where that is another matter than elsewhere. */
  readonly missing: (line: Line) => string | undefined;
  /** Reads an operation that this server does not know by its lines in the shared log; false where nothing is shared. */
  readonly readElsewhere: () => Promise<boolean>;
}

/** How the log is kept, and what follows from that on the page. */
export class Shared {
  readonly parts = signal<SharedParts | undefined>(undefined);
  readonly store = signal<StoreState>({ state: 'up' });
  /** The process whose own lines are read, because what is shared was away when the page came. */
  readonly alone = signal<string | undefined>(undefined);
  readonly #console: Console;
  #isTried = false;

  constructor(console: Console) {
    this.#console = console;
  }

  /** Whether the server has said so. */
  get isShared(): boolean {
    return (this.store.value.kind ?? 'memory') !== 'memory';
  }

  /** Whether it is away, and nothing comes until it is back. */
  get isAwaited(): boolean {
    return this.store.value.state !== 'up' && this.alone.value === undefined;
  }

  /** The server has said how the log is kept. Of another source changes would not be told. */
  happened(store: StoreState | undefined): void {
    if (!store || this.#console.source.path !== 'api/') return;
    this.store.value = { kind: this.store.value.kind, ...store };
    if (this.isShared || store.state !== 'up') void this.load();
  }

  read({ entries, gap, degraded, instance }: Batch): void {
    if (entries.length > 0 || gap) this.alone.value = degraded ? instance : undefined;
    if (this.#console.list.instances.size > 1 && !this.#isTried) void this.load();
  }

  /** Where they do not come, the page goes on without; the next connection tries again. */
  async load(): Promise<SharedParts | undefined> {
    this.#isTried = true;
    try {
      const { partsIn } = await import('../shared/shared-parts.js');
      return (this.parts.value ??= partsIn(this.#console, visible));
    } catch {
      return undefined;
    }
  }
}
