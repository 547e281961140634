import { encodeEntry } from './encode-entry.js';
const COMMA = new Uint8Array([','.charCodeAt(0)]);
/** Entries of one file; their JSON is made once, for all who are given the same batch. */
export class FileBatch {
    #pieces;
    constructor(batch) {
        this.epoch = batch.epoch;
        this.instance = batch.instance;
        this.entries = batch.entries;
        this.next = batch.next;
        this.prev = batch.prev;
        this.more = batch.more;
        if (batch.gap)
            this.gap = batch.gap;
    }
    get size() {
        return this.entries.length;
    }
    encoded() {
        return (this.#pieces ??= joined(this.entries.map(encodeEntry)));
    }
}
function joined(texts) {
    const parts = texts.flatMap((text, index) => (index === 0 ? [text] : [COMMA, text]));
    return parts.length === 0 ? [] : [Buffer.concat(parts)];
}
