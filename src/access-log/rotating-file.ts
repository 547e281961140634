import { mkdir, open, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How large a file becomes, and how many older ones are kept beside it: `access.log.1` is the youngest of them. */
export interface Rotation {
  readonly maxBytes: number;
  readonly keep: number;
}

/** A text file that is renamed when it is full. Lines are written in order, one after the other; nothing is there before the first. */
export class RotatingFile {
  #file?: FileHandle;
  #size = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(
    readonly path: string,
    readonly rotation: Rotation,
  ) {}

  /** Takes a line; what cannot be written is dropped: a full disk does not stop a warehouse. */
  write(line: string): void {
    this.#last = this.#last.then(() => this.#append(Buffer.from(`${line}\n`))).catch(() => undefined);
  }

  /** Resolves when everything taken so far is written. */
  async close(): Promise<void> {
    await this.#last;
    await this.#file?.close();
    this.#file = undefined;
  }

  async #append(line: Buffer): Promise<void> {
    if (this.#file && this.#size + line.length > this.rotation.maxBytes) await this.#rotate();
    this.#file ??= await this.#open();
    await this.#file.appendFile(line);
    this.#size += line.length;
  }

  async #open(): Promise<FileHandle> {
    await mkdir(dirname(this.path), { recursive: true });
    const file = await open(this.path, 'a', 0o640);
    this.#size = (await file.stat()).size;
    return file;
  }

  async #rotate(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
    for (let number = this.rotation.keep; number > 0; number--) {
      const younger = number === 1 ? this.path : `${this.path}.${number - 1}`;
      // There may be none yet.
      await rename(younger, `${this.path}.${number}`).catch(() => undefined);
    }
  }
}
