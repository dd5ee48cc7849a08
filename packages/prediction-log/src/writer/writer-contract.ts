/** What the writer needs, does and tells. */
import type { Clock } from '../clock.ts';
import type { DeadLetters } from '../dead-letters-port.ts';
import type { Prediction, PredictionStore } from '../port.ts';
import type { Spool } from '../spool-port.ts';
import type { WriterEvent } from './events.ts';
import type { WriterLimits } from './limits.ts';

/** All that the writer needs; it makes nothing itself. */
export interface PredictionWriterOptions {
  readonly store: PredictionStore;
  readonly clock: Clock;
  /** Uniform in [0, 1), for the jitter of retries. */
  readonly random: () => number;
  /** Absent: rows stay in memory only, up to its bound. */
  readonly spool?: Spool;
  /** False where the spool's files go with this container or machine: then `close` gives their rows to `lastResort` too. */
  readonly isSpoolLasting?: boolean;
  /** Takes the rows that the store can never keep; without it, or when it fails, they go to `lastResort`. */
  readonly deadLetters?: DeadLetters;
  /** Takes the rows that could be brought nowhere else, one line of JSON each. */
  readonly lastResort?: (lines: readonly string[]) => void;
  /** Is told of each change of state and each loss; must not throw. */
  readonly onEvent?: (event: WriterEvent) => void;
  readonly limits?: Partial<WriterLimits>;
}

/**
 * Rows by where they are. At rest: recorded (and taken over from dead processes) = queued + spooled + written + setAside + dropped +
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
  /** Rows that the store can never keep, written as dead letters. */
  readonly setAside: number;
  /** Given to `lastResort`. */
  readonly handedOver: number;
  /** Message of the last failure; null once the store is back. */
  readonly lastError: string | null;
  /** Whether the store takes no rows now, and how often that began and ended. */
  readonly away: boolean;
  readonly timesAway: number;
  readonly timesBack: number;
  /** Whether the spool takes or gives no rows now. */
  readonly spoolFailing: boolean;
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
