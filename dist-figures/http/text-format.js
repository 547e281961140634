/** C0 but TAB and LF, DEL, C1: shown, not sent, so that no line can steer a terminal. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;
/** The same, or a colour sequence (SGR), which may stay. */
// eslint-disable-next-line no-control-regex
const CONTROL_OR_SGR = /\x1b\[[0-9;:]{0,64}m|[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;
/** The lines of `GET tail`. A line at column 0 is always a real entry; what continues it is indented by four spaces. */
export function textFormat(ansi = 'none') {
    return { batch: (batch) => Buffer.from(batchText(batch, ansi)) };
}
function batchText(batch, ansi) {
    return ((batch.gap ? gapLine(batch.gap) : '') + batch.entries.map((entry) => entryText(entry, ansi)).join(''));
}
/** One entry as text, with its line end. */
export function entryText(entry, ansi = 'none') {
    const { time, level, context, message, stack, data } = entry;
    const head = [time, level.toUpperCase().padStart(7), context === undefined ? '' : `[${context}]`]
        .filter((part) => part)
        .join(' ');
    const tail = data === undefined ? '' : ` ${JSON.stringify(data)}`;
    const text = visible(`${head} ${message}${tail}${stack === undefined ? '' : `\n${stack}`}`, ansi);
    // What is left of escapes are colours: none runs into the next entry.
    const reset = text.includes('\x1b') ? '\x1b[0m' : '';
    return `${text.replaceAll('\n', '\n    ')}${reset}\n`;
}
/** A gap as a line of its own. */
export function gapLine(gap) {
    return `--- ${gapText(gap)} ---\n`;
}
/** A gap in words: `19 entries missed (evicted)`. */
export function gapText({ missed, reason }) {
    const what = missed === null ? 'an unknown number of entries' : missed === 1 ? '1 entry' : `${missed} entries`;
    return `${what} missed (${reason})`;
}
/** A text whose control characters are shown, but for TAB and LF. */
export function visible(text, ansi) {
    return text
        .replaceAll('\r\n', '\n')
        .replace(ansi === 'sgr' ? CONTROL_OR_SGR : CONTROL, (found) => found.length > 1 ? found : `\\x${found.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
