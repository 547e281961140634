import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for the files of one spec. */
export class TempFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'log-console-sink-'));

  at(name: string): string {
    return join(this.path, name);
  }

  /** The names in it. */
  get names(): string[] {
    return readdirSync(this.path).sort();
  }

  read(name: string): string {
    return readFileSync(this.at(name), 'utf8');
  }

  /** The lines that are entries, all of them parsed: it throws where one is broken. */
  entries(name: string): { id: number; message: string; level: string; data?: unknown }[] {
    return linesOf(this.read(name)).filter(({ id }) => id !== undefined) as never;
  }

  /** The marks among the lines. */
  marks(name: string): { state: string; epoch: string; last?: number; dropped?: number }[] {
    return linesOf(this.read(name)).flatMap(({ run }) => (run === undefined ? [] : [run])) as never;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

function linesOf(text: string): { id?: unknown; run?: unknown }[] {
  if (text !== '' && !text.endsWith('\n')) throw new Error('The last line has no end');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { id?: unknown; run?: unknown });
}
