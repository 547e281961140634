/** DEL and C1 control characters, which JSON leaves as they are and a terminal obeys. They never are JSON's own syntax. */
const CONTROL = /[\x7f-\x9f]/g;
/** JSON text without any control character in it. */
export function escapeControls(json) {
    if (json.search(CONTROL) < 0)
        return json;
    return json.replace(CONTROL, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
}
