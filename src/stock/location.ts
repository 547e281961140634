/** Where an item lies in the warehouse. */
export interface Location {
  readonly aisle: string;
  readonly shelf: number;
}

/** A location as people say it: `C-14`. */
export function spoken(location: Location): string {
  return `${location.aisle}-${String(location.shelf).padStart(2, '0')}`;
}
