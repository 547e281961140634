/** How a cursor is written, for error messages. */
export const CURSOR_GRAMMAR = 'a cursor "<epoch>-<id>" as handed out in next or prev, or the last id seen as a whole number';
const CURSOR = /^(?:([A-Za-z0-9._]{1,128})-)?(0|[1-9][0-9]{0,15})$/;
/** Writes a place as a cursor. */
export function formatCursor(epoch, id) {
    return `${epoch}-${id}`;
}
/** The cursor from which a place handed out as `prev` is read forward: the same place, looked at from before it. */
export function justBefore(cursor) {
    const at = cursor.lastIndexOf('-');
    return formatCursor(cursor.slice(0, at), Number(cursor.slice(at + 1)) - 1);
}
/** Reads `<epoch>-<id>` or a bare integer up to 2^53; undefined for anything else. */
export function parseCursor(text) {
    const match = CURSOR.exec(text);
    const id = Number(match?.[2] ?? NaN);
    if (!match || !Number.isSafeInteger(id))
        return undefined;
    return match[1] === undefined ? { id } : { epoch: match[1], id };
}
