/** What became of a request; nothing while its answer is on its way. */
export interface RequestOutcome {
  /** Of the answer; absent where the client left before it was over. */
  readonly status?: number;
  /** The client left before the answer was over. */
  readonly aborted?: true;
  /** Until its answer was over, or the client left. */
  readonly durationMs?: number;
}

/** What a request was, and what became of it. */
export interface RequestSummary extends RequestOutcome {
  /** The `requestId` its lines carry. */
  readonly id: string;
  /** The HTTP method. */
  readonly method: string;
  /** Without the query string, redacted, at most 1,024 bytes. */
  readonly path: string;
  /** RFC 3339. */
  readonly startedAt: string;
  /** The process that served it. */
  readonly instance: string;
}

/** The last requests in which a line was captured. */
export interface LogRequests {
  /** The newest of this id; undefined for one that is unknown, or no longer kept. */
  find(id: string): RequestSummary | undefined;
}

/** The injection token of {@link LogRequests}. */
export const LogRequests = Symbol('LogRequests');
