import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const SOURCES = join(import.meta.dirname, '../../libs/log-console/src');

/** Modules that start programs or run text as code. */
const MODULES = [
  'child_process',
  'cluster',
  'worker_threads',
  'vm',
  'repl',
  'inspector',
  'module',
  'v8',
  'wasi',
];
/** Names that do the same without an import. */
const NAMES = ['eval', 'Function', 'require', 'WebAssembly'];
const OF_PROCESS = ['binding', 'dlopen', 'getBuiltinModule', '_linkedBinding', 'mainModule', 'execve'];
/** Markup made of text is what injects: the page has nodes. */
const OF_PAGE = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'createContextualFragment', 'srcdoc'];

/** Loads OpenTelemetry's interface where there is one, by a name that stands in the source. */
const ALLOWED = ["operations/active-span.ts: import { createRequire } from 'node:module';"];

/** What a file does that nothing of ours may do, in its own words. */
function dangers(name: string, text: string): string[] {
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      if (node.moduleSpecifier && isModule(node.moduleSpecifier)) found.push(node.getText());
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (!ts.isStringLiteral(argument) || isModule(argument)) found.push(node.getText());
    }
    if (ts.isIdentifier(node) && NAMES.includes(node.text) && isUsed(node)) found.push(node.parent.getText());
    if (ts.isPropertyAccessExpression(node)) {
      const { text: property } = node.name;
      if (node.expression.getText() === 'process' && OF_PROCESS.includes(property))
        found.push(node.getText());
      if ([...OF_PAGE, 'constructor'].includes(property) && isCalledOrSet(node)) found.push(node.getText());
      if (node.getText() === 'document.write') found.push(node.getText());
    }
    if (ts.isCallExpression(node) && /^set(Timeout|Interval|Immediate)$/.test(node.expression.getText())) {
      const [first] = node.arguments;
      if (first && ts.isStringLiteralLike(first)) found.push(node.getText());
    }
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true));
  return found.map((code) => `${name}: ${code}`);
}

function isModule(specifier: ts.Expression): boolean {
  return (
    ts.isStringLiteral(specifier) && MODULES.includes(specifier.text.replace(/^node:/, '').split('/')[0])
  );
}

/** As a value: not the name of a property, and not a type. */
function isUsed(node: ts.Identifier): boolean {
  const { parent } = node;
  if (parent.getText() === 'Function.prototype') return false;
  if (ts.isPropertyAccessExpression(parent))
    return parent.expression === node || parent.expression.getText() === 'globalThis';
  return (
    !ts.isTypeReferenceNode(parent) && !ts.isPropertyAssignment(parent) && !ts.isPropertySignature(parent)
  );
}

function isCalledOrSet(node: ts.Node): boolean {
  const { parent } = node;
  return (
    (ts.isCallExpression(parent) && parent.expression === node) ||
    (ts.isBinaryExpression(parent) &&
      parent.left === node &&
      parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
  );
}

const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .map((file) => [file, readFileSync(join(SOURCES, file), 'utf8')] as const);
const page = ['assets/client.js', 'index.html'].map((file) => {
  const path = join(import.meta.dirname, '../../examples/minimal-client/public', file);
  return [file, readFileSync(path, 'utf8')] as const;
});

describe('T36: The source code', () => {
  it('starts no program and runs no text as code', () => {
    expect(files.length).toBeGreaterThan(60);
    expect(files.flatMap(([name, text]) => dangers(name, text))).toEqual(ALLOWED);
  });

  it('of the page makes no markup of text either', () => {
    expect(
      page.filter(([name]) => name.endsWith('.js')).flatMap(([name, text]) => dangers(name, text)),
    ).toEqual([]);
  });

  it.each([
    "import { exec } from 'node:child_process';",
    "import * as cp from 'child_process';",
    "export { Worker } from 'node:worker_threads';",
    "const { runInThisContext } = await import('node:vm');",
    'await import(name);',
    "eval('1');",
    "(0, eval)('1');",
    "globalThis.eval('1');",
    "new Function('return 1')();",
    "Function('return 1')();",
    "(() => {}).constructor('return 1')();",
    "require('fs');",
    "process.binding('spawn_sync');",
    "process.getBuiltinModule('child_process');",
    "setTimeout('alert(1)', 1);",
    'node.innerHTML = text;',
    "node.insertAdjacentHTML('beforeend', text);",
    'document.write(text);',
  ])('would not pass with %s', (code) => {
    expect(dangers('x.ts', code)).toHaveLength(1);
  });

  it.each([
    "import { createHash } from 'node:crypto';",
    'type Handler = Function;',
    'Function.prototype.toString.call(value);',
    'value.constructor === Object;',
    'setTimeout(() => {}, 1);',
    "await import('node:fs');",
  ])('does pass with %s', (code) => {
    expect(dangers('x.ts', code)).toEqual([]);
  });
});
