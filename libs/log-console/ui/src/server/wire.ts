import type { LogLevel } from '../../../src/domain/log-level.js';
import { type InstanceList } from '../../../src/domain/log-instances.js';
import { type SinkStats } from '../../../src/domain/log-sink.js';
import { type SecretMatch } from '../../../src/domain/text-redactor.js';

/** One of `GET levels`: a part, a beginning of names and `*`, or `*` for all. */
export interface ContextLevel {
  /** What somebody set; null where nobody did. */
  readonly configured: LogLevel | null;
  /** What holds. */
  readonly effective: LogLevel;
  readonly expiresAt?: string;
  readonly setBy?: string;
  readonly reason?: string;
  readonly lines?: number;
}

/** `GET levels`. */
export interface Levels {
  readonly levels: readonly LogLevel[];
  readonly contexts: Readonly<Record<string, ContextLevel>>;
  /** Contexts that are too many to be told apart. */
  readonly others?: { readonly lines: number };
}

/** One of `GET stats` `sinks`. */
export type Destination = SinkStats & {
  /** It can be sent a line to see whether it takes it. */
  readonly testable?: boolean;
};

/** `GET instances`. */
export type Instances = InstanceList;

/** What these pages read of `GET stats`. */
export interface Stats {
  readonly sinks: Readonly<Record<string, Destination>>;
  readonly redactions: Readonly<Record<string, number>>;
}

/** `POST sinks/:name/test`. */
export interface Tested {
  readonly ok: boolean;
  readonly status?: number;
  readonly error?: string;
}

/** `POST redaction/preview`. */
export interface Preview {
  readonly text: string;
  readonly matches: readonly SecretMatch[];
}
