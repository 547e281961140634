import { type Dirent } from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { compileGlob, isHidden, type Glob } from './glob.js';

/** What one listing finds and looks at, at most: a directory is configured by somebody who may not know what lies in it. */
const MAX_FILES = 1000;
const MAX_LOOKED_AT = 20_000;
const MAX_DEPTH = 16;

/** The files of a directory as they are now. */
export interface Found {
  /** The directory itself, without links. */
  readonly root: string;
  /** Paths below it, with slashes, in order. */
  readonly paths: readonly string[];
  /** There are more than a listing finds. */
  readonly isCut: boolean;
}

/** The files of a directory and of those below it that match a pattern; links to directories are not followed. */
export class DirectoryFiles {
  readonly #glob: Glob;

  constructor(
    readonly directory: string,
    match: string,
  ) {
    this.#glob = compileGlob(match);
  }

  /** All of them; none where there is no directory. */
  async list(): Promise<Found> {
    const root = await this.#root();
    if (root === undefined) return { root: this.directory, paths: [], isCut: false };
    const paths: string[] = [];
    const budget = { lookedAt: 0 };
    const waiting = [''];
    for (let below = waiting.shift(); below !== undefined; below = waiting.shift()) {
      for (const entry of await entriesOf(join(root, below), budget)) {
        const path = below === '' ? entry.name : `${below}/${entry.name}`;
        if (entry.isDirectory() && this.#leadsOn(path)) waiting.push(path);
        else if (this.#glob.matches(path) && isWellFormed(path) && (await this.#isFile(root, path, entry)))
          paths.push(path);
      }
    }
    paths.sort();
    const isCut = paths.length > MAX_FILES || budget.lookedAt >= MAX_LOOKED_AT;
    return { root, paths: paths.slice(0, MAX_FILES), isCut };
  }

  /** The directory itself when this is one of its files; what does not match is not looked for. */
  async rootOf(path: string): Promise<string | undefined> {
    if (!this.#glob.matches(path) || path.split('/').length > MAX_DEPTH) return undefined;
    const root = await this.#root();
    if (root === undefined) return undefined;
    try {
      // No directory on the way may be a link: the listing follows none.
      const parent = join(root, dirname(path));
      return (await realpath(parent)) === parent && (await leadsToFileIn(root, path)) ? root : undefined;
    } catch {
      return undefined;
    }
  }

  #leadsOn(path: string): boolean {
    const depth = path.split('/').length;
    return !isHidden(path) && depth < Math.min(this.#glob.depth, MAX_DEPTH);
  }

  async #isFile(root: string, path: string, entry: Dirent): Promise<boolean> {
    return entry.isFile() || (entry.isSymbolicLink() && (await leadsToFileIn(root, path)));
  }

  async #root(): Promise<string | undefined> {
    try {
      return await realpath(this.directory);
    } catch {
      return undefined;
    }
  }
}

async function leadsToFileIn(root: string, path: string): Promise<boolean> {
  try {
    const real = await realpath(join(root, path));
    return isInside(root, real) && (await stat(real)).isFile();
  } catch {
    return false;
  }
}

function isInside(root: string, path: string): boolean {
  return path.startsWith(root.endsWith(sep) ? root : root + sep);
}

async function entriesOf(directory: string, budget: { lookedAt: number }): Promise<Dirent[]> {
  const entries: Dirent[] = [];
  try {
    for await (const entry of await opendir(directory)) {
      if (++budget.lookedAt > MAX_LOOKED_AT) break;
      entries.push(entry);
    }
  } catch {
    // One that is gone, or that we may not look into, has no files for us.
  }
  return entries;
}

/** Node shows bytes that are no text as U+FFFD: such a name leads nowhere. */
function isWellFormed(path: string): boolean {
  return !path.includes('\ufffd') && !path.includes('\\');
}
