import { type DiskMemory } from '../disk/disk-memory.js';
import { type OpenFile } from '../disk/open-file.js';

/** After so long without a byte a line without an end is handed out, and a file that was rotated away is left. */
const SILENCE_MS = 1000;
/** So long after the rotation it is left in any case. */
const LONGEST_DRAIN_MS = 5000;

/** Whether nothing was written for a second. The clock of the disk may be another one: then what this process saw counts. */
export function isSilent(file: OpenFile, memory: DiskMemory): boolean {
  return Date.now() - file.modified >= SILENCE_MS || memory.stillFor(file) >= SILENCE_MS;
}

/** Whether a reader that has read all of a rotated file goes on to the next one. */
export function mayLeave(file: OpenFile, next: OpenFile, memory: DiskMemory): boolean {
  const isOver = next.born > 0 && Date.now() - next.born >= LONGEST_DRAIN_MS;
  return isOver || isSilent(file, memory);
}
