import { errorStack, errorTitle, isError, ownProperties } from '../domain/error-text.js';
import { oneLineOf } from '../domain/one-line.js';
import { resolveLazy } from './lazy.js';
const STACK_FORMAT = /\n[ \t]+at .+:\d+:\d+/;
/**
 * Makes one record of the arguments of one log call, by Nest's conventions: a last string is the context, `error` and
 * `fatal` take a stack before it. Texts become the message, an Error its title and stack, everything else data;
 * a lazy one is called after the places were given, so that its text is never taken for the context.
 * Its oracle is ConsoleLogger, whose own parsing costs 1–2 µs per call: see the table in the spec.
 */
export function parseCall(level, message, params) {
    const common = typeof message === 'string' ? parseCommonCall(level, message, params) : undefined;
    if (common)
        return common;
    const args = [message, ...params];
    if (takesStack(level))
        return parseErrorCall(level, args);
    const context = args.length > 1 ? args.at(-1) : undefined;
    if (typeof context !== 'string')
        return recordOf(level, args, undefined, undefined);
    return recordOf(level, args.slice(0, -1), context, undefined);
}
/** A text with nothing, a context, a stack or data beside it: nearly every call, at a third of the general way's cost. */
function parseCommonCall(level, message, params) {
    if (params.length === 0)
        return { level, message };
    if (params.length > 1)
        return undefined;
    const param = params[0];
    if (typeof param === 'string') {
        return takesStack(level) && isStack(param)
            ? { level, message, stack: param }
            : { level, message, context: param };
    }
    return typeof param === 'object' && param !== null && !isError(param)
        ? { level, message, data: param }
        : undefined;
}
function takesStack(level) {
    return level === 'error' || level === 'fatal';
}
/** The rules of ConsoleLogger's getContextAndStackAndMessagesToPrint. */
function parseErrorCall(level, args) {
    const last = args.at(-1);
    if (args.length === 2 && isStack(last))
        return recordOf(level, args.slice(0, 1), undefined, last);
    const stackIsLast = args.length > 2 && isStack(last);
    const rest = stackIsLast ? args.slice(0, -1) : args;
    const possibleContext = rest.at(-1);
    const context = typeof possibleContext === 'string' ? possibleContext : undefined;
    const messages = context === undefined ? rest : rest.slice(0, -1);
    if (stackIsLast)
        return recordOf(level, messages, context, last);
    // ConsoleLogger looks for the stack among what is left when plain objects after the first are taken out.
    const index = messages.findLastIndex((value, at) => at === 0 || !isPlainObject(value));
    const stack = messages[index];
    if (index < 1 || (typeof stack !== 'string' && stack !== undefined))
        return recordOf(level, messages, context, undefined);
    return recordOf(level, messages.toSpliced(index, 1), context, stack);
}
function recordOf(level, values, context, stack) {
    const texts = [];
    const data = [];
    const stacks = [];
    for (const given of values) {
        const value = resolveLazy(given);
        if (typeof value === 'string')
            texts.push(value);
        else if (isError(value)) {
            texts.push(errorTitle(value));
            stacks.push(errorStack(value));
            const properties = ownProperties(value);
            if (properties)
                data.push(properties);
        }
        else
            data.push(value);
    }
    const record = { level, message: texts.join('\n') };
    if (context !== undefined)
        record.context = context;
    // `error(error, error.stack)` is one stack, not two.
    if (stack !== undefined && !stacks.some((text) => text.includes(stack)))
        stacks.unshift(stack);
    if (stacks.length > 0)
        record.stack = stacks.join('\n');
    if (data.length === 0 && texts.length > 0)
        return record;
    const value = data.length === 1 ? data[0] : data;
    const saysItAll = texts.length === 0 && (typeof value !== 'object' || value === null);
    // Of an object the store makes the line, when it has read and masked it.
    if (saysItAll)
        record.message = oneLineOf(value);
    // Data that is undefined would be no data.
    if (!saysItAll)
        record.data = value === undefined ? '[undefined]' : value;
    return record;
}
function isStack(value) {
    return typeof value === 'string' && STACK_FORMAT.test(value);
}
/** As Nest sees it: what `{}` makes, also in another realm, and what has no prototype. */
function isPlainObject(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    try {
        const prototype = Object.getPrototypeOf(value);
        if (prototype === null)
            return true;
        return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'constructor');
    }
    catch {
        return false; // a revoked proxy
    }
}
