/** Who a process is. */
export interface ProcessIdentity {
  /** The `instance` its entries carry. */
  readonly name: string;
  /** The machine it runs on. */
  readonly host: string;
  /** Its number there. */
  readonly pid: number;
  /** Of the application. */
  readonly version: string;
  /** RFC 3339. */
  readonly startedAt: string;
}

/** A process that writes to the log. */
export interface LogInstance extends ProcessIdentity {
  /** `gone`: it has left, or nothing is heard of it; it is listed for a minute more. */
  readonly state: 'up' | 'gone';
  /** RFC 3339. */
  readonly lastSeen: string;
  /** How many of its lines others cannot see yet. */
  readonly behind: number;
  /** How many of its lines were lost on the way to the others. */
  readonly dropped: number;
  /** Whether it has the levels that were set last; absent where none were, and of one that is gone. */
  readonly levels?: 'current' | 'behind';
}

/** The processes that write to the log, as this one knows them. */
export interface InstanceList {
  /** By name. */
  readonly instances: readonly LogInstance[];
  /** What they share is away: only the process that answers is listed. */
  readonly degraded?: true;
}

/** Knows the processes that write to the log. */
export interface LogInstances {
  instances(): Promise<InstanceList>;
}

/** The injection token of {@link LogInstances}. */
export const LogInstances = Symbol('LogInstances');

/** A process that has nobody to share with is up, and owes nothing. */
export function onlyInstance(process: ProcessIdentity): InstanceList {
  const lastSeen = new Date().toISOString();
  return { instances: [{ ...process, state: 'up', lastSeen, behind: 0, dropped: 0 }] };
}
