/** What the audit trail tells of. */
export const AUDIT_ACTIONS = [
  'sign-in',
  'denied',
  'stream',
  'file',
  'export',
  'clear',
  'cancel',
  'level',
  'level-expired',
  'sink-test',
  'configuration',
] as const;

/** One thing the audit trail tells of. */
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** What became of it. `cut`: a download that did not come to its end. */
export type AuditResult = 'ok' | 'failed' | 'denied' | 'open' | 'closed' | 'cut';

/** The `data` of an entry of the audit trail; what else it holds depends on the action. */
export interface AuditData {
  /** Who: absent where nobody is known. */
  readonly actor?: string;
  /** What they were allowed to be. */
  readonly role?: string;
  /** The other end of the connection; a proxy's where one stands between. */
  readonly address?: string;
  /** What was done, or tried. */
  readonly action: AuditAction;
  /** What became of it. */
  readonly result: AuditResult;
}
