import { Observable, Subject, Subscriber, type Observer, type Subscription } from 'rxjs';
import { type LogEntry } from '../../domain/log-entry.js';

type Next = (entry: LogEntry) => void;

/**
 * The entries as they are accepted. An observer that throws is unsubscribed and reported; the process lives and the
 * other observers go on. (RxJS would rethrow on a timer, which ends the process. What throws inside a user's own
 * `pipe` is RxJS's.)
 */
export class EntriesObservable extends Observable<LogEntry> {
  readonly #subject = new Subject<LogEntry>();
  readonly #report: (error: unknown) => void;

  constructor(report: (error: unknown) => void) {
    super((subscriber) => this.#subject.subscribe(subscriber));
    this.#report = report;
  }

  get observed(): boolean {
    return this.#subject.observed;
  }

  emit(entry: LogEntry): void {
    this.#subject.next(entry);
  }

  complete(): void {
    this.#subject.complete();
  }

  override subscribe(
    observer?: Partial<Observer<LogEntry>> | Next | null,
    error?: ((error: unknown) => void) | null,
    complete?: (() => void) | null,
  ): Subscription {
    // An operator of a pipe: its errors belong to the subscriber at the other end.
    if (observer instanceof Subscriber) return super.subscribe(observer);
    const given: Partial<Observer<LogEntry>> =
      typeof observer === 'object' && observer
        ? observer
        : { next: observer ?? undefined, error: error ?? undefined, complete: complete ?? undefined };
    const subscription = super.subscribe({
      next: (entry) => {
        try {
          given.next?.(entry);
        } catch (thrown) {
          subscription.unsubscribe();
          this.#report(thrown);
        }
      },
      error: (failure: unknown) => given.error?.(failure),
      complete: () => {
        try {
          given.complete?.();
        } catch (thrown) {
          this.#report(thrown);
        }
      },
    });
    return subscription;
  }
}
