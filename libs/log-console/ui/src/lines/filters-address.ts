import type { LogLevel } from '../../../src/domain/log-level.js';
import { DEFAULT_LEVELS, LEVELS, LINKS } from './filter-parts.js';
import { type Filters } from './filters.js';

/** The server takes no more characters in one value. */
const MAX_LENGTH = 256;
/** How the address says that no level is on. */
const NONE = 'none';

/** Reads the filters from the query of an address, such as `?level=error,fatal&search=aisle`; what makes no sense is ignored. */
export function filtersFromAddress(search: string): Filters {
  const query = new URLSearchParams(search);
  const text = (name: string): string | undefined => {
    const value = query.get(name) ?? '';
    return value === '' || value.length > MAX_LENGTH ? undefined : value;
  };
  const filters: Filters = {
    levels: levelsOf(query.get('level') ?? '') ?? DEFAULT_LEVELS,
    search: text('search') ?? '',
    contexts: [...new Set(text('context')?.split(',').filter(Boolean))],
  };
  const links = LINKS.map((name) => [name, text(name)]).filter(([, value]) => value !== undefined);
  return { ...filters, ...(Object.fromEntries(links) as Partial<Filters>) };
}

/** The query of an address with these filters; what else it says is kept. `''` when it says nothing. */
export function filtersToAddress(filters: Filters, search: string): string {
  const query = new URLSearchParams(search);
  for (const name of ['level', 'context', 'search', ...LINKS]) query.delete(name);
  const { levels } = filters;
  if (!isSame(levels, DEFAULT_LEVELS)) query.set('level', inOrder(levels).join(',') || NONE);
  addRest(filters, query);
  const text = String(query).replaceAll('%2C', ',');
  return text && `?${text}`;
}

/** The filters as parameters of the server's reading routes. It has no way to say that no level is wanted. */
export function filtersToQuery(filters: Filters): URLSearchParams {
  const query = new URLSearchParams();
  const levels = inOrder(filters.levels);
  if (levels.length > 0 && levels.length < LEVELS.length) query.set('level', levels.join(','));
  addRest({ ...filters, search: filters.search.slice(0, MAX_LENGTH) }, query);
  return query;
}

function addRest(filters: Filters, query: URLSearchParams): void {
  if (filters.contexts.length > 0) query.set('context', filters.contexts.join(','));
  if (filters.search !== '') query.set('search', filters.search);
  for (const name of LINKS) {
    const value = filters[name];
    if (value !== undefined) query.set(name, value);
  }
}

/** Nest's spelling: `warn`, `warn,error`, `>=warn`, `>warn`; undefined for anything else. */
function levelsOf(text: string): readonly LogLevel[] | undefined {
  if (text === NONE) return [];
  const [, orEqual, name] = /^>(=?)(\w+)$/.exec(text) ?? [];
  const names = name === undefined ? text.split(',') : [name];
  if (!names.every((level) => LEVELS.includes(level as LogLevel))) return undefined;
  if (name === undefined) return inOrder(names as LogLevel[]);
  return LEVELS.slice(0, LEVELS.indexOf(name as LogLevel) + (orEqual ? 1 : 0));
}

function inOrder(levels: readonly LogLevel[]): LogLevel[] {
  return LEVELS.filter((level) => levels.includes(level));
}

function isSame(levels: readonly LogLevel[], others: readonly LogLevel[]): boolean {
  return inOrder(levels).join() === others.join();
}
