import { computed, signal } from '@preact/signals';
import { type LogEntry } from '../../../src/domain/log-entry.js';
import { type Api } from '../reading/api.js';
import { Connection } from '../reading/connection.js';
import { type ConnectionState } from '../reading/connection-state.js';
import { type Batch, type Cleared, type Session } from '../reading/wire.js';
import { visibleIn } from '../formats/visible-text.js';
import { sourceInAddress, sourceToAddress, type Source } from '../reading/source.js';
import { filtersFromAddress, filtersToAddress, type Filters } from '../lines/filters.js';
import { LineList } from '../lines/line-list.js';
import { type EntryLine } from '../lines/line.js';
import { Rows, type Row } from '../lines/rows.js';
import { isProblemEntry } from '../lines/entry-line.js';
import { Waiting } from '../lines/waiting.js';
import { Files } from './files.js';
import { Following } from './following.js';
import { Operations } from './operations.js';
import { LastLooked } from './last-looked.js';
import { type Preferences } from './preferences.js';
import { goToLinked } from './line-actions.js';
import { CleanedView } from './cleaned-view.js';
import { Shared } from './shared.js';
import { HELD, MoreLines } from './more-lines.js';
import { type SignInProblem } from './signing.js';

const BACKLOG = 1000;
const NO_FILTERS = filtersFromAddress('');

/** A line to be brought into view, and whether the keyboard goes there. */
export interface Target {
  readonly seq: number;
  readonly align: 'center' | 'nearest';
}

export type DialogName = 'cancel' | 'clear' | 'report' | 'download' | 'help' | 'server';

/** What the console knows and can do: one source, the lines held of it, and how they are shown. */
export class Console {
  /** What is read. */
  source = sourceInAddress(location.search);
  readonly list = new LineList({ isFile: this.source.kind === 'file' });
  readonly rows = new Rows(this.list);
  readonly following = new Following(this);
  readonly lastLooked = new LastLooked(this);
  readonly more = new MoreLines(this);
  readonly files = new Files(this);
  readonly operations = new Operations(this);
  readonly cleaned = new CleanedView(this);
  readonly shared = new Shared(this);
  connection: Connection;

  readonly state = signal<ConnectionState>({ kind: 'connecting', since: Date.now() });
  readonly session = signal<Session | undefined>(undefined);
  readonly filters = signal<Filters>(filtersFromAddress(location.search));
  readonly pausedAt = signal<number | undefined>(undefined);
  readonly waiting = signal(0);
  /** What is on the screen: the same list and rows, another object with every change. */
  readonly drawn = signal({ list: this.list, rows: this.rows });
  readonly opened = signal<ReadonlySet<number>>(new Set());
  /** Key of the row that the keyboard is at. */
  readonly active = signal<number | undefined>(undefined);
  /** Where the list on screen is to go next; taken by it. */
  readonly target = signal<Target | undefined>(undefined);
  readonly dialog = signal<DialogName | undefined>(undefined);
  /** Because of what the dialog about the server is opened: the level of its part is to be another. */
  levelWanted: LogEntry | undefined;
  readonly notice = signal<string | undefined>(undefined);
  readonly isUpdated = signal(false);
  readonly hasSeveralServers = signal(false);
  /** The time on the server's clock, each second: for what is told relative to now. */
  readonly tick = signal(Date.now());
  /** Which of the bars of the last minutes the keyboard is at. */
  readonly minute = signal(0);
  /** Why the token of the link did not sign in. */
  linkProblem: SignInProblem | undefined;
  /** Whether there is anything to show to whoever is signed in, or was. */
  readonly mayRead = computed(
    () =>
      this.may(this.source.kind === 'file' ? 'files' : 'read') &&
      (this.state.value.kind !== 'forbidden' || this.drawn.value.list.lines.length > 0),
  );
  readonly isLive = computed(() => ['live', 'polling'].includes(this.state.value.kind));

  readonly #waiting = new Waiting(HELD, undefined, this.list);
  #isDrawing = false;
  #arrived = { lines: 0, problems: 0 };
  /** What the server's clock is ahead of this one, in milliseconds. */
  #ahead = 0;

  constructor(
    readonly api: Api,
    readonly preferences: Preferences,
    /** What the page says of itself: its version, and where the host signs people in ('' where it does not). */
    readonly page: { readonly uiVersion: string; readonly signInUrl: string },
  ) {
    this.connection = this.connectionTo(this.source);
    this.rows.show({ filters: this.filters.value, folds: preferences.settings.value.folds });
  }

