/**
 * How the page is connected: `connecting` (nothing has been heard yet), `live` (streaming), `polling` (asks every second,
 * because something between holds the stream back or the server has no free slot), `lost` (trying again by itself),
 * `resting` (the tab was in the background for long), `finished` (the source has ended, and all of it was read), `signed-out`, `forbidden`, `closed` (the server knows no such console).
 */
export type ConnectionKind =
  'connecting' | 'live' | 'polling' | 'lost' | 'resting' | 'finished' | 'signed-out' | 'forbidden' | 'closed';

export interface ConnectionState {
  readonly kind: ConnectionKind;
  /** When it became so, on the clock of this page (`Date.now()`). */
  readonly since: number;
  /** `lost`: when it tries again. */
  readonly retryAt?: number;
  /** `polling`: why. `held-back`: something between keeps the stream; `busy`: the server has no free place for a stream. */
  readonly because?: 'held-back' | 'busy';
}
