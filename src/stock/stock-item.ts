import type { Location } from './location.js';

/** One article and what the warehouse holds of it. */
export interface StockItem {
  readonly sku: string;
  readonly name: string;
  /** Pieces on the shelf, reserved ones included. */
  quantity: number;
  /** Pieces promised to orders that are not picked yet. */
  reserved: number;
  /** Below this many free pieces the item has to be ordered again. */
  readonly minimum: number;
  readonly location: Location;
}

/** Pieces that can still be promised. */
export function available({ quantity, reserved }: StockItem): number {
  return quantity - reserved;
}

/** True when the item has to be ordered again. */
export function isBelowMinimum(item: StockItem): boolean {
  return available(item) < item.minimum;
}
