/** What ConsoleLogger does with a function: a class stands for its name, any other is a lazy message, called. */
export declare function resolveLazy(value: unknown): unknown;
/** Calls a lazy parameter, once; what stands in its place is a function still, or its text would be the context. */
export declare function resolveOnce(value: unknown): unknown;
export declare function isFunction(value: unknown): value is () => unknown;
