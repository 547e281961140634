import type { SUPPLIERS } from '../receiving/suppliers.js';

/** How an import ends. */
export const VARIANTS = ['complete', 'failing'] as const;

/** Which catalogue is imported, and how that goes. */
export interface CatalogueImport {
  readonly supplier: (typeof SUPPLIERS)[number];
  /** How long it takes when it is not cut short. */
  readonly seconds: number;
  readonly variant: (typeof VARIANTS)[number];
}
