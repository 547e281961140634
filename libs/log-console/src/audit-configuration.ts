import { type AccessMode } from './access/access-mode.js';
import { type AuditEvent } from './access/audit-event.js';
import { type ResolvedOptions } from './log-console.options.js';

/** What matters for security in how the console was started; of tokens only whose they are. */
export function configured(
  mode: Exclude<AccessMode, { kind: 'closed' }>,
  { access, redact, files, sinks, capture, captureOwnRequests, level }: ResolvedOptions,
): AuditEvent {
  const guards = (access.guards ?? []).map((guard) =>
    typeof guard === 'function' ? guard.name : guard.constructor.name,
  );
  const tokens = mode.tokens.map(({ name, role }) => `${name} (${role})`);
  const redaction = redact === false ? 'off' : 'on';
  const ways = [
    mode.kind === 'local' ? 'a link for this machine' : '',
    guards.length > 0 ? `the guards ${guards.join(', ')}` : '',
    guards.length === 0 && access.role ? 'a role function' : '',
    mode.kind === 'configured' && tokens.length > 0 ? `tokens of ${tokens.join(', ')}` : '',
  ].filter((way) => way !== '');
  return {
    action: 'configuration',
    result: 'ok',
    says: `The log console is open, by ${ways.join(' and ')}; redaction is ${redaction}`,
    details: {
      access: mode.kind,
      guards,
      roleFunction: access.role !== undefined,
      // Not `tokens`: what a key of that name holds is masked.
      people: tokens,
      abilities: access.abilities ?? {},
      origins: access.origins ?? [],
      redaction,
      files: files.map(({ id }) => id),
      sinks: sinks.map(({ name }) => name),
      captureConsole: capture.console,
      captureOwnRequests,
      ...(level !== undefined && { level }),
    },
  };
}
