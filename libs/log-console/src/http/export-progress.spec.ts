import { type LogEntry } from '../domain/log-entry.js';
import { type HeldPage } from '../reading/read-held.js';
import { ExportProgress } from './export-progress.js';

const page = (size: number): HeldPage => ({
  entries: Array.from({ length: size }, (_, id): LogEntry => ({ id, level: 'log', message: 'ä' })),
});

async function* pagesOf(...sizes: number[]): AsyncGenerator<HeldPage, void, void> {
  for (const size of sizes) yield page(size);
}

async function* textsOf(pages: AsyncIterable<HeldPage>): AsyncGenerator<string, void, void> {
  for await (const { entries } of pages) yield entries.map(({ message }) => message).join('');
}

describe('The progress of a download', () => {
  it('is its entries and its bytes', async () => {
    const progress = new ExportProgress(() => true);
    let text = '';
    for await (const piece of progress.texts(textsOf(progress.pages(pagesOf(2, 3))))) text += piece;
    expect({ text, count: progress.count, bytes: progress.bytes }).toEqual({
      text: 'äääää',
      count: 5,
      bytes: 10,
    });
  });

  it('is what was taken while somebody took it', async () => {
    let isOpen = true;
    const progress = new ExportProgress(() => isOpen);
    for await (const piece of progress.texts(textsOf(progress.pages(pagesOf(2, 3))))) {
      expect(piece).toBe('ää');
      isOpen = false;
    }
    expect(progress).toMatchObject({ count: 2, bytes: 4 });
  });
});
