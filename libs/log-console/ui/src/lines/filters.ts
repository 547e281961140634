import type { LogLevel } from '../../../src/domain/log-level.js';
import { LEVELS, LINKS } from './filter-parts.js';

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

/** Whether the filters let everything through. */
export function isEverything({ levels, search, contexts, ...links }: Filters): boolean {
  return (
    LEVELS.every((level) => levels.includes(level)) &&
    search === '' &&
    contexts.length === 0 &&
    LINKS.every((name) => links[name] === undefined)
  );
}
