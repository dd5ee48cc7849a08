/** Where rows wait while the store is away and memory is full: a first-in first-out queue of batches that outlives the process. */
import type { Batch } from './batch.ts';

/** Files in practice (subpath `spool`). Calls may overlap; the spool puts them in order. */
export interface Spool {
  /** Rows that wait. */
  rows(): number;
  /** Rows so far that had been kept and could not be read again. */
  damagedRows(): number;
  /** Keeps the batch behind all others; resolves with the number of oldest rows dropped to stay below the bound. */
  push(batch: Batch): Promise<number>;
  /** Keeps the batch before all others: rows older than any that wait. */
  unshift(batch: Batch): Promise<number>;
  /** The oldest batch, which stays until `remove`; undefined when none waits. */
  peek(): Promise<Batch | undefined>;
  /** Forgets the batch of the last `peek`. */
  remove(): Promise<void>;
  /** Says that this process lives, and takes over what dead ones left. To be called every few seconds. */
  maintain(): Promise<void>;
  /** Leaves what waits to the next process. */
  close(): Promise<void>;
}
