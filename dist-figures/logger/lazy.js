import { threwText } from '../domain/error-text.js';
/** Lazy messages may return lazy messages, but not for ever. */
const MAX_TURNS = 8;
/** What ConsoleLogger does with a function: a class stands for its name, any other is a lazy message, called. */
export function resolveLazy(value) {
    try {
        for (let turns = 0; isFunction(value) && turns < MAX_TURNS; turns++) {
            if (/^class[\s{]/.test(Function.prototype.toString.call(value)))
                return value.name;
            value = value();
        }
        return isFunction(value) ? '[Function]' : value;
    }
    catch (error) {
        return threwText(error);
    }
}
/** Calls a lazy parameter, once; what stands in its place is a function still, or its text would be the context. */
export function resolveOnce(value) {
    if (!isFunction(value))
        return value;
    const result = resolveLazy(value);
    return () => result;
}
export function isFunction(value) {
    return typeof value === 'function';
}
