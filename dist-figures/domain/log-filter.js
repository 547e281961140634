import { LOG_LEVELS, levelIndex } from './log-level.js';
/** Makes the test for a filter; undefined when the filter lets everything through. */
export function compileFilter(filter) {
    const tests = filter ? [...testsOf(filter)] : [];
    return tests.length === 0 ? undefined : (entry) => tests.every((test) => test(entry));
}
function* testsOf(filter) {
    const { level, context, search, requestId, operation, instance } = filter;
    const levels = new Set(level?.map(levelIndex));
    if (level && levels.size < LOG_LEVELS.length)
        yield (entry) => levels.has(entry.level);
    if (requestId !== undefined)
        yield (entry) => entry.requestId === requestId;
    if (operation !== undefined)
        yield (entry) => entry.operation === operation;
    if (instance !== undefined)
        yield (entry) => entry.instance === instance;
    if (filter.from !== undefined || filter.to !== undefined) {
        const from = filter.from === undefined ? -Infinity : Date.parse(filter.from);
        const to = filter.to === undefined ? Infinity : Date.parse(filter.to);
        yield (entry) => entry.time >= from && entry.time < to;
    }
    if (context)
        yield contextTest(context);
    if (search !== undefined && search !== '')
        yield searchTest(search);
}
function contextTest(wanted) {
    const names = new Set(wanted.filter((name) => !name.endsWith('*')));
    const prefixes = wanted.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
    return ({ context }) => context !== undefined && (names.has(context) || prefixes.some((prefix) => context.startsWith(prefix)));
}
function searchTest(search) {
    const needle = search.toLowerCase();
    const inJson = JSON.stringify(needle).slice(1, -1);
    const found = (text, what) => text?.toLowerCase().includes(what) === true;
    return ({ message, context, stack, data }) => found(message, needle) ||
        found(context, needle) ||
        found(stack, needle) ||
        found(data, needle) ||
        (inJson !== needle && found(data, inJson));
}
