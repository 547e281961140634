import { escapeControls } from '../../../domain/safe-json.js';
/** Entries that several readers share are encoded once. */
const encoded = new WeakMap();
/** The entry as JSON. */
export function encodeEntry(entry) {
    let bytes = encoded.get(entry);
    if (!bytes)
        encoded.set(entry, (bytes = Buffer.from(escapeControls(JSON.stringify(entry)))));
    return bytes;
}
