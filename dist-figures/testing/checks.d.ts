import { type SourceOptions } from './harness.js';
import { type TestRunner } from './runner.js';
/** Makes what a check looks at; it is closed at the end of the check. */
export type Open<T> = (options?: Partial<SourceOptions>) => Promise<T>;
/** Promises in plain words, each with what proves it. */
export type Checks<T> = Readonly<Record<string, (open: Open<T>) => Promise<void>>>;
/** Turns each promise into a test. */
export declare function defineChecks<T extends {
    close(): Promise<void>;
}>(runner: TestRunner, checks: Checks<T>, create: (options: SourceOptions) => Promise<T>): void;
