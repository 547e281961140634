import type { StockLine } from '../stock/stock-line.js';

/** `waiting`: at the dock; `booked`: put away; `held`: the delivery note is missing. */
export const deliveryStates = ['waiting', 'booked', 'held'] as const;

/** How far a delivery has come. */
export type DeliveryState = (typeof deliveryStates)[number];

/** What stands at the dock. */
export interface IncomingGoods {
  readonly supplier: string;
  readonly lines: readonly StockLine[];
}

/** Goods from a supplier and how far they have come. */
export interface Delivery extends IncomingGoods {
  readonly id: number;
  readonly dock: number;
  readonly arrivedAt: string;
  state: DeliveryState;
}
