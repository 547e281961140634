import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, rmdirSync, writeSync, openSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of two megabytes. Remove it. */
export class SmallDisk {
  readonly path = mkdtempSync(join(tmpdir(), 'log-console-disk-'));

  constructor(kilobytes = 2048) {
    try {
      mount('-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', this.path);
    } catch (error) {
      rmdirSync(this.path);
      throw error;
    }
  }

  /** Leaves no byte. */
  fill(): void {
    const fd = openSync(this.#filler, 'a');
    try {
      for (const size of [4096, 1]) for (;;) if (!written(fd, size)) break;
    } finally {
      closeSync(fd);
    }
  }

  free(): void {
    rmSync(this.#filler);
  }

  /** Nothing can be opened for writing on it, until {@link makeWritable}: EROFS. */
  makeReadOnly(): void {
    mount('--bind', this.path, this.path);
    mount('-o', 'remount,bind,ro', this.path);
  }

  makeWritable(): void {
    execFileSync('umount', [this.path], { stdio: 'ignore' });
  }

  remove(): void {
    execFileSync('umount', ['-l', this.path], { stdio: 'ignore' });
    rmdirSync(this.path);
  }

  get #filler(): string {
    return join(this.path, 'filler');
  }
}

function mount(...args: string[]): void {
  execFileSync('mount', args, { stdio: 'ignore' });
}

function written(fd: number, bytes: number): boolean {
  try {
    return writeSync(fd, Buffer.alloc(bytes, 'x')) > 0;
  } catch {
    return false;
  }
}

/** Whether this process may mount: a real disk that is full is made of a small tmpfs. */
export const CAN_MOUNT = ((): boolean => {
  try {
    new SmallDisk().remove();
    return true;
  } catch {
    return false;
  }
})();
