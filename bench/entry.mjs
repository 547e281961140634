/** What the entries of all contestants have in common. */
export const INSTANCE = 'web-1';
export const CONTEXT = 'InventoryService';
/** Of a line of 290 bytes as JSON. */
export const LONG_MESSAGE = 'Stock of AB-444 is below its minimum '.padEnd(160, '.');

let id = Date.now() * 1000;

/** An entry as the peers make it: the fields of ours in the same order, and an id of the same length. */
export function plainEntry(message) {
  const time = new Date().toISOString();
  return { id: id++, time, level: 'log', context: CONTEXT, message, instance: INSTANCE };
}
