import { signal } from '@preact/signals';
import { parsePlace, placeOf, type Place } from '../lines/place.js';
import { problemsSince } from '../lines/problems.js';
import { type Console } from './console.js';
import { storage } from './storage.js';

/** What is problems since is counted until the page has caught up. */
const CATCHING_UP_MS = 3000;

/** Remembers the newest line somebody has looked at, also from one visit to the next, and counts the problems since. */
export class LastLooked {
  /** Problems since the reader last looked, and the first of them; told once after each return. */
  readonly since = signal<{ readonly count: number; readonly first: number } | undefined>(undefined);
  /** Problems that came while the tab is in the background: for its title. */
  readonly unseen = signal(0);

  readonly #console: Console;
  readonly #key: string;
  readonly #storage: Storage | undefined;
  #place: Place | undefined;
  #comparesUntil: number;

  constructor(console: Console) {
    this.#console = console;
    const { kind, id } = console.source;
    // Operations come and go: nobody would clean up after them.
    this.#storage = kind === 'operation' ? undefined : storage();
    this.#key = `log-console:${location.pathname.replace(/\/$/, '')}${id && `?${id}`}`;
    this.#place = parsePlace(this.#storage?.getItem(this.#key) ?? '');
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

  /** So many problems have come. */
  count(problems: number): void {
    if (document.hidden) this.unseen.value += problems;
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
    const { newest } = this.#console.list;
    if (newest === undefined) return;
    this.#place = placeOf(newest);
    try {
      this.#storage?.setItem(this.#key, newest);
    } catch {
      // A full storage: the next visit does not know.
    }
  }
}
