import 'reflect-metadata';
import { contextStorage } from './context-storage.js';
import { LogOperation } from './log-operation.decorator.js';
import { type OperationFunction, type OperationOptions } from './operation.js';
import { processOperations, type OperationRunner } from './process-operations.js';

/** What a decorator of a framework does: it names a method, by its function. */
const Named =
  (name: string): MethodDecorator =>
  (_target, _key, descriptor) =>
    Reflect.defineMetadata('name', name, descriptor.value as object);

/** Runs operations as an application does, and says which. */
class Runner implements OperationRunner {
  readonly ran: [string, OperationOptions][] = [];
  constructor(readonly running?: string) {}

  async operation<T>(name: string, options: OperationOptions, fn: OperationFunction<T>): Promise<T> {
    this.ran.push([name, options]);
    return fn({ id: 'x', signal: new AbortController().signal, progress: () => undefined });
  }

  isRunning(id: string): boolean {
    return id === this.running;
  }
}

class Catalogue {
  readonly factor = 2;

  @LogOperation('Import', { by: 'cron' })
  async load(count: number, _file: string): Promise<number> {
    return count * this.factor;
  }

  @Named('above')
  @LogOperation('Above')
  async above(): Promise<void> {
    // nothing
  }

  @LogOperation('Below')
  @Named('below')
  async below(): Promise<void> {
    // nothing
  }

  @LogOperation('Throws')
  throws(): Promise<void> {
    throw new TypeError('no');
  }
}

describe('@LogOperation()', () => {
  const runners: Runner[] = [];
  const add = (running?: string): Runner => {
    const runner = new Runner(running);
    runners.push(runner);
    processOperations.add(runner);
    return runner;
  };
  afterEach(() => {
    for (const runner of runners.splice(0)) processOperations.delete(runner);
  });

  it('makes each call of the method an operation, with its object and its arguments', async () => {
    const runner = add();
    expect(await new Catalogue().load(3, 'a.csv')).toBe(6);
    expect(runner.ran).toEqual([['Import', { by: 'cron' }]]);
  });

  it('leaves it its name and length', () => {
    const { load } = Catalogue.prototype;
    expect([load.name, load.length]).toEqual(['load', 2]);
  });

  it.each(['above', 'below'] as const)('works with a decorator of a framework %s it', async (method) => {
    const runner = add();
    expect(Reflect.getMetadata('name', Catalogue.prototype[method])).toBe(method);
    await new Catalogue()[method]();
    expect(runner.ran).toHaveLength(1);
  });

  it('rejects with what the method throws', async () => {
    add();
    await expect(new Catalogue().throws()).rejects.toThrow(new TypeError('no'));
  });

  it('runs the method as it is where no application has the log console', async () => {
    expect(await new Catalogue().load(3, 'a.csv')).toBe(6);
    await expect(new Catalogue().throws()).rejects.toThrow('no');
  });

  it('is of the application whose operation it is called in, else of the last one', async () => {
    const [first, second] = [add('o-1'), add('o-2')];
    const call = (): Promise<number> => new Catalogue().load(1, '');
    await contextStorage.run({ operation: { id: 'o-1' } }, call);
    expect([first.ran.length, second.ran.length]).toEqual([1, 0]);
    await contextStorage.run({ operation: { id: 'of nobody' } }, call);
    await call();
    expect([first.ran.length, second.ran.length]).toEqual([1, 2]);
    processOperations.delete(second);
    await call();
    expect([first.ran.length, second.ran.length]).toEqual([2, 2]);
  });

  it('refuses a wrong name or option, and what is no method, where the class is defined', () => {
    expect(() => LogOperation('')).toThrow(
      '@LogOperation(): name is a text of 0 characters; accepted: a text of 1 to 200 characters.',
    );
    expect(() => LogOperation('Import', { cancellable: 'yes' as never })).toThrow('options.cancellable');
    expect(() => LogOperation('Import')({}, 'file', {})).toThrow(
      '@LogOperation(): file is undefined; accepted: a function.',
    );
  });
});
