import { basename, join, resolve } from 'node:path';
import { type LogFile, type LogFiles } from '../../../domain/log-files.js';
import { type TextRedactor } from '../../../domain/text-redactor.js';
import { DirectoryFiles } from './directory-files.js';
import { fileIdOf, parseFileId } from './file-id.js';
import { type DirectoryOptions, type FileOptions } from '../file.options.js';
import { FileSource } from '../file.source.js';

const DEFAULT_MATCH = '**/*.log';
/** Sources of files of directories that are kept: one whose file is gone for a moment is still known. */
const MAX_KEPT = 2000;

export interface CatalogueOptions {
  readonly instance: string;
  readonly redactor: TextRedactor;
  /** Told once of each directory that has more files than are listed. */
  readonly onTooMany?: (id: string) => void;
}

interface Known {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  /** The directory it must stay in; of a file that was configured by its path none. */
  readonly root?: string;
  readonly source: FileSource;
}

interface Directory {
  readonly options: DirectoryOptions;
  readonly files: DirectoryFiles;
}

/** The configured files and those of the configured directories, by their ids. Nothing is looked at before somebody asks. */
export class FileCatalogue implements LogFiles {
  readonly #configured = new Map<string, Known>();
  readonly #directories = new Map<string, Directory>();
  /** In the order in which they were last asked for or listed. */
  readonly #found = new Map<string, Known>();
  readonly #tooMany = new Set<string>();

  constructor(
    entries: readonly (FileOptions | DirectoryOptions)[],
    readonly options: CatalogueOptions,
  ) {
    for (const entry of entries) {
      if ('directory' in entry) {
        const files = new DirectoryFiles(resolve(entry.directory), entry.match ?? DEFAULT_MATCH);
        this.#directories.set(entry.id, { options: entry, files });
      } else {
        const { id, name = basename(entry.path), path } = entry;
        this.#configured.set(id, this.#open(entry, { id, name, path: resolve(path) }));
      }
    }
  }

  async list(): Promise<LogFile[]> {
    const found = await Promise.all([...this.#directories.values()].map((each) => this.#listed(each)));
    return Promise.all([...this.#configured.values(), ...found.flat()].map((known) => this.#describe(known)));
  }

  async find(id: string): Promise<FileSource | undefined> {
    const named = parseFileId(id);
    if (!named) return undefined;
    const { entry, path, isHash } = named;
    if (path === undefined && !isHash) return this.#configured.get(entry)?.source;
    const directory = this.#directories.get(entry);
    if (!directory) return undefined;
    if (path === undefined) await this.#listed(directory);
    else await this.#look(directory, path);
    return this.#found.get(id)?.source;
  }

  /** Ends what is still followed. */
  close(): void {
    for (const { source } of [...this.#configured.values(), ...this.#found.values()]) source.close();
  }

  async #listed(directory: Directory): Promise<Known[]> {
    const { root, paths, isCut } = await directory.files.list();
    const { id } = directory.options;
    if (isCut && !this.#tooMany.has(id)) this.options.onTooMany?.(id);
    if (isCut) this.#tooMany.add(id);
    return paths.map((path) => this.#know(directory, root, path));
  }

  async #look(directory: Directory, path: string): Promise<void> {
    const root = await directory.files.rootOf(path);
    if (root !== undefined) this.#know(directory, root, path);
  }

  #know(directory: Directory, root: string, path: string): Known {
    const { options } = directory;
    const id = fileIdOf(options.id, path);
    const before = this.#found.get(id);
    const name = `${options.name ?? options.id}/${path}`;
    // The directory may be a link that leads elsewhere by now.
    const known =
      before?.root === root ? before : this.#open(options, { id, name, path: join(root, path), root });
    this.#found.delete(id);
    this.#found.set(id, known);
    if (this.#found.size > MAX_KEPT) {
      const [oldest] = this.#found.keys();
      this.#found.delete(oldest);
    }
    return known;
  }

  #open({ format, maxLineBytes }: FileOptions | DirectoryOptions, place: Omit<Known, 'source'>): Known {
    const { instance, redactor } = this.options;
    return { ...place, source: new FileSource({ ...place, format, maxLineBytes, instance, redactor }) };
  }

  async #describe({ id, name, source }: Known): Promise<LogFile> {
    return { id, name, ...(await source.status()), instance: this.options.instance };
  }
}