  connectionTo({ path, only }: Source): Connection {
    return new Connection({
      api: this.api,
      path,
      only,
      backlog: BACKLOG,
      ...(this.#isOperation && !only && { isOver: (signal) => this.operations.isOver(signal) }),
      events: {
        state: (state) => this.#onState(state),
        session: (session) => {
          this.#ahead = Date.parse(session.server.time) - Date.now();
          this.tick.value = this.now();
          this.session.value = visibleIn(session);
          void this.files.load();
          void this.operations.load();
          if (this.#isOperation) void this.operations.isOver().catch(() => undefined);
        },
        hello: (hello) => {
          this.shared.happened(hello.store);
          // What is shared began with none of those who answer.
          if (!this.shared.isShared) this.list.started(hello);
          this.isUpdated.value = hello.uiVersion !== this.page.uiVersion;
        },
        batch: (batch) => this.#receive(batch),
        cleared: (cleared) => this.#cleared(cleared),
        operation: (operation) => this.operations.happened(operation),
        file: (happening) => this.files.happened(happening),
        store: (store) => this.shared.happened(store),
        severalServers: () => (this.hasSeveralServers.value = true),
      },
    });
  }

  /** Now, on the clock of the server. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Whether whoever is signed in may do this with what is read here. */
  may(ability: string): boolean {
    if (ability === 'clear' && this.source.kind !== 'application') return false;
    return this.session.value?.can.includes(ability) ?? false;
  }

  /** The row that the keyboard is at. */
  get row(): Row | undefined {
    const { value: key } = this.active;
    const row = key === undefined ? undefined : this.rows.rows[this.rows.indexOf(key)];
    return row?.key === key ? row : undefined;
  }

  /** The entry that the keyboard is at. */
  get entry(): EntryLine | undefined {
    const line = this.row?.line;
    return line?.kind === 'entry' ? line : undefined;
  }

  /** The address of another source: this one without its filters, or with them. */
  linkTo(
    source: Pick<Source, 'kind' | 'id'>,
    search = filtersToAddress(NO_FILTERS, location.search),
  ): string {
    return sourceToAddress(source, search) || location.pathname;
  }

  setFilters(change: Partial<Filters>): void {
    this.filters.value = { ...this.filters.value, ...change };
    history.replaceState(
      null,
      '',
      filtersToAddress(this.filters.value, location.search) || location.pathname,
    );
    this.show();
  }

  /** Applies filters and folding to what is held. */
  show(): void {
    this.rows.show({ filters: this.filters.value, folds: this.preferences.settings.value.folds });
    this.following.recount();
    this.drawn.value = { list: this.list, rows: this.rows };
  }

  pause(): void {
    this.pausedAt.value ??= this.now();
  }

  resume(): void {
    this.pausedAt.value = undefined;
    this.flush();
  }

  /** Shows what waited. */
  flush(): void {
    if (this.#isHolding) return;
    this.#waiting.flush(this.list, this.now());
    this.draw();
  }

  toggle(key: number): void {
    const opened = new Set(this.opened.value);
    if (!opened.delete(key)) {
      opened.add(key);
      this.opened.value = opened;
      this.goTo(key, 'nearest');
      return;
    }
    this.opened.value = opened;
    this.active.value = key;
  }

  /** Brings a line into view and makes it the one that the keyboard is at. */
  goTo(seq: number, align: Target['align'] = 'center'): void {
    this.following.leave();
    this.active.value = this.rows.rows[this.rows.indexOf(seq)]?.key;
    this.target.value = { seq, align };
  }

  /** What is put on the screen waits for the next frame. */
  draw(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    requestAnimationFrame(() => {
      this.#isDrawing = false;
      this.rows.update();
      this.waiting.value = this.#waiting.count;
      this.following.recount();
      this.lastLooked.update();
      this.drawn.value = { list: this.list, rows: this.rows };
    });
  }

  /** How many lines the server holds. */
  async heldByServer(): Promise<number> {
    const { held } = await this.api.json<{ held: { entries: number } }>('GET', 'api/stats');
    return held.entries;
  }

  async clearForEveryone(upTo: string): Promise<void> {
    const answer = await this.connection.clear(upTo);
    // Where the page polls nothing else says it.
    const by = this.session.value?.user.name ?? '';
    if (answer.cleared > 0) this.#cleared({ upTo: answer.upTo, by, at: new Date(this.now()).toISOString() });
  }

  /** How many lines have come since this was asked last, and problems among them. */
  takeArrived(): { lines: number; problems: number } {
    const arrived = this.#arrived;
    this.#arrived = { lines: 0, problems: 0 };
    return arrived;
  }

  get #isOperation(): boolean {
    return this.source.kind === 'operation';
  }

  get #isHolding(): boolean {
    return this.pausedAt.value !== undefined || (!this.list.trims && this.list.lines.length >= 2 * HELD);
  }

  #cleared(cleared: Cleared): void {
    if (this.#isHolding) this.#waiting.cleared(cleared);
    else this.list.cleared(cleared);
    this.draw();
  }

  #receive(batch: Batch): void {
    const isFirst = this.list.newest === undefined;
    if (this.#isHolding) this.#waiting.add(batch);
    else this.list.add(batch, this.now());
    this.shared.read(batch);
    this.#arrived.lines += batch.entries.length;
    const problems = batch.entries.filter(isProblemEntry).length;
    this.#arrived.problems += problems;
    this.lastLooked.count(problems);
    this.draw();
    if (isFirst) {
      void goToLinked(this);
      void this.more.loadAll();
    }
  }

  #onState(state: ConnectionState): void {
    if (state.kind === 'closed' && this.#isOperation && this.session.value && !this.source.only) {
      void this.shared
        .load()
        .then((parts) => parts?.readElsewhere())
        .then((isElsewhere) => !isElsewhere && this.#setState(state));
    } else this.#setState(state);
  }

  #setState(state: ConnectionState): void {
    this.state.value = state;
    if (state.kind === 'finished') void this.operations.isOver().catch(() => undefined);
    this.more.connectionChanged();
  }
}
