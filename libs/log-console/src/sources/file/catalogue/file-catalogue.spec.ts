import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LogBatch } from '../../../domain/log-batch.js';
import { type TextRedactor } from '../../../domain/text-redactor.js';
import { type DirectoryOptions, type FileOptions } from '../file.options.js';
import { FileCatalogue } from './file-catalogue.js';
import { fileIdOf } from './file-id.js';

const redactor: TextRedactor = {
  text: (text) => text,
  key: () => undefined,
  isSecretKey: () => false,
  finds: () => false,
  preview: (text) => ({ text, matches: [] }),
  counts: {},
};

describe('FileCatalogue', () => {
  let folder: string;
  let outside: string;
  const open: FileCatalogue[] = [];
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'log-console-files-')));
    outside = join(folder, 'outside');
    for (const name of ['logs', 'logs/sub/deep', 'outside'])
      mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(outside, 'secret.log'), 'secret\n');
  });
  afterEach(() => {
    for (const catalogue of open.splice(0)) catalogue.close();
    rmSync(folder, { recursive: true });
  });

  const write = (path: string, text = `${path}\n`): void => appendFileSync(join(folder, path), text);
  function catalogue(
    entries: (FileOptions | DirectoryOptions)[] = [{ id: 'logs', directory: join(folder, 'logs') }],
    onTooMany?: (id: string) => void,
  ): FileCatalogue {
    const made = new FileCatalogue(entries, { instance: 'web-1', redactor, ...(onTooMany && { onTooMany }) });
    open.push(made);
    return made;
  }
  const idsOf = async (files: FileCatalogue): Promise<string[]> => (await files.list()).map(({ id }) => id);
  async function linesOf(files: FileCatalogue, id: string): Promise<string[] | undefined> {
    const batch: LogBatch | undefined = await (await files.find(id))?.read({ limit: 10 });
    return batch?.entries.map(({ message }) => message);
  }

  describe('of configured files', () => {
    it('lists each, also one that is missing, in the order of the configuration', async () => {
      write('logs/b.log', 'one\n');
      const files = catalogue([
        { id: 'b', path: join(folder, 'logs/b.log') },
        { id: 'a', path: join(folder, 'logs/a.log'), name: 'Not yet' },
      ]);
      expect(await files.list()).toEqual([
        {
          id: 'b',
          name: 'b.log',
          size: 4,
          modified: expect.stringMatching(/^\d{4}-.*Z$/) as string,
          state: 'ok',
          linesPerSecond: 0,
          instance: 'web-1',
        },
        expect.objectContaining({ id: 'a', name: 'Not yet', size: 0, state: 'missing' }),
      ]);
      expect(await linesOf(files, 'b')).toEqual(['one']);
      expect(await linesOf(files, 'a')).toEqual([]);
    });

    it('gives one source to all who ask', async () => {
      const files = catalogue([{ id: 'a', path: join(folder, 'a') }]);
      expect(await files.find('a')).toBe(await files.find('a'));
    });

    it('may be links, wherever they lead', async () => {
      symlinkSync(join(outside, 'secret.log'), join(folder, 'current.log'));
      expect(await linesOf(catalogue([{ id: 'a', path: join(folder, 'current.log') }]), 'a')).toEqual([
        'secret',
      ]);
    });
  });

  describe('of a directory', () => {
    it('lists the files below it that match, in order, and reads each of them', async () => {
      for (const path of [
        'b.log',
        'a.log',
        'sub/a b.log',
        'sub/deep/ü.log',
        'notes.txt',
        '.hidden.log',
        'old.log.1',
      ])
        write(`logs/${path}`);
      mkdirSync(join(folder, 'logs/.git'));
      write('logs/.git/x.log');
      const files = catalogue();
      const listed = await files.list();
      expect(listed.map(({ name }) => name)).toEqual([
        'logs/a.log',
        'logs/b.log',
        'logs/sub/a b.log',
        'logs/sub/deep/ü.log',
      ]);
      for (const { id, name, state } of listed) {
        expect(id).toMatch(/^[A-Za-z0-9._~-]{1,100}$/);
        expect(state).toBe('ok');
        expect(await linesOf(files, id)).toEqual([name]);
        expect(await linesOf(catalogue(), id)).toEqual([name]);
      }
      for (const path of ['notes.txt', '.hidden.log', '.git/x.log', 'old.log.1', 'sub', 'none.log'])
        expect(await files.find(fileIdOf('logs', path))).toBeUndefined();
    });

    it('shows new files at the next listing, and finds them before it', async () => {
      const files = catalogue();
      expect(await idsOf(files)).toEqual([]);
      write('logs/new.log');
      expect(await linesOf(files, 'logs~new.log')).toEqual(['logs/new.log']);
      write('logs/sub/new.log');
      expect(await idsOf(files)).toEqual(['logs~new.log', 'logs~sub~2Fnew.log']);
    });

    it('still knows a file that is gone for a moment, and no longer lists it', async () => {
      write('logs/a.log');
      const files = catalogue();
      const [id] = await idsOf(files);
      const source = await files.find(id);
      unlinkSync(join(folder, 'logs/a.log'));
      expect(await idsOf(files)).toEqual([]);
      expect(await files.find(id)).toBe(source);
      expect(await linesOf(files, id)).toEqual([]);
      expect(await catalogue().find(id)).toBeUndefined();
    });

    it('finds a file with a very long path by the same id on every instance', async () => {
      const path = `sub/${'long-'.repeat(30)}.log`;
      write(`logs/${path}`);
      const [id] = await idsOf(catalogue());
      expect(id.length).toBeLessThan(101);
      expect(await linesOf(catalogue(), id)).toEqual([`logs/${path}`]);
      expect(await catalogue().find(`${id.slice(0, -1)}-`)).toBeUndefined();
    });

    it('keeps to its pattern, with the name it was given', async () => {
      for (const path of ['app.log', 'app.txt', 'sub/app.txt']) write(`logs/${path}`);
      const entry = { id: 'l', directory: join(folder, 'logs'), match: '*.txt', name: 'Notes' };
      const files = catalogue([entry]);
      expect((await files.list()).map(({ id, name }) => [id, name])).toEqual([
        ['l~app.txt', 'Notes/app.txt'],
      ]);
      expect(await files.find('l~sub~2Fapp.txt')).toBeUndefined();
      expect(await files.find('l~app.log')).toBeUndefined();
    });

    it('lists links that stay inside, and none that leads out, to a directory or nowhere', async () => {
      write('logs/real.log', 'inside\n');
      symlinkSync('real.log', join(folder, 'logs/current.log'));
      symlinkSync(join(outside, 'secret.log'), join(folder, 'logs/out.log'));
      symlinkSync('../outside/secret.log', join(folder, 'logs/relative.log'));
      symlinkSync('nowhere.log', join(folder, 'logs/nowhere.log'));
      symlinkSync('sub', join(folder, 'logs/directory.log'));
      symlinkSync(outside, join(folder, 'logs/away'));
      symlinkSync('.', join(folder, 'logs/round'));
      write('logs/sub/real.log');
      symlinkSync('sub', join(folder, 'logs/other'));
      const files = catalogue();
      expect(await idsOf(files)).toEqual(['logs~current.log', 'logs~real.log', 'logs~sub~2Freal.log']);
      expect(await linesOf(files, 'logs~current.log')).toEqual(['inside']);
      for (const path of [
        'out.log',
        'relative.log',
        'nowhere.log',
        'directory.log',
        'away/secret.log',
        'round/real.log',
        'other/real.log',
      ])
        expect([path, await files.find(fileIdOf('logs', path))]).toEqual([path, undefined]);
    });

    it('takes a directory beside it, whose name begins like its own, for outside', async () => {
      mkdirSync(join(folder, 'logs-of-others'));
      write('logs-of-others/x.log');
      symlinkSync('../logs-of-others/x.log', join(folder, 'logs/x.log'));
      expect(await idsOf(catalogue())).toEqual([]);
      expect(await catalogue().find('logs~x.log')).toBeUndefined();
    });

    it('lists no pipe, and no directory that is called like a file', async () => {
      execFileSync('mkfifo', [join(folder, 'logs/pipe.log')]);
      mkdirSync(join(folder, 'logs/dir.log'));
      write('logs/dir.log/inner.log');
      const files = catalogue();
      expect(await idsOf(files)).toEqual(['logs~dir.log~2Finner.log']);
      expect(await files.find('logs~pipe.log')).toBeUndefined();
      expect(await files.find('logs~dir.log')).toBeUndefined();
    });

    it('has no files while it is missing, and is looked for again; as a link it may lead elsewhere meanwhile', async () => {
      const files = catalogue([{ id: 'c', directory: join(folder, 'current') }]);
      expect(await idsOf(files)).toEqual([]);
      expect(await files.find('c~a.log')).toBeUndefined();
      write('logs/a.log', 'first\n');
      symlinkSync('logs', join(folder, 'current'));
      expect(await idsOf(files)).toEqual(['c~a.log']);
      expect(await linesOf(files, 'c~a.log')).toEqual(['first']);
      mkdirSync(join(folder, 'logs2'));
      write('logs2/a.log', 'second\n');
      symlinkSync('logs2', join(folder, 'next'));
      renameSync(join(folder, 'next'), join(folder, 'current'));
      expect(await linesOf(files, 'c~a.log')).toEqual(['second']);
    });

    it('says once that there are more files than it lists', async () => {
      for (let index = 0; index < 1001; index++) write(`logs/${String(index).padStart(4, '0')}.log`, '');
      const told: string[] = [];
      const files = catalogue(undefined, (id) => told.push(id));
      const ids = await idsOf(files);
      expect([ids.length, ids[0], ids.at(-1)]).toEqual([1000, 'logs~0000.log', 'logs~0999.log']);
      await files.list();
      expect(told).toEqual(['logs']);
      expect(await files.find('logs~1000.log')).toBeDefined();
    });
  });

  it.each([
    '',
    'none',
    'logs',
    'logs~',
    'logs~..',
    'logs~..~2Foutside~2Fsecret.log',
    'none~a.log',
    '__proto__',
    'logs~~~none',
  ])('knows no %j', async (id) => {
    expect(await catalogue().find(id)).toBeUndefined();
  });
});
