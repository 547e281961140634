import { constants, type BigIntStats } from 'node:fs';
import { access, lstat, open, realpath, type FileHandle } from 'node:fs/promises';
import { sep } from 'node:path';
import { OpenFile, type FileFacts } from './open-file.js';

/** Why a file cannot be read. Its text names no path. */
export class FileTrouble extends Error {
  override readonly name = 'FileTrouble';

  constructor(
    readonly state: 'missing' | 'unavailable',
    readonly reason: string,
  ) {
    super(reason);
  }
}

/** Files that are open already. */
export interface HeldFiles {
  /** The one that is this file. */
  holding(file: FileFacts): OpenFile | undefined;
  /** Closes one. */
  drop(file: OpenFile): void;
}

/** Windows knows neither of the latter two. */
const FLAGS =
  constants.O_RDONLY |
  ((constants.O_NOFOLLOW as number | undefined) ?? 0) |
  ((constants.O_NONBLOCK as number | undefined) ?? 0);

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'a symbolic link that leads nowhere',
  ESTALE: 'the file system lost it (ESTALE)',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files',
};

/**
 * Opens a regular file by its path, which may be a symbolic link: what it leads to is opened, and never through
 * another link. With a root only what really lies below it. Throws a {@link FileTrouble}.
 */
export async function openSafely(path: string, root?: string, held?: HeldFiles): Promise<OpenFile> {
  try {
    return await openReal(await realpath(path), root, held);
  } catch (error) {
    throw troubleOf(error);
  }
}

/** The same for a path that is no link. */
export async function openReal(path: string, root?: string, held?: HeldFiles): Promise<OpenFile> {
  let handle: FileHandle | undefined;
  try {
    const below = root === undefined ? undefined : await realpath(root);
    if (below !== undefined && !liesBelow(path, below)) throw outside();
    // To open a device may do something to it, so it is looked at before.
    const before = regular(await lstat(path, { bigint: true }));
    const known = held?.holding(factsOf(before));
    if (known) {
      await access(path, constants.R_OK).catch((error: unknown) => {
        // The right to read it is lost: what was opened before is no way around that. One that is deleted is kept.
        if (troubleOf(error).state === 'unavailable') held?.drop(known);
        throw error;
      });
      return new OpenFile(path, known.handle, factsOf(before), true);
    }
    handle = await open(path, FLAGS);
    const stats = regular(await handle.stat({ bigint: true }));
    // Between the two looks another file may have come to this name; where there are no flags against links, a link.
    if (stats.ino !== before.ino && below !== undefined && !liesBelow(await realpath(path), below))
      throw outside();
    if (below !== undefined && !(await isHandleBelow(handle, below))) throw outside();
    return new OpenFile(path, handle, factsOf(stats));
  } catch (error) {
    await handle?.close().catch(() => undefined);
    throw troubleOf(error);
  }
}

/** What the disk says of a regular file; a link is none. Throws a {@link FileTrouble}. */
export async function lookAt(path: string): Promise<FileFacts> {
  try {
    return factsOf(regular(await lstat(path, { bigint: true })));
  } catch (error) {
    throw troubleOf(error);
  }
}

export function troubleOf(error: unknown): FileTrouble {
  if (error instanceof FileTrouble) return error;
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? 'unknown error';
  if (code === 'ENOENT' || code === 'ENOTDIR') return new FileTrouble('missing', 'no such file');
  return new FileTrouble('unavailable', REASONS[code] ?? code);
}

/** What fstat says, in the units used here. */
export function factsOf(stats: BigIntStats): FileFacts {
  return {
    inode: stats.ino.toString(36),
    device: stats.dev.toString(36),
    size: Number(stats.size),
    modified: Number(stats.mtimeNs) / 1e6,
    born: Number(stats.birthtimeNs) / 1e6,
    seenAt: performance.now(),
  };
}

function regular(stats: BigIntStats): BigIntStats {
  if (stats.isFile()) return stats;
  throw new FileTrouble('unavailable', `not a regular file but ${kindOf(stats)}`);
}

function kindOf(stats: BigIntStats): string {
  if (stats.isDirectory()) return 'a directory';
  if (stats.isFIFO()) return 'a FIFO';
  if (stats.isSocket()) return 'a socket';
  if (stats.isSymbolicLink()) return 'a symbolic link';
  return 'a device';
}

function outside(): FileTrouble {
  return new FileTrouble('unavailable', 'a link that leads out of its directory');
}

function liesBelow(path: string, root: string): boolean {
  return path.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** A directory on the way may have become a link since the path was resolved; what is open cannot change any more. */
async function isHandleBelow(handle: FileHandle, root: string): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  try {
    return liesBelow(await realpath(`/proc/self/fd/${handle.fd}`), root);
  } catch {
    return true; // without /proc, or deleted meanwhile
  }
}
