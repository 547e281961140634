import type { Location } from '../stock/location.js';
import type { StockLine } from '../stock/stock-line.js';

/** `open`: somebody has to walk; `confirmed`: the goods are packed. */
export const pickListStates = ['open', 'confirmed'] as const;

/** How far a pick list has come. */
export type PickListState = (typeof pickListStates)[number];

/** One stop on the way through the warehouse. */
export interface PickLine extends StockLine {
  readonly location: Location;
}

/** What one order needs, in walking order. */
export interface PickList {
  readonly id: number;
  readonly orderId: number;
  readonly lines: readonly PickLine[];
  state: PickListState;
}
