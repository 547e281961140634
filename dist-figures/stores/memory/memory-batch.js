/**
 * A batch whose entries are bytes shared with the ring: it stays what it was when the ring turns over, and
 * the objects are made only for those who ask for them.
 */
export class MemoryBatch {
    #pieces;
    #entries;
    constructor(frame, size, pieces) {
        this.size = size;
        this.epoch = frame.epoch;
        this.instance = frame.instance;
        this.next = frame.next;
        this.prev = frame.prev;
        this.more = frame.more;
        if (frame.gap)
            this.gap = frame.gap;
        this.#pieces = pieces;
    }
    get entries() {
        return (this.#entries ??= JSON.parse(`[${Buffer.concat(this.#pieces).toString()}]`));
    }
    encoded() {
        return this.#pieces;
    }
}
