import { signal } from '@preact/signals';
import { isProblemEntry } from '../lines/entry-line.js';
import { problemsSince } from '../lines/problems.js';
import { type Batch } from '../reading/wire.js';
import { type Console } from './console.js';
import { storage } from './storage.js';

/** What is problems since is counted until the page has caught up. */
const CATCHING_UP_MS = 3000;

interface Place {
  readonly epoch: string;
  readonly id: number;
}

/** Remembers the newest line somebody has looked at, also from one visit to the next, and counts the problems since. */
export class LastLooked {
  /** Problems since the reader last looked, and the first of them; told once after each return. */
  readonly since = signal<{ readonly count: number; readonly first: number } | undefined>(undefined);
  /** Problems that came while the tab is in the background: for its title. */
  readonly unseen = signal(0);

  readonly #console: Console;
  readonly #key: string;
  #place: Place | undefined;
  #comparesUntil: number;

  constructor(console: Console) {
    this.#console = console;
    const { id } = console.source;
    this.#key = `log-console:${location.pathname.replace(/\/$/, '')}${id && `?${id}`}`;
    this.#place = parsePlace(storage()?.getItem(this.#key));
    this.#comparesUntil = this.#place ? Infinity : 0;
  }

  hidden(isHidden: boolean): void {
    if (isHidden) {
      this.#remember();
      this.since.value = undefined;
      return;
    }
    this.unseen.value = 0;
    this.#comparesUntil = Date.now() + CATCHING_UP_MS;
    this.update();
  }

  count({ entries }: Batch): void {
    if (document.hidden) this.unseen.value += entries.filter(isProblemEntry).length;
  }

  /** Called with every drawing of the page. */
  update(): void {
    if (document.hidden) return;
    if (this.#comparesUntil === Infinity && this.#console.list.lines.length > 0)
      this.#comparesUntil = Date.now() + CATCHING_UP_MS;
    if (this.#place && Date.now() < this.#comparesUntil) {
      const { count, first } = problemsSince(this.#console.list.lines, this.#place);
      this.since.value = first === undefined ? undefined : { count, first };
    }
  }

  dismiss(): void {
    this.since.value = undefined;
    this.#comparesUntil = 0;
  }

  #remember(): void {
    const newest = parsePlace(this.#console.list.newest);
    if (!newest) return;
    this.#place = newest;
    try {
      storage()?.setItem(this.#key, `${newest.epoch}-${newest.id}`);
    } catch {
      // A full storage: the next visit does not know.
    }
  }
}

function parsePlace(cursor: string | null | undefined): Place | undefined {
  const [, epoch, id] = /^(.+)-(\d+)$/.exec(cursor ?? '') ?? [];
  return epoch === undefined ? undefined : { epoch, id: Number(id) };
}
