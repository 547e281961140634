import {
  type AuditAction,
  type AuditData,
  type LogBatch,
  type LogConsoleOptions,
  type LogEntry,
} from 'nestjs-log-console';
import { ADMIN, bearer } from '../access/people.js';
import { PrintingLogger } from '../capture/printing-logger.js';
import { createLogHost, type LogHost } from '../reading/log-host.js';
import { type Adapter } from '../support/host-app.js';
import { request } from '../support/http-client.js';

/** An entry of the audit trail. */
export type AuditEntry = LogEntry & { readonly data: AuditData & Readonly<Record<string, unknown>> };

/** A host, and what its audit trail holds. */
export interface AuditedHost extends LogHost {
  /** Takes what the host prints. */
  readonly printer: PrintingLogger;
  /** One batch of `GET audit`. */
  readonly batch: (query?: string) => Promise<LogBatch>;
  /** The entries of one action, oldest first. */
  readonly trail: (action?: AuditAction) => Promise<AuditEntry[]>;
  /** Their data. */
  readonly told: (action: AuditAction) => Promise<AuditEntry['data'][]>;
}

export async function createAuditedHost(
  adapter: Adapter,
  options: LogConsoleOptions = {},
): Promise<AuditedHost> {
  const printer = new PrintingLogger();
  const host = await createLogHost(adapter, { forward: printer, ...options });
  return { ...host, printer, ...auditOf(host) };
}

/** What asks for the audit trail of a host. */
export function auditOf({ at }: LogHost): Pick<AuditedHost, 'batch' | 'trail' | 'told'> {
  const batch = async (query = ''): Promise<LogBatch> => {
    const reply = await request(at(`audit?${query}`), { headers: bearer(ADMIN) });
    if (reply.status !== 200) throw new Error(`${reply.status} ${reply.text}`);
    return reply.json as LogBatch;
  };
  const trail = async (action?: AuditAction): Promise<AuditEntry[]> => {
    const entries = (await batch('limit=5000')).entries as AuditEntry[];
    return action === undefined ? entries : entries.filter(({ data }) => data.action === action);
  };
  return { batch, trail, told: async (action) => (await trail(action)).map(({ data }) => data) };
}
