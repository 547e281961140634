import { type LogEntry } from '../../../domain/log-entry.js';
import { escapeControls } from '../../../domain/safe-json.js';

/** Entries that several readers share are encoded once. */
const encoded = new WeakMap<LogEntry, Uint8Array>();

/** The entry as JSON. */
export function encodeEntry(entry: LogEntry): Uint8Array {
  let bytes = encoded.get(entry);
  if (!bytes) encoded.set(entry, (bytes = Buffer.from(escapeControls(JSON.stringify(entry)))));
  return bytes;
}
