import { spawnSync } from 'node:child_process';
import { type EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { type LogRecord } from '../domain/log-entry.js';
import { captureProcess } from './capture-process.js';

describe('inside this process', () => {
  const EVENTS = ['warning', 'uncaughtExceptionMonitor', 'uncaughtException', 'unhandledRejection'] as const;
  const listeners = (): number[] => EVENTS.map((event) => process.listenerCount(event));
  // The types know nothing of the second argument.
  const crash = (thrown: unknown): boolean =>
    (process as EventEmitter).emit('uncaughtExceptionMonitor', thrown, 'uncaughtException');
  let records: LogRecord[] = [];
  let stop: () => void = () => undefined;

  beforeEach(() => {
    records = [];
    stop = captureProcess((record) => records.push(record));
  });
  afterEach(() => stop());

  it('nothing is listened to that changes what a crash does', () => {
    stop();
    const [warning, monitor, ...deciding] = listeners();
    stop = captureProcess(() => undefined);
    expect(listeners()).toEqual([warning + 1, monitor + 1, ...deciding]);
    stop();
    expect(listeners()).toEqual([warning, monitor, ...deciding]);
  });

  it('a warning is a record of level warn, with its name and stack', () => {
    const warning = Object.assign(new Error('careful'), { name: 'DeprecationWarning' });
    process.emit('warning', warning);
    expect(records).toMatchObject([
      { level: 'warn', context: 'process', message: 'DeprecationWarning: careful' },
    ]);
    expect(records[0].stack).toContain('capture-process.spec');
  });

  it.each([
    ['an error', new TypeError('boom'), 'uncaughtException: TypeError: boom'],
    ['a text', 'boom', 'uncaughtException: boom'],
    ['nothing', undefined, 'uncaughtException: [undefined]'],
    ['a function, which is not called', () => 'called', "uncaughtException: () => 'called'"],
    ['an object', { code: 7 }, 'uncaughtException: {"code":7}'],
  ])('a crash by %s is a record of level fatal', (_, thrown, message) => {
    crash(thrown);
    expect(records).toMatchObject([{ level: 'fatal', context: 'process', message }]);
    if (thrown instanceof Error) expect(records[0].stack).toBe(thrown.stack);
  });

  it('neither throws, whatever it is told of', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    for (const thrown of [null, undefined, Object.create(null), proxy]) {
      expect(() => process.emit('warning', thrown as Error)).not.toThrow();
      expect(() => crash(thrown)).not.toThrow();
    }
    expect(records).toHaveLength(8);
  });

  it('nothing is captured after it was stopped', () => {
    stop();
    process.emit('warning', new Error('late'));
    crash(new Error('late'));
    expect(records).toEqual([]);
  });
});

describe('a process that really crashes', () => {
  const source = join(import.meta.dirname, '..');
  let folder = '';

  /** The two folders as JavaScript, for a process of its own. */
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'capture-process-'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    for (const part of ['domain', 'logger']) {
      mkdirSync(join(folder, part));
      for (const file of readdirSync(join(source, part)).filter((name) => !name.endsWith('.spec.ts'))) {
        const { outputText } = ts.transpileModule(readFileSync(join(source, part, file), 'utf8'), {
          compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
        });
        writeFileSync(join(folder, part, file.replace(/\.ts$/, '.js')), outputText);
      }
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function run(script: string): { captured: LogRecord[]; seen: { status: number | null; stderr: string } }[] {
    writeFileSync(
      join(folder, 'main.js'),
      `import { writeSync } from 'node:fs';
       import { captureProcess } from './logger/capture-process.js';
       if (process.env.CAPTURE) captureProcess((record) => writeSync(1, JSON.stringify(record) + '\\n'));
       ${script}`,
    );
    return ['', '1'].map((CAPTURE) => {
      const child = spawnSync(process.execPath, ['main.js'], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, NODE_OPTIONS: '', CAPTURE },
      });
      const { stdout, stderr, status, signal } = child;
      return {
        captured: stdout
          .split('\n')
          .filter((line) => line.startsWith('{'))
          .map((line) => JSON.parse(line) as LogRecord),
        seen: {
          status,
          signal,
          stderr: stderr.replaceAll(String(child.pid), 'PID'),
          stdout: stdout.replace(/^\{.*\n/gm, ''),
        },
      };
    });
  }

  it.each([
    [
      'an error',
      `setImmediate(() => { throw new TypeError('boom'); });`,
      'uncaughtException: TypeError: boom',
    ],
    ['an error at the start of a module', `throw new Error('early');`, 'unhandledRejection: Error: early'],
    ['a text', `setImmediate(() => { throw 'boom'; });`, 'uncaughtException: boom'],
    [
      'a rejection nobody handles',
      `void Promise.reject(new RangeError('boom'));`,
      'unhandledRejection: RangeError: boom',
    ],
    [
      'an error with a stack that throws',
      `const error = Object.defineProperty(new Error('boom'), 'stack', { get() { throw new Error('no'); } });
       setImmediate(() => { throw error; });`,
      'uncaughtException: Error: boom',
    ],
  ])('by %s dies as it would without us, and is captured', (_, script, message) => {
    const [without, captured] = run(script);
    expect(without.captured).toEqual([]);
    expect(captured.captured).toMatchObject([{ level: 'fatal', context: 'process', message }]);
    expect(captured.seen).toEqual(without.seen);
    expect(captured.seen.status).toBeGreaterThan(0);
    expect(captured.seen.stderr).not.toBe('');
  });

  it('but catches it itself goes on living, and is captured', () => {
    const [without, captured] = run(
      `process.on('uncaughtException', () => { console.log('still here'); process.exitCode = 3; });
       setImmediate(() => { throw new Error('boom'); });`,
    );
    expect(captured.captured).toMatchObject([{ level: 'fatal', message: 'uncaughtException: Error: boom' }]);
    expect(captured.seen).toEqual(without.seen);
    expect(captured.seen).toMatchObject({ status: 3, stdout: 'still here\n' });
  });

  it('or only warns has its warnings captured, and printed as ever', () => {
    const [without, captured] = run(`process.emitWarning('careful', 'StockWarning');`);
    expect(captured.captured).toMatchObject([
      { level: 'warn', context: 'process', message: 'StockWarning: careful' },
    ]);
    expect(captured.seen).toEqual(without.seen);
    expect(captured.seen).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('(node:PID) StockWarning: careful') as unknown,
    });
  });
});
