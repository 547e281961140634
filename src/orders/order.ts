import type { StockLine } from '../stock/stock-line.js';

/** `picking`: stock is reserved; `shipped`: the goods have left. */
export const orderStates = ['picking', 'shipped'] as const;

/** How far an order has come. */
export type OrderState = (typeof orderStates)[number];

/** How fast an order can leave. */
export const orderPriorities = ['normal', 'express'] as const;

/** How fast an order has to leave. */
export type OrderPriority = (typeof orderPriorities)[number];

/** What a customer wants to buy. */
export interface OrderRequest {
  readonly customer: string;
  readonly priority?: OrderPriority;
  readonly lines: readonly StockLine[];
}

/** What a customer bought. */
export interface Order extends Required<OrderRequest> {
  readonly id: number;
  readonly pickListId: number;
  readonly placedAt: string;
  state: OrderState;
}
