import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type FileFacts } from './open-file.js';
import { lookAt } from './open-safely.js';
import { rotationSchemes } from './rotated-names.js';

/** A file beside the one that is written to. */
export interface RotatedFile extends FileFacts {
  readonly path: string;
}

/** Listings until two in a row say the same: what is renamed meanwhile must be neither twice nor not at all in one. */
const MAX_LOOKS = 20;

/** The files that were once written under the name of this one, oldest first. Rejects where they cannot be told apart. */
export async function rotatedFiles(path: string): Promise<RotatedFile[]> {
  const directory = dirname(path);
  const schemes = rotationSchemes(basename(path));
  let before: string | undefined;
  for (let look = 0; look < MAX_LOOKS; look++) {
    const names = await readdir(directory).catch((): string[] => []);
    const files: RotatedFile[][] = [];
    for (const { has, compare } of schemes) {
      const ours = names.filter(has).sort(compare);
      files.push((await Promise.all(ours.map((name) => fileAt(join(directory, name))))).flat());
    }
    const now = JSON.stringify(files.flat().map((file) => [file.path, file.inode]));
    if (now === before) return merged(files);
    before = now;
  }
  throw new Error('Files are renamed all the time');
}

/** All regular files of a directory that have this inode, whatever they are called. */
export async function filesWithInode(directory: string, inode: string): Promise<RotatedFile[]> {
  const names = await readdir(directory).catch((): string[] => []);
  const files = await Promise.all(names.map((name) => fileAt(join(directory, name))));
  return files.flat().filter((file) => file.inode === inode);
}

/** One file, or none: a link, a directory, or gone since. */
async function fileAt(path: string): Promise<RotatedFile[]> {
  try {
    return [{ ...(await lookAt(path)), path }];
  } catch {
    return [];
  }
}

/** Names order the files of a scheme; between schemes the time of the last line does. */
function merged(schemes: RotatedFile[][]): RotatedFile[] {
  const all: RotatedFile[] = [];
  const left = schemes.filter((files) => files.length > 0);
  while (left.length > 0) {
    const oldest = left.reduce((a, b) => (b[0].modified < a[0].modified ? b : a));
    all.push(...oldest.splice(0, 1));
    if (oldest.length === 0) left.splice(left.indexOf(oldest), 1);
  }
  return all;
}
