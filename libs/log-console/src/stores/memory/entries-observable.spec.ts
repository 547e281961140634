import { EMPTY, filter, firstValueFrom, map, take, toArray } from 'rxjs';
import { type LogEntry } from '../../domain/log-entry.js';
import { EntriesObservable } from './entries-observable.js';

function entry(id: number): LogEntry {
  return { id, level: 'log', message: `entry ${id}` };
}

function observableWithReports(): { entries: EntriesObservable; reported: unknown[] } {
  const reported: unknown[] = [];
  return { entries: new EntriesObservable((error) => reported.push(error)), reported };
}

function idsInto(ids: number[]): (entry: LogEntry) => void {
  return ({ id }) => void ids.push(id);
}

describe('EntriesObservable', () => {
  it('tells every observer of every entry, in order, until it unsubscribes', () => {
    const { entries } = observableWithReports();
    const [one, other]: number[][] = [[], []];
    const subscription = entries.subscribe(idsInto(one));
    entries.subscribe({ next: idsInto(other) });
    entries.emit(entry(1));
    entries.emit(entry(2));
    subscription.unsubscribe();
    entries.emit(entry(3));
    expect([one, other]).toEqual([
      [1, 2],
      [1, 2, 3],
    ]);
  });

  it('knows whether anybody observes', () => {
    const { entries } = observableWithReports();
    expect(entries.observed).toBe(false);
    const subscription = entries.subscribe();
    expect(entries.observed).toBe(true);
    subscription.unsubscribe();
    expect(entries.observed).toBe(false);
  });

  it('unsubscribes an observer that throws and reports it; the others go on', () => {
    const { entries, reported } = observableWithReports();
    const seen: number[] = [];
    const error = new Error('observer');
    const throwing = [
      entries.subscribe(() => {
        throw error;
      }),
      entries.subscribe({
        next: () => {
          throw 'not an error';
        },
      }),
    ];
    entries.subscribe(idsInto(seen));
    entries.emit(entry(1));
    entries.emit(entry(2));
    expect(reported).toEqual([error, 'not an error']);
    expect(throwing.map(({ closed }) => closed)).toEqual([true, true]);
    expect(seen).toEqual([1, 2]);
  });

  it('tells observers when there will be no more; one that throws then is reported, too', () => {
    const { entries, reported } = observableWithReports();
    const completed: string[] = [];
    entries.subscribe({
      complete: () => {
        throw new Error('at the end');
      },
    });
    entries.subscribe(null, null, () => completed.push('callback'));
    entries.subscribe({ complete: () => completed.push('observer') });
    entries.complete();
    entries.subscribe({ complete: () => completed.push('late') });
    expect(completed).toEqual(['callback', 'observer', 'late']);
    expect(reported).toEqual([new Error('at the end')]);
  });

  it('calls the methods of an observer that is an object of a class', () => {
    const { entries } = observableWithReports();
    class Counter {
      count = 0;
      next(): void {
        this.count++;
      }
    }
    const counter = new Counter();
    entries.subscribe(counter);
    entries.emit(entry(1));
    expect(counter.count).toBe(1);
  });

  it('is an Observable like any other: operators work, and let go of it', async () => {
    const { entries } = observableWithReports();
    const first = firstValueFrom(entries.pipe(filter(({ id }) => id > 1)), { defaultValue: EMPTY });
    const two = firstValueFrom(
      entries.pipe(
        map(({ id }) => id * 10),
        take(2),
        toArray(),
      ),
    );
    for (const id of [1, 2, 3]) entries.emit(entry(id));
    await expect(first).resolves.toEqual(entry(2));
    await expect(two).resolves.toEqual([10, 20]);
    expect(entries.observed).toBe(false);
  });
});
