import { type OperationFunction, type OperationOptions } from './operation.js';

/** Where an operation can be run: one per application. */
export interface OperationRunner {
  operation<T>(name: string, options: OperationOptions, fn: OperationFunction<T>): Promise<T>;
  isRunning(id: string): boolean;
}

const RUNNERS = Symbol.for('nestjs-log-console.operations');
const global = globalThis as { [RUNNERS]?: Set<OperationRunner> };

/** Those of the applications of this process, oldest first; shared by the ESM and the CommonJS copy of this package. */
export const processOperations = (global[RUNNERS] ??= new Set<OperationRunner>());
