import { type AuditAction, type AuditResult } from '../domain/audit-record.js';
import { type LevelChange } from '../domain/context-levels.js';

/** Something the audit trail tells of. */
export interface AuditEvent {
  readonly action: AuditAction;
  readonly result: AuditResult;
  /** How grave it is. Default: by the result. */
  readonly level?: 'log' | 'warn';
  /** In words that follow who it was; a whole sentence where it was nobody. */
  readonly says: string;
  /** What the action has beside what all of them have. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** What is said to who has not tried to sign in: everybody who opens the page. */
export const NOT_SIGNED_IN = 'Sign in first.';

/** What was read: the log, unless it says otherwise. */
export interface AuditedSource {
  /** The id of a file. */
  readonly file?: string;
  /** The id of an operation. */
  readonly operation?: string;
}

/** The parameters of a request, those that were given. */
export type AuditedQuery = Readonly<Record<string, string>>;

/** What a live answer gave. */
export interface StreamAccount {
  /** Entries handed to the connection. */
  readonly delivered: number;
  /** Entries it was told of by gaps; null where a gap had no number. */
  readonly missed: number | null;
  /** Why it ended: what its `bye` says, or that the client left. */
  readonly reason: string;
}

/** What a download gave. */
export interface ExportAccount {
  readonly count: number;
  readonly bytes: number;
  /** False: it was cut off. */
  readonly isWhole: boolean;
}

export const signedIn = (): AuditEvent => ({ action: 'sign-in', result: 'ok', says: 'signed in' });

export const signInFailed = (reason: string): AuditEvent => ({
  action: 'sign-in',
  result: 'failed',
  says: `did not get in: ${reason}`,
  details: { reason },
});

export const denied = (route: string, status: number, reason: string): AuditEvent => ({
  action: 'denied',
  result: 'denied',
  ...(reason === NOT_SIGNED_IN && { level: 'log' }),
  says: `was denied ${route}: ${reason}`,
  details: { route, status, reason },
});

/** Those that are too many and too different to be told one by one. */
export const deniedOthers = (): AuditEvent => ({
  action: 'denied',
  result: 'denied',
  says: 'Others were denied, or did not get in',
});

/** The same again: how often since when. */
export const repeated = (event: AuditEvent, count: number, since: string): AuditEvent => ({
  ...event,
  says: `${event.says} (${times(count)} since ${since})`,
  details: { ...event.details, count, since },
});

export const streamOpened = (source: AuditedSource, route: string, query?: AuditedQuery): AuditEvent => ({
  action: 'stream',
  result: 'open',
  says: `opened a ${route} of ${nameOf(source)}`,
  details: { ...source, route, ...(query && { query }) },
});

export const streamClosed = (
  source: AuditedSource,
  route: string,
  { delivered, missed, reason }: StreamAccount,
  seconds: number,
): AuditEvent => ({
  action: 'stream',
  result: 'closed',
  says: `had a ${route} of ${nameOf(source)} for ${seconds} s: ${delivered} delivered, ${missed ?? 'an unknown number'} missed (${reason})`,
  details: { ...source, route, seconds, delivered, missed, reason },
});

export const fileOpened = (file: string, route: string): AuditEvent => ({
  action: 'file',
  result: 'ok',
  says: `opened the file ${file} (${route})`,
  details: { file, route },
});

export const exported = (
  source: AuditedSource,
  query: AuditedQuery | undefined,
  { count, bytes, isWhole }: ExportAccount,
): AuditEvent => ({
  action: 'export',
  result: isWhole ? 'ok' : 'cut',
  says: `downloaded ${entries(count)} of ${nameOf(source)}, ${bytes} bytes${isWhole ? '' : ', and was cut off'}`,
  details: { ...source, count, bytes, ...(query && { query }) },
});

export const cleared = (count: number, upTo: string): AuditEvent => ({
  action: 'clear',
  result: 'ok',
  level: 'warn',
  says: `cleared ${entries(count)} of the log, up to ${upTo}`,
  details: { count, upTo },
});

export const clearFailed = (upTo: string | undefined): AuditEvent => ({
  action: 'clear',
  result: 'failed',
  says: 'could not clear the log',
  details: { count: 0, ...(upTo !== undefined && { upTo }) },
});

export const cancelled = (operation: string, name: string, isAsked: boolean): AuditEvent => ({
  action: 'cancel',
  result: isAsked ? 'ok' : 'failed',
  says: `${isAsked ? 'asked' : 'could not ask'} the operation "${name}" (${operation}) to stop`,
  details: { operation },
});

export const sinkTested = (
  sink: string,
  { ok, status, error }: { ok: boolean; status?: number; error?: string },
): AuditEvent => ({
  action: 'sink-test',
  result: ok ? 'ok' : 'failed',
  says: `tested the destination ${sink}: ${ok ? 'it took the message' : (error ?? 'it did not take the message')}`,
  details: { sink, ...(status !== undefined && { status }), ...(error !== undefined && { error }) },
});

export const levelChanged = (change: LevelChange): AuditEvent => ({
  action: 'level',
  result: 'ok',
  says: `${change.to === undefined ? 'took back' : 'changed'} the level of ${change.context}, ${fromTo(change)}`,
  details: detailsOf(change),
});

export const levelExpired = (change: LevelChange): AuditEvent => ({
  action: 'level-expired',
  result: 'ok',
  says: `The level of ${change.context} has expired, ${fromTo(change)}`,
  details: detailsOf(change),
});

function detailsOf({ context, from, to, until, reason }: LevelChange): Record<string, unknown> {
  return {
    context,
    from: from ?? null,
    to: to ?? null,
    ...(until !== undefined && { until }),
    ...(reason !== undefined && { reason }),
  };
}

function fromTo({ from, to, until, reason }: LevelChange): string {
  const span = until === undefined ? '' : ` until ${until}`;
  return `from ${from ?? 'the default'} to ${to ?? 'the default'}${span}${reason === undefined ? '' : `: ${reason}`}`;
}

function nameOf({ file, operation }: AuditedSource): string {
  if (file !== undefined) return `the file ${file}`;
  return operation === undefined ? 'the log' : `the operation ${operation}`;
}

function entries(count: number): string {
  return `${count} ${count === 1 ? 'entry' : 'entries'}`;
}

function times(count: number): string {
  return count === 1 ? 'once more' : `${count} more times`;
}
