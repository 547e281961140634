import { type LogRecord, type Truncated } from '../../domain/log-entry.js';
import { takeSnapshot, type Snapshot } from '../../domain/snapshot.js';
import { toJsonText } from '../../domain/to-json-text.js';
import { cutToBytes, utf8Length } from '../../domain/utf8.js';

/** The texts of a record, within the limit; `truncated` only when something was cut. */
export interface FittedRecord {
  readonly message: string;
  readonly stack: string | undefined;
  /** JSON text, or what it can be made of later. */
  readonly data: string | Snapshot | undefined;
  readonly dataSize: number;
  readonly truncated: Truncated | undefined;
}

/**
 * Cuts message, stack and data to a number of UTF-8 bytes together, and takes the JSON of the data.
 * The message may take all that is left by the others, but at least half; the stack at least a quarter.
 */
export function fitRecord(record: LogRecord, maxBytes: number): FittedRecord {
  const hasData = record.data !== undefined;
  if (hasData && record.stack === undefined && record.message.length * 3 <= maxBytes / 2) {
    const taken = snapshotOf(record.data);
    if (taken)
      return {
        message: record.message,
        stack: undefined,
        data: taken.snapshot,
        dataSize: taken.size,
        truncated: undefined,
      };
  }
  const messageShare = record.stack === undefined && !hasData ? maxBytes : Math.floor(maxBytes / 2);
  const message = fit(record.message, messageShare);
  const stackShare = hasData ? Math.floor(maxBytes / 4) : maxBytes - message.kept;
  const stack = record.stack === undefined ? undefined : fit(record.stack, stackShare);
  let { kept, bytes } = message;
  kept += stack?.kept ?? 0;
  bytes += stack?.bytes ?? 0;
  if (!hasData)
    return {
      message: message.text,
      stack: stack?.text,
      data: undefined,
      dataSize: 0,
      truncated: truncated(bytes, kept),
    };

  const { json, dropped } = toJsonText(record.data, maxBytes - kept);
  if (dropped > 0 || bytes > kept) {
    const dataBytes = utf8Length(json);
    bytes += dataBytes + dropped;
    kept += dataBytes;
  }
  return {
    message: message.text,
    stack: stack?.text,
    data: json,
    dataSize: json.length,
    truncated: truncated(bytes, kept),
  };
}

/** A getter that throws, or a revoked proxy, is left to the slow way, which marks it. */
function snapshotOf(data: unknown): ReturnType<typeof takeSnapshot> {
  try {
    return takeSnapshot(data);
  } catch {
    return undefined;
  }
}

interface Fitted {
  readonly text: string;
  readonly bytes: number;
  readonly kept: number;
}

function fit(text: string, maxBytes: number): Fitted {
  // UTF-8 takes at most three bytes per UTF-16 code unit.
  if (text.length * 3 <= maxBytes) return { text, bytes: text.length, kept: text.length };
  const bytes = utf8Length(text);
  if (bytes <= maxBytes) return { text, bytes, kept: bytes };
  const cut = cutToBytes(text, maxBytes);
  return { text: cut, bytes, kept: utf8Length(cut) };
}

function truncated(bytes: number, kept: number): Truncated | undefined {
  return bytes > kept ? { bytes, kept } : undefined;
}
