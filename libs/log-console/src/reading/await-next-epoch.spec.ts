import { type Cursor } from '../domain/cursor.js';
import { type LogBatch } from '../domain/log-batch.js';
import { type LogSource, type Wait } from '../domain/log-source.js';
import { awaitNextEpoch } from './await-next-epoch.js';

const END = 'old-10' as Cursor;

/** A source whose newest place this is; what comes after the end of the older epoch, before and after a wait. */
function sourceWith(newest: string, afterWaiting: string): LogSource & { waits: Wait[] } {
  const waits: Wait[] = [];
  const batch = (next: string): LogBatch => ({
    epoch: next.split('-')[0],
    instance: 'i',
    entries: [],
    size: 0,
    next: next as Cursor,
    prev: next as Cursor,
    more: false,
  });
  return {
    waits,
    read: ({ after }) => batch(after === undefined ? newest : waits.length > 0 ? afterWaiting : after),
    waitAfter: (_cursor, wait) => {
      waits.push(wait);
      return Promise.resolve();
    },
  };
}

describe('awaitNextEpoch', () => {
  it('does not wait at the end of the newest epoch, also when more came meanwhile', async () => {
    const source = sourceWith('old-20', 'old-20');
    expect(await awaitNextEpoch(source, END)).toBe(false);
    expect(source.waits).toEqual([]);
  });

  it('waits at the end of an older one for what follows it', async () => {
    const source = sourceWith('new-5', 'new-5');
    const { signal } = new AbortController();
    expect(await awaitNextEpoch(source, END, signal)).toBe(true);
    expect(source.waits).toEqual([{ signal, timeoutMs: 6000 }]);
  });

  it('says so when nothing followed', async () => {
    expect(await awaitNextEpoch(sourceWith('new-5', END), END)).toBe(false);
  });
});
