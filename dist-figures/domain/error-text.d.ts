export { isError, safeText, threwText } from './safe-text.js';
/** `Name: message` of an error, whatever its getters do. */
export declare function errorTitle(error: Error): string;
/**
 * The stack of an error, then those of its causes (5 deep) and of an AggregateError's errors (20), each with its title
 * and its own properties; 200 stacks at most.
 */
export declare function errorStack(error: Error): string;
/** What an error says beside its name, message, stack, cause and errors: `{ code: 'ECONNREFUSED' }`. */
export declare function ownProperties(error: Error): object | undefined;
