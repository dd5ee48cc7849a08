/** The writer's bounds and times. */

/** All of them, with the unit in the name. */
export interface WriterLimits {
  /** Rows in one `append`. */
  readonly batchRows: number;
  /** A row waits at most this long before it is sent: what a SIGKILL can lose while the store is there. */
  readonly flushMs: number;
  /** Rows in memory beyond which the oldest go to the spool. */
  readonly spillRows: number;
  /** The same in bytes of memory. */
  readonly spillBytes: number;
  /** Bytes of memory beyond which the oldest rows are dropped: without a spool, or when it is full or failing. */
  readonly memoryBytes: number;
  /** With the store away, rows wait in memory at most this long before they go to the spool: what a SIGKILL can lose then. */
  readonly spillMs: number;
  /** First and longest wait between two attempts while the store is away. */
  readonly retryFirstMs: number;
  readonly retryLongestMs: number;
  /** Time between two looks after the spool. */
  readonly maintainMs: number;
}

const MIB = 1024 * 1024;

/** A batch costs the sender some 0.1 to 0.7 ms whatever its size, so it is large; memory: see the README. */
export const DEFAULT_WRITER_LIMITS: WriterLimits = {
  batchRows: 1000,
  flushMs: 50,
  spillRows: 20_000,
  spillBytes: 8 * MIB,
  memoryBytes: 16 * MIB,
  spillMs: 1000,
  retryFirstMs: 100,
  retryLongestMs: 1000,
  maintainMs: 5000,
};
