import { type SinkStats } from './log-sink.js';
import { type StoreStats } from './log-source.js';

/** What becomes of lines before they reach the store. */
export interface CaptureStats {
  /** Not captured because of their level. */
  readonly belowLevel: number;
  /** Refused: logged while a line was captured that was logged while a line was captured. */
  readonly rejected: number;
  /** Written while the module served one of its own routes. */
  readonly suppressed: number;
}

/** The module's counters. At rest, attempted = accepted + belowLevel + rejected + suppressed. */
export interface LogStats extends StoreStats, CaptureStats {
  /** Open live responses, and polls that wait. */
  readonly readers: {
    /** Streams, tails and downloads under way. */
    readonly streams: number;
    /** Polls that wait. */
    readonly polls: number;
  };
  /** How often each redaction rule masked something. */
  readonly redactions: Readonly<Record<string, number>>;
  /** Destinations by name. */
  readonly sinks: Readonly<Record<string, SinkStats>>;
}

/** Knows the module's counters. */
export interface LogStatsProvider {
  stats(): Promise<LogStats>;
}

/** The injection token of {@link LogStatsProvider}. */
export const LogStatsProvider = Symbol('LogStatsProvider');
