import { currentContext } from './context-storage.js';
import { type OperationOptions } from './operation.js';
import { checkFunction, checkOperation } from './operation-checks.js';
import { processOperations, type OperationRunner } from './process-operations.js';

/**
 * A decorator of methods that return a promise, because only their end can be seen.
 * @typeParam Method the type of the method, which stays as it is
 */
export type OperationDecorator = <Method extends (...args: never[]) => Promise<unknown>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

/**
 * Makes each call of a method an operation: of a provider, a controller, a queue consumer, above or below their own
 * decorators. Inside, `LogConsoleService.currentOperation` is it. Without an application of its process that has the
 * log console the method runs as it is. Throws for a wrong name or option where the class is defined.
 */
export function LogOperation(name: string, options: OperationOptions = {}): OperationDecorator {
  checkOperation('@LogOperation()', name, options);
  return (_target, key, descriptor) => {
    const method = descriptor.value;
    checkFunction('@LogOperation()', String(key), method);
    const wrapped = async function (this: unknown, ...args: never[]): Promise<unknown> {
      const run = async (): Promise<unknown> => method.apply(this, args);
      const runner = currentRunner();
      return runner ? runner.operation(name, options, run) : run();
    };
    takeAfter(method, wrapped);
    (descriptor as PropertyDescriptor).value = wrapped;
  };
}

/** That of the operation this is called in; else that of the application that was made last. */
function currentRunner(): OperationRunner | undefined {
  const id = currentContext()?.operation?.id;
  const runners = [...processOperations];
  return (id === undefined ? undefined : runners.find((runner) => runner.isRunning(id))) ?? runners.at(-1);
}

/** Name, length, and what decorators below have put on the method: routes, guards, names of queues. */
function takeAfter(method: object, wrapped: object): void {
  for (const property of Reflect.ownKeys(method)) {
    const descriptor = Object.getOwnPropertyDescriptor(method, property);
    if (property !== 'prototype' && descriptor) Object.defineProperty(wrapped, property, descriptor);
  }
  const reflect = Reflect as Partial<MetadataReflect>;
  for (const key of reflect.getOwnMetadataKeys?.(method) ?? [])
    reflect.defineMetadata?.(key, reflect.getOwnMetadata?.(key, method), wrapped);
}

/** What reflect-metadata adds, which Nest loads. */
interface MetadataReflect {
  getOwnMetadataKeys(target: object): unknown[];
  getOwnMetadata(key: unknown, target: object): unknown;
  defineMetadata(key: unknown, value: unknown, target: object): void;
}
