import { type HeldPage } from '../reading/read-held.js';

/** Counts what a download hands on, while there is somebody to take it. */
export class ExportProgress {
  count = 0;
  bytes = 0;

  constructor(readonly isOpen: () => boolean) {}

  async *pages(pages: AsyncIterable<HeldPage>): AsyncGenerator<HeldPage, void, void> {
    for await (const page of pages) {
      if (!this.isOpen()) return;
      this.count += page.entries.length;
      yield page;
    }
  }

  async *texts(texts: AsyncIterable<string>): AsyncGenerator<string, void, void> {
    for await (const text of texts) {
      this.bytes += Buffer.byteLength(text);
      yield text;
    }
  }
}
