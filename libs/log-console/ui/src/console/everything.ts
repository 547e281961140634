import { LEVELS, type Filters } from '../lines/filters.js';

/** Filters that let everything through. */
export const EVERYTHING: Filters = {
  levels: LEVELS,
  search: '',
  contexts: [],
  requestId: undefined,
  operation: undefined,
  instance: undefined,
};
