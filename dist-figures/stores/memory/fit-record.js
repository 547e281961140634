import { takeSnapshot } from '../../domain/snapshot.js';
import { toJsonText } from '../../domain/to-json-text.js';
import { cutToBytes } from '../../domain/utf8.js';
/** The JSON of a snapshot takes at most six bytes per character it was estimated at: `\u0000`. */
const ESCAPED = 6;
const NO_DATA = { json: undefined, dropped: 0 };
/**
 * Cuts message, stack and data to a number of UTF-8 bytes together, and takes the JSON of the data.
 * Each may take what the others leave: the message at least half, stack and data at least a quarter. The redactor masks
 * the data; message and stack are masked already.
 */
export function fitRecord(record, maxBytes, redactor) {
    const { message, stack, data } = record;
    const half = Math.floor(maxBytes / 2);
    const quarter = Math.floor(maxBytes / 4);
    const isShort = stack === undefined && message.length * 3 <= half;
    const taken = isShort ? snapshotOf(data, redactor) : undefined;
    if (taken && taken.size * ESCAPED <= half) {
        return { message, stack, data: taken.snapshot, dataSize: taken.size, truncated: undefined };
    }
    const messageShare = atMost(half, message);
    const stackShare = stack === undefined ? 0 : atMost(quarter, stack);
    const room = maxBytes - messageShare - stackShare;
    const { json, dropped } = data === undefined ? NO_DATA : jsonOf(data, taken?.snapshot, room, redactor);
    const dataSize = json?.length ?? 0;
    if (messageShare < half && stackShare < quarter && dropped === 0)
        return { message, stack, data: json, dataSize, truncated: undefined };
    const dataBytes = Buffer.byteLength(json ?? '');
    const stackBytes = Math.min(Buffer.byteLength(stack ?? ''), quarter);
    // The JSON may be a little longer than asked for: quotes, commas, escapes.
    const keptMessage = fit(message, Math.max(quarter, maxBytes - dataBytes - stackBytes));
    const keptStack = fit(stack ?? '', Math.max(stackBytes, maxBytes - dataBytes - keptMessage.kept));
    const bytes = keptMessage.bytes + keptStack.bytes + dataBytes + dropped;
    const kept = keptMessage.kept + keptStack.kept + dataBytes;
    return {
        message: keptMessage.text,
        stack: stack === undefined ? undefined : keptStack.text,
        data: json,
        dataSize,
        truncated: bytes > kept ? { bytes: bytes + alreadyCut(record), kept } : undefined,
    };
}
/** A getter that throws, or a revoked proxy, is left to the slow way, which marks it. */
function snapshotOf(data, redactor) {
    try {
        return takeSnapshot(data, redactor);
    }
    catch {
        return undefined;
    }
}
/** The JSON of data, of its copy where there is one: getters run once. */
function jsonOf(data, copy, maxBytes, redactor) {
    return toJsonText(copy ?? data, maxBytes, undefined, copy && data, redactor);
}
/** How much of its share a text may take; its bytes are counted only where that decides. */
function atMost(share, text) {
    // UTF-8 takes one to three bytes per UTF-16 code unit.
    if (text.length >= share)
        return share;
    return text.length * 3 < share ? text.length * 3 : Math.min(share, Buffer.byteLength(text));
}
/** What was cut before the record came here. */
function alreadyCut({ truncated }) {
    return truncated ? truncated.bytes - truncated.kept : 0;
}
function fit(text, maxBytes) {
    const bytes = Buffer.byteLength(text);
    if (bytes <= maxBytes)
        return { text, bytes, kept: bytes };
    const cut = cutToBytes(text, maxBytes);
    return { text: cut, bytes, kept: Buffer.byteLength(cut) };
}
