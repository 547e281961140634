import { isError, safeText, threwText } from './safe-text.js';
import { toJsonText } from './to-json-text.js';
export { isError, safeText, threwText } from './safe-text.js';
const MAX_CAUSES = 5;
const MAX_ERRORS = 20;
/** Errors of errors multiply: 20 on each of 5 levels would be 3 million stacks. */
const MAX_PARTS = 200;
/** Bytes of what a cause says beside its stack. */
const MAX_DETAILS = 2000;
const TOLD_ELSEWHERE = ['name', 'message', 'stack', 'cause', 'errors'];
/** `Name: message` of an error, whatever its getters do. */
export function errorTitle(error) {
    const name = textOf(error, 'name');
    const message = textOf(error, 'message');
    return message === '' || name === '' ? name + message : `${name}: ${message}`;
}
/**
 * The stack of an error, then those of its causes (5 deep) and of an AggregateError's errors (20), each with its title
 * and its own properties; 200 stacks at most.
 */
export function errorStack(error) {
    const parts = [];
    for (const part of stackParts(error, '', MAX_CAUSES, new Set())) {
        if (parts.length === MAX_PARTS)
            return [...parts, '…'].join('\n');
        parts.push(part);
    }
    return parts.join('\n');
}
/** What an error says beside its name, message, stack, cause and errors: `{ code: 'ECONNREFUSED' }`. */
export function ownProperties(error) {
    try {
        const keys = Object.keys(error).filter((key) => !TOLD_ELSEWHERE.includes(key));
        if (keys.length === 0)
            return undefined;
        // Getters stay getters: who serialises them marks the one that throws.
        const getters = keys.map((key) => [key, { enumerable: true, get: () => propertyOf(error, key) }]);
        return Object.defineProperties({}, Object.fromEntries(getters));
    }
    catch (thrown) {
        return { properties: threwText(thrown) };
    }
}
function* stackParts(error, label, depth, seen) {
    if (seen.has(error)) {
        yield `${label}[Circular]`;
        return;
    }
    seen.add(error);
    const title = errorTitle(error);
    const stack = textOf(error, 'stack');
    // A stack is a snapshot: it lacks a message that was set after the error was made.
    const text = stack.includes(title) ? stack : `${title}\n${stack}`.trimEnd();
    // Those of the error that was logged are its data.
    const own = label === '' ? undefined : ownProperties(error);
    yield label + text + (own ? `\n${detailsOf(own)}` : '');
    if (depth === 0)
        return;
    const cause = valueOf(error, 'cause');
    if (cause !== undefined && cause !== null)
        yield* nested(cause, 'Caused by: ', depth, seen);
    for (const [index, inner, total] of errorsOf(error)) {
        yield* nested(inner, `Error ${index + 1} of ${total}: `, depth, seen);
    }
}
function nested(value, label, depth, seen) {
    if (isError(value))
        return stackParts(value, label, depth - 1, seen);
    return [label + (typeof value === 'object' ? detailsOf(value) : safeText(value))];
}
/** The first of an AggregateError's errors: index, error, how many there are. */
function errorsOf(error) {
    try {
        const errors = propertyOf(error, 'errors');
        if (!Array.isArray(errors))
            return [];
        const total = errors.length;
        return errors.slice(0, MAX_ERRORS).map((inner, index) => [index, inner, total]);
    }
    catch (thrown) {
        return [[0, threwText(thrown), 1]];
    }
}
function detailsOf(value) {
    return toJsonText(value, MAX_DETAILS).json;
}
function textOf(error, key) {
    const value = valueOf(error, key);
    return value === undefined ? '' : safeText(value);
}
function valueOf(error, key) {
    try {
        return propertyOf(error, key);
    }
    catch (thrown) {
        return threwText(thrown);
    }
}
function propertyOf(error, key) {
    return error[key];
}
