import { jsonOfSnapshot } from '../../domain/snapshot.js';
import { LOG_LEVELS } from '../../domain/log-level.js';
/**
 * Storage of the memory store: a struct of arrays, slot = (id - first) mod capacity, bounded by entries and by bytes.
 * It knows ids and slots; what a reader is told is the store's business. Bytes: one per UTF-16 code unit of the texts
 * held (what they take in memory, and in UTF-8, where they are ASCII).
 */
export class RingBuffer {
    /** JSON text, or an object of a few primitives that nobody else can change, until somebody asks for its JSON. */
    #data;
    #sizes;
    // Slots are counted, not computed: the remainder of a number above 2^31 costs as much as the rest of a write.
    #nextSlot;
    #oldestSlot;
    constructor(first, capacity, maxBytes) {
        this.first = first;
        this.capacity = capacity;
        this.maxBytes = maxBytes;
        // Slots are counted, not computed: the remainder of a number above 2^31 costs as much as the rest of a write.
        this.#nextSlot = 0;
        this.#oldestSlot = 0;
        this.bytes = 0;
        this.evicted = 0;
        this.heldByLevel = new Float64Array(LOG_LEVELS.length);
        this.acceptedByLevel = new Float64Array(LOG_LEVELS.length);
        this.levels = new Uint8Array(capacity);
        this.times = new Float64Array(capacity);
        this.#sizes = new Uint32Array(capacity);
        this.messages = new Array(capacity).fill('');
        this.contexts = new Array(capacity).fill(undefined);
        this.stacks = new Array(capacity).fill(undefined);
        this.#data = new Array(capacity).fill(undefined);
        this.links = new Array(capacity).fill(undefined);
        this.oldest = first;
        this.newest = first - 1;
    }
    get size() {
        return this.newest - this.oldest + 1;
    }
    slot(id) {
        return (id - this.first) % this.capacity;
    }
    /** The JSON text of an entry's data. */
    dataAt(slot) {
        const data = this.#data[slot];
        return typeof data === 'object' ? (this.#data[slot] = jsonOfSnapshot(data)) : data;
    }
    /** Writes the next entry, evicting what no longer fits. */
    push(level, time, message, context, stack, data, dataSize, links) {
        const slot = this.#nextSlot;
        // What is evicted here is overwritten right below.
        if (this.newest - this.oldest + 1 >= this.capacity) {
            this.#uncount(slot);
            this.evicted++;
        }
        this.#nextSlot = slot + 1 === this.capacity ? 0 : slot + 1;
        this.newest++;
        let size = message.length + dataSize;
        this.levels[slot] = level;
        this.times[slot] = time;
        this.messages[slot] = message;
        // Most entries have few of these and reuse a slot that had none either: a read is cheaper than a write.
        if (context !== undefined || this.contexts[slot] !== undefined)
            this.contexts[slot] = context;
        if (context !== undefined)
            size += context.length;
        if (stack !== undefined || this.stacks[slot] !== undefined)
            this.stacks[slot] = stack;
        if (stack !== undefined)
            size += stack.length;
        if (data !== undefined || this.#data[slot] !== undefined)
            this.#data[slot] = data;
        if (links !== undefined || this.links[slot] !== undefined)
            this.links[slot] = links;
        this.#sizes[slot] = size;
        this.bytes += size;
        this.heldByLevel[level]++;
        this.acceptedByLevel[level]++;
        while (this.bytes > this.maxBytes && this.oldest < this.newest)
            this.#evict();
    }
    /** Removes everything up to an id that is held; returns how many. */
    clear(upTo) {
        const from = this.oldest;
        while (this.oldest <= upTo)
            this.#drop();
        return this.oldest - from;
    }
    #evict() {
        this.#drop();
        this.evicted++;
    }
    #drop() {
        const slot = this.#oldestSlot;
        this.#uncount(slot);
        this.messages[slot] = '';
        if (this.contexts[slot] !== undefined)
            this.contexts[slot] = undefined;
        if (this.stacks[slot] !== undefined)
            this.stacks[slot] = undefined;
        if (this.#data[slot] !== undefined)
            this.#data[slot] = undefined;
        if (this.links[slot] !== undefined)
            this.links[slot] = undefined;
    }
    /** Takes the oldest entry, which is in this slot, out of the counters. */
    #uncount(slot) {
        this.#oldestSlot = slot + 1 === this.capacity ? 0 : slot + 1;
        this.oldest++;
        this.bytes -= this.#sizes[slot];
        this.heldByLevel[this.levels[slot]]--;
    }
}
