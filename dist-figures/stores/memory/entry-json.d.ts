import { type RingBuffer } from './ring-buffer.js';
/**
 * The entry in a slot as JSON text, without making the object.
 * @param instance the process that answers, as JSON text
 */
export declare function entryJson(ring: RingBuffer, id: number, instance: string): string;
