import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

const SRC = import.meta.dirname;
const ROOT = join(SRC, '../../..');

const STREAMS = ['domain', 'node:', 'rxjs'];
const WEB = ['domain', 'reading', '@nestjs/', 'rxjs', 'class-validator', 'node:'];

/** The table of the architecture: what each folder may import, besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  redaction: ['domain'],
  reading: STREAMS,
  stores: [...STREAMS, '@redis/client'],
  sources: STREAMS,
  // Each beside its own optional peer.
  sinks: [...STREAMS, '@opentelemetry/'],
  operations: [...STREAMS, 'reading', '@opentelemetry/api'],
  testing: ['domain', 'reading', 'node:'],
  logger: ['domain', '@nestjs/common', 'node:'],
  access: WEB,
  http: [...WEB, 'access'],
};
/** The files beside the folders may import all of them, and what Nest and Node offer. */
const ROOT_MAY_IMPORT = [...Object.keys(MAY_IMPORT), '@nestjs/', 'rxjs', 'node:'];

interface Import {
  /** Relative to the repository. */
  readonly file: string;
  readonly specifier: string;
}

function filesIn(directory: string, isWanted: (name: string) => boolean): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isWanted(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/\/(node_modules|dist)\//.test(file));
}

/** Every import of a file: static, of types, re-exported, dynamic, required. */
function importsOf(file: string): Import[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
  return importedFiles.map(({ fileName }) => ({ file: relative(ROOT, file), specifier: fileName }));
}

/** Where an import leads: a folder of the package, '' for a file beside them, or the module's own name. */
function targetOf({ file, specifier }: Import): string {
  if (!specifier.startsWith('.')) return specifier;
  const path = relative(SRC, resolve(ROOT, dirname(file), specifier));
  return path.includes(sep) ? path.split(sep)[0] : '';
}

function isAllowed(target: string, allowed: readonly string[]): boolean {
  return allowed.some((name) =>
    name.endsWith(':') || name.endsWith('/')
      ? target.startsWith(name)
      : target === name || target.startsWith(`${name}/`),
  );
}

/** `import type …`, or with `type` before each name. */
function isOfTypesOnly({ importClause }: ts.ImportDeclaration): boolean {
  const names = importClause?.namedBindings;
  return (
    importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
    (names !== undefined && ts.isNamedImports(names) && names.elements.every((name) => name.isTypeOnly))
  );
}

const isSource = (name: string): boolean => name.endsWith('.ts') && !name.endsWith('.spec.ts');

describe('the architecture', () => {
  const folders = readdirSync(SRC, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

  it('has a row in the table for every folder', () => {
    expect(Object.keys(MAY_IMPORT)).toEqual(expect.arrayContaining(folders));
  });

  it.each(folders)('%s imports only what it may', (folder) => {
    const imports = filesIn(join(SRC, folder), isSource).flatMap(importsOf);
    const wrong = imports.filter((each) => {
      const target = targetOf(each);
      return target !== folder && !isAllowed(target, MAY_IMPORT[folder] ?? []);
    });
    expect(wrong).toEqual([]);
  });

  it('the files beside the folders import only the folders, Nest, RxJS and Node', () => {
    const files = readdirSync(SRC).filter(isSource);
    const imports = files.flatMap((file) => importsOf(join(SRC, file)));
    expect(imports.length).toBeGreaterThan(10);
    const wrong = imports.filter(
      (each) => targetOf(each) !== '' && !isAllowed(targetOf(each), ROOT_MAY_IMPORT),
    );
    expect(wrong).toEqual([]);
  });

  it('the browser console imports nothing of the package but types of domain', () => {
    const files = filesIn(
      join(ROOT, 'libs/log-console/ui'),
      (name) => /\.tsx?$/.test(name) && !name.endsWith('.spec.ts'),
    );
    for (const file of files) {
      const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
      for (const statement of source.statements.filter(ts.isImportDeclaration)) {
        const { text: specifier } = statement.moduleSpecifier as ts.StringLiteral;
        const path = relative(SRC, resolve(dirname(file), specifier));
        if (!specifier.startsWith('.') || path.startsWith('..')) continue;
        expect(path).toMatch(/^domain\//);
        expect(isOfTypesOnly(statement)).toBe(true);
      }
    }
  });

  it.each([
    ['the demo', 'src'],
    ['the end-to-end specs', 'test'],
    ['the benchmarks', 'bench'],
    ['the examples', 'examples'],
  ])('%s import the package by its name only', (_who, directory) => {
    const files = filesIn(join(ROOT, directory), (name) => /\.(ts|mts|js|mjs)$/.test(name));
    const wrong = files.flatMap(importsOf).filter(({ file, specifier }) => {
      const path = specifier.startsWith('.')
        ? relative(ROOT, resolve(ROOT, dirname(file), specifier))
        : specifier;
      return /^libs\b|\bnestjs-log-console\/(?!(?:opentelemetry|redis|testing)$)/.test(path);
    });
    expect(wrong).toEqual([]);
  });
});
