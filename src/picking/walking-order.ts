import type { PickLine } from './pick-list.js';

/** The stops sorted the way a picker walks: aisle by aisle, every second aisle from its far end. */
export function walkingOrder(stops: readonly PickLine[]): PickLine[] {
  return [...stops].sort((a, b) => aisle(a) - aisle(b) || along(a) - along(b));
}

function aisle({ location }: PickLine): number {
  return location.aisle.charCodeAt(0);
}

function along(stop: PickLine): number {
  const { shelf } = stop.location;
  return aisle(stop) % 2 === 1 ? shelf : -shelf;
}
