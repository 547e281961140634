/** So many pieces of one item. */
export interface StockLine {
  readonly sku: string;
  readonly quantity: number;
}
