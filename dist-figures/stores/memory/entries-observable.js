import { Observable, Subject, Subscriber } from 'rxjs';
/**
 * The entries as they are accepted. An observer that throws is unsubscribed and reported; the process lives and the
 * other observers go on. (RxJS would rethrow on a timer, which ends the process. What throws inside a user's own
 * `pipe` is RxJS's.)
 */
export class EntriesObservable extends Observable {
    #subject = new Subject();
    #report;
    constructor(report) {
        super((subscriber) => this.#subject.subscribe(subscriber));
        this.#report = report;
    }
    get observed() {
        return this.#subject.observed;
    }
    emit(entry) {
        this.#subject.next(entry);
    }
    complete() {
        this.#subject.complete();
    }
    subscribe(observer, error, complete) {
        // An operator of a pipe: its errors belong to the subscriber at the other end.
        if (observer instanceof Subscriber)
            return super.subscribe(observer);
        const given = typeof observer === 'object' && observer
            ? observer
            : { next: observer ?? undefined, error: error ?? undefined, complete: complete ?? undefined };
        const subscription = super.subscribe({
            next: (entry) => {
                try {
                    given.next?.(entry);
                }
                catch (thrown) {
                    subscription.unsubscribe();
                    this.#report(thrown);
                }
            },
            error: (failure) => given.error?.(failure),
            complete: () => {
                try {
                    given.complete?.();
                }
                catch (thrown) {
                    this.#report(thrown);
                }
            },
        });
        return subscription;
    }
}
