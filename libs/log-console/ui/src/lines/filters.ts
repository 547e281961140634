import type { LogLevel } from '../../../src/domain/log-level.js';

export { DEFAULT_LEVELS, LEVELS } from './filter-parts.js';
export { filtersFromAddress, filtersToAddress, filtersToQuery } from './filters-address.js';
export { matcher } from './matcher.js';

/** Which entries are shown; every part must match. Rows that are no entries (gaps, restarts, clears) are always shown. */
export interface Filters {
  readonly levels: readonly LogLevel[];
  /** Case-insensitive substring of message, part, stack, data and request id; '' = all. */
  readonly search: string;
  /** Names of parts, or their beginnings with a `*` at the end; empty = all. */
  readonly contexts: readonly string[];
  readonly requestId?: string;
  readonly operation?: string;
  readonly instance?: string;
}
