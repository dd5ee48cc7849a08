/** What the writer needs, does and tells. */
import type { Clock } from '../clock.ts';
import type { Prediction, PredictionStore } from '../port.ts';
import type { Spool } from '../spool-port.ts';
import type { WriterLimits } from './limits.ts';

/** All that the writer needs; it makes nothing itself. */
export interface PredictionWriterOptions {
  readonly store: PredictionStore;
  readonly clock: Clock;
  /** Uniform in [0, 1), for the jitter of retries. */
  readonly random: () => number;
  /** Absent: rows stay in memory only, up to its bound. */
  readonly spool?: Spool;
  /** Takes the rows that `close` could bring nowhere else, one line of JSON each. */
  readonly lastResort?: (lines: readonly string[]) => void;
  readonly limits?: Partial<WriterLimits>;
}

/**
 * Rows by where they are. At rest: recorded (and taken over from dead processes) = queued + spooled + written + refused + dropped +
 * handedOver.
 */
export interface WriterStats {
  /** In memory, those on their way included. */
  readonly queued: number;
  /** In the spool. */
  readonly spooled: number;
  readonly written: number;
  /** The oldest, given up when memory or spool was full; and those that the spool can no longer read. */
  readonly dropped: number;
  /** Rows that the store can never keep. */
  readonly refused: number;
  /** Given to `lastResort`. */
  readonly handedOver: number;
  /** Message of the last failure; null once the store is back. */
  readonly lastError: string | null;
}

/** What the API holds. */
export interface PredictionWriter {
  /** Takes a row, and keeps nothing of the object; synchronous, never throws, never waits. */
  record(prediction: Prediction): void;
  /** Writes what has been recorded so far; false when the store is away. */
  flush(): Promise<boolean>;
  stats(): WriterStats;
  /**
   * Writes what waits, for at most `deadlineMs`; the rest goes to the spool, else to `lastResort`, else is dropped. Nothing stays in
   * memory. The store stays open.
   */
  close(deadlineMs: number): Promise<WriterStats>;
}
