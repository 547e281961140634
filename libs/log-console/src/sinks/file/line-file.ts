import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  ftruncateSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { isError, safeText } from '../../domain/safe-text.js';

const LF = 0x0a;
const { O_RDWR, O_APPEND, O_CREAT, O_EXCL } = constants;
/** Not on every system. */
const SAFELY = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Some bytes were written, and then something failed. */
export class CutWriteError extends Error {
  /** @param bytes how many, up to the end of the last whole line */
  constructor(
    readonly bytes: number,
    cause: unknown,
  ) {
    super(reasonOf(cause), { cause });
  }
}

interface Open {
  readonly fd: number;
  readonly inode: bigint;
  readonly device: bigint;
}

/**
 * A file of whole lines. Writing is synchronous: what was written is there for everybody, whatever becomes of this
 * process. It is opened when it is needed, again when somebody moved or deleted it, and never a link or a device.
 */
export class LineFile {
  #open: Open | undefined;
  /** A line was cut, by us or by the end of another process: the next one needs a line of its own. */
  #isTorn = false;
  /** Bytes in it. */
  size = 0;
  /** When it was last written to before it was opened, in milliseconds. */
  modified = 0;
  /** Counts up with each file that is opened under this name. */
  opened = 0;

  constructor(
    readonly path: string,
    readonly mode: number,
  ) {}

  /** Opens it, unless it is open and still where it was. */
  ensureOpen(): Open {
    if (this.#open && !this.#isStillThere(this.#open)) this.close();
    if (this.#open) return this.#open;
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    const fd = this.#openFile();
    try {
      const stat = fstatSync(fd, { bigint: true });
      if (!stat.isFile()) throw new Error('It is no regular file');
      this.size = Number(stat.size);
      this.modified = Number(stat.mtimeMs);
      this.#isTorn = this.size > 0 && lastByte(fd, this.size) !== LF;
      this.opened++;
      return (this.#open = { fd, inode: stat.ino, device: stat.dev });
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  }

  /** Appends lines; a {@link CutWriteError} when that fails. No part of a line is left behind. */
  append(lines: Buffer): void {
    let written = 0;
    try {
      const { fd } = this.ensureOpen();
      if (this.#isTorn) {
        writeSync(fd, '\n');
        this.#isTorn = false;
        this.size++;
      }
      while (written < lines.length) written += writeSync(fd, lines, written);
      this.size += written;
    } catch (error) {
      const whole = written === 0 ? 0 : lines.lastIndexOf(LF, written - 1) + 1;
      this.#repair(written, whole);
      throw new CutWriteError(whole, error);
    }
  }

  /** Gives what is there another name, and begins anew. */
  moveTo(path: string): void {
    renameSync(this.path, path);
    this.close();
  }

  close(): void {
    if (!this.#open) return;
    const { fd } = this.#open;
    this.#open = undefined;
    try {
      fsyncSync(fd);
    } catch {
      // A disk that fails has said so before.
    } finally {
      closeSync(fd);
    }
  }

  #openFile(): number {
    try {
      const fd = openSync(this.path, O_RDWR | O_APPEND | O_CREAT | O_EXCL | SAFELY, this.mode);
      // The mask of the process may have taken away what was asked for.
      fchmodSync(fd, this.mode);
      return fd;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      return openSync(this.path, O_RDWR | O_APPEND | SAFELY);
    }
  }

  #isStillThere({ inode, device }: Open): boolean {
    try {
      const stat = statSync(this.path, { bigint: true, throwIfNoEntry: false });
      return stat?.ino === inode && stat.dev === device;
    } catch {
      // We may not look there any more; what is open can still be written to.
      return true;
    }
  }

  /** Takes back the part of a line that was written; where that fails, or others write too, the next one begins a line. */
  #repair(written: number, whole: number): void {
    const end = this.size + whole;
    try {
      if (!this.#open || written === whole) return;
      this.#isTorn = true;
      const { fd } = this.#open;
      if (fstatSync(fd).size !== this.size + written) return;
      ftruncateSync(fd, end);
      this.#isTorn = false;
    } catch {
      // It cannot be shortened just now.
    } finally {
      this.size = end;
    }
  }
}

/** Why, without the path: that is nobody's business but the administrator's. */
export function reasonOf(error: unknown): string {
  const message = isError(error) ? error.message : safeText(error);
  return message.replace(/, \w+(?: '.*)?$/s, '');
}

function lastByte(fd: number, size: number): number | undefined {
  const byte = Buffer.alloc(1);
  return readSync(fd, byte, 0, 1, size - 1) === 1 ? byte[0] : undefined;
}
