/** The server did not do what it was asked: its status, or 0 when there was no answer of its own (none at all, a proxy's page, too late). */
export class Refused extends Error {
  override readonly name = 'Refused';
  /** What the server said is wrong with what it was asked. */
  messages: readonly string[] = [];

  constructor(
    readonly status: number,
    /** When it may be asked again, where it said so. */
    readonly retryAfterMs?: number,
  ) {
    super(`Refused (${status})`);
  }
}
