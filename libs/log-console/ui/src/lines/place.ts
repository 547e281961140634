/** A place in a source: what a cursor `<epoch>-<id>` says. */
export interface Place {
  readonly epoch: string;
  readonly id: number;
}

/** Reads a cursor as the server hands it out. */
export function placeOf(cursor: string): Place {
  const at = cursor.lastIndexOf('-');
  return { epoch: cursor.slice(0, at), id: Number(cursor.slice(at + 1)) };
}

/** Reads what may be a cursor, or anything else: undefined. */
export function parsePlace(text: string): Place | undefined {
  return /.-\d+$/.test(text) ? placeOf(text) : undefined;
}

/** Writes a place as a cursor. */
export function cursorOf({ epoch, id }: Place): string {
  return `${epoch}-${id}`;
}
