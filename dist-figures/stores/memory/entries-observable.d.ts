import { Observable, type Observer, type Subscription } from 'rxjs';
import { type LogEntry } from '../../domain/log-entry.js';
type Next = (entry: LogEntry) => void;
/**
 * The entries as they are accepted. An observer that throws is unsubscribed and reported; the process lives and the
 * other observers go on. (RxJS would rethrow on a timer, which ends the process. What throws inside a user's own
 * `pipe` is RxJS's.)
 */
export declare class EntriesObservable extends Observable<LogEntry> {
    #private;
    constructor(report: (error: unknown) => void);
    get observed(): boolean;
    emit(entry: LogEntry): void;
    complete(): void;
    subscribe(observer?: Partial<Observer<LogEntry>> | Next | null, error?: ((error: unknown) => void) | null, complete?: (() => void) | null): Subscription;
}
export {};
