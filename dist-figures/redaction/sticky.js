/** Where a sticky pattern that matches at a place ends; undefined where it does not match. */
export function endOf(pattern, text, at) {
    pattern.lastIndex = at;
    return pattern.test(text) ? pattern.lastIndex : undefined;
}
/** The part that a sticky pattern matches at a place; undefined where that is nothing. */
export function place(pattern, text, start) {
    const end = endOf(pattern, text, start);
    return end === undefined || end === start ? undefined : { start, end };
}
