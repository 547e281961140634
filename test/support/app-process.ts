import { spawn, type ChildProcess } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { type INestApplication, type ModuleMetadata, type NestApplicationOptions } from '@nestjs/common';
import { type LogConsoleExtras, type LogConsoleOptions } from 'nestjs-log-console';
import { type Adapter } from './host-app.js';

const ROOT = resolve(
  dirname(createRequire(import.meta.url).resolve('nestjs-log-console/package.json')),
  '../..',
);
const SOURCES = join(ROOT, 'libs/log-console/src');
const LISTENING = /listening on (\d+) as (\d+)\s/;

/** An application in a process of its own, with or without a terminal. */
export interface RunningApp {
  readonly port: number;
  readonly pid: number;
  /** Resolves to everything written so far (by a terminal: stdout and stderr alike) once it matches. */
  readonly printed: (what: RegExp) => Promise<string>;
  readonly stop: () => Promise<void>;
  /** How the process ended, once it has. */
  readonly ended: Promise<Ending>;
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A folder with the package, compiled from its sources as they are now, and an application that uses it. */
export class AppFolder {
  readonly #path = mkdtempSync(join(tmpdir(), 'log-console-app-'));
  readonly #app = join(this.#path, 'app');

  constructor() {
    const target = join(this.#app, 'node_modules/nestjs-log-console');
    for (const file of readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })) {
      if (file.endsWith('.ts') && !file.endsWith('.spec.ts'))
        compile(join(SOURCES, file), join(target, file.replace(/\.ts$/, '.js')));
    }
    const exports = { '.': './index.js', './redis': './redis.js' };
    writeFileSync(join(target, 'package.json'), JSON.stringify({ type: 'module', exports }));
    writeFileSync(join(this.#app, 'package.json'), '{ "type": "module" }');
    // Above the package's own folder: everything else is found here.
    symlinkSync(join(ROOT, 'node_modules'), join(this.#path, 'node_modules'));
  }

  /** Starts it and waits until it listens, on all addresses. `prepare` is code between `create()` and `listen()`. */
  async start(adapter: Adapter, options: StartOptions): Promise<RunningApp> {
    const file = join(this.#app, 'app.mjs');
    writeFileSync(file, appCode(adapter, options));
    if (options.setup !== undefined) compileSetup(options.setup, this.#app);
    const env = environment(options.env);
    const child = options.terminal
      ? spawn('script', ['-qec', `"${process.execPath}" "${file}" ${options.redirect ?? ''}`, '/dev/null'], {
          env,
        })
      : spawn(process.execPath, [file], { env });
    const output = new Output(child);
    const [, port, pid] = LISTENING.exec(await output.until(LISTENING)) ?? [];
    const stop = async (): Promise<void> => {
      // The application and not the terminal, which would wait two seconds for it.
      if (child.exitCode === null && child.signalCode === null) process.kill(Number(pid));
      await output.ended;
    };
    const { ended } = output;
    return { port: Number(port), pid: Number(pid), printed: (what) => output.until(what), stop, ended };
  }

  remove(): void {
    rmSync(this.#path, { recursive: true });
  }
}

export interface StartOptions {
  readonly terminal: boolean;
  /** Of the command in the terminal: where its streams go instead. */
  readonly redirect?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Code: the options of `forRoot()`. */
  readonly options?: string;
  readonly prepare?: string;
  /** A TypeScript file that exports `setup(adapter)`, a `HostSetup`; compiled beside the application, with what it imports from its folder. */
  readonly setup?: string;
}

/** What a host brings that can only be loaded by Node itself and not by Jest: an add-on in CommonJS. */
export interface HostSetup extends ModuleMetadata {
  /** Over the `options` of the start. */
  readonly console?: LogConsoleOptions & LogConsoleExtras;
  /** The options of `NestFactory.create()`. */
  readonly create?: NestApplicationOptions;
  /** What it does between `create()` and `listen()`. */
  readonly prepare?: (app: INestApplication) => unknown;
}

function compile(source: string, target: string): void {
  const compilerOptions: ts.CompilerOptions = {
    module: ts.ModuleKind.ES2022,
    target: ts.ScriptTarget.ES2023,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    useDefineForClassFields: false,
  };
  const { outputText } = ts.transpileModule(readFileSync(source, 'utf8'), { compilerOptions });
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, outputText);
}

/** The file, and those beside it that it imports. */
function compileSetup(file: string, folder: string): void {
  compile(file, join(folder, setupName(file)));
  for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles) {
    if (fileName.startsWith('./'))
      compileSetup(join(dirname(file), fileName.replace(/\.js$/, '.ts')), folder);
  }
}

const setupName = (file: string): string => basename(file).replace(/\.ts$/, '.js');

function appCode(adapter: Adapter, { options = '', prepare = '', setup }: StartOptions): string {
  const platform = adapter === 'express' ? 'ExpressAdapter' : 'FastifyAdapter';
  return `
    import 'reflect-metadata';
    import { writeSync } from 'node:fs';
    import { Logger, VersioningType } from '@nestjs/common';
    import { NestFactory } from '@nestjs/core';
    import { ${platform} } from '@nestjs/platform-${adapter}';
    import { LogConsoleModule } from 'nestjs-log-console';
    ${setup === undefined ? 'const setup = () => ({});' : `import { setup } from './${setupName(setup)}';`}
    const { imports = [], console, create, prepare, ...metadata } = setup('${adapter}');
    class AppModule {}
    const root = {
      module: AppModule,
      imports: [LogConsoleModule.forRoot({ ...(${options || '{}'}), ...console }), ...imports],
      ...metadata,
    };
    const app = await NestFactory.create(root, new ${platform}(), create);
    await prepare?.(app);
    ${prepare}
    await app.listen(0, '0.0.0.0');
    new Logger('Shop').log('open for business');
    writeSync(1, 'listening on ' + app.getHttpServer().address().port + ' as ' + process.pid + '\\n');
  `;
}

/** Ours, without what would decide the mode. */
function environment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { NODE_ENV: _env, LOG_CONSOLE_TOKEN: _token, NO_COLOR: _color, ...others } = process.env;
  return { ...others, ...more };
}

class Output {
  readonly ended: Promise<Ending>;
  #text = '';
  readonly #waiting = new Set<() => void>();

  constructor(child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        this.#text += chunk;
        for (const look of [...this.#waiting]) look();
      });
    }
    this.ended = new Promise((settle) => {
      child.once('close', (code, signal) => settle({ code, signal }));
    });
  }

  until(what: RegExp): Promise<string> {
    return new Promise((settle, reject) => {
      const look = (): void => {
        if (!what.test(this.#text)) return;
        this.#waiting.delete(look);
        settle(this.#text);
      };
      this.#waiting.add(look);
      look();
      void this.ended.then(() => reject(new Error(`It ended without ${String(what)}: ${this.#text}`)));
    });
  }
}
