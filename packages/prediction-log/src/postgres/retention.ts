/** Deletes old predictions bit by bit, while others write and read. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { inTransaction, type MaintenanceOptions, withClient } from './maintenance.ts';
import { targetColumn } from './target-column.ts';

/** Rows deleted in one transaction unless asked otherwise: some hundred milliseconds. */
export const RETENTION_BATCH_ROWS = 5000;

/** What to delete, and how. */
export interface RetentionOptions extends MaintenanceOptions {
  /** Predictions answered before go. */
  readonly before: Date;
  readonly batchRows?: number;
  /** Called after each batch with the rows deleted so far. */
  readonly onProgress?: (deleted: number) => void;
  /** Ends it between two batches. */
  readonly signal?: AbortSignal;
}

/** What was done. */
export interface RetentionOutcome {
  readonly deleted: number;
  /** Whether it was ended before all were deleted. */
  readonly isInterrupted: boolean;
}

/** Held during a batch: two runs at once take turns. ASCII "reta". */
const LOCK = 'SELECT pg_advisory_xact_lock(1919251553)';

interface BatchOutcome {
  readonly found: number;
  readonly deleted: number;
  /** Time of the newest row of the batch as PostgreSQL writes it: a Date would lose microseconds. */
  readonly last: string;
}

/** How many predictions are older: reads all of them. @throws {PredictionLogError} `PREDICTION_LOG_UNAVAILABLE` */
export function countOlderThan({ connectionString, target, before }: RetentionOptions): Promise<number> {
  const text = `SELECT count(*)::float8 AS rows FROM predictions WHERE created_at < $1 AND ${targetColumn(target)} IS NOT NULL`;
  return withClient(connectionString, async (client) => {
    const { rows } = await inTransaction(client, () => client.query<{ rows: number }>(text, [before]));
    return rows[0]!.rows;
  });
}

/**
 * Deletes all predictions that are older, the oldest first. Each batch is a transaction, and a pause as long as it took follows, so that
 * half of the time is left to others. What was deleted stays deleted when it ends early; another run goes on. The counts by minute follow,
 * and minutes that have none left go with them.
 *
 * @throws {PredictionLogError} `PREDICTION_LOG_UNAVAILABLE`
 */
export function deleteOlderThan(options: RetentionOptions): Promise<RetentionOutcome> {
  const { connectionString, target, before, batchRows = RETENTION_BATCH_ROWS, onProgress, signal } = options;
  return withClient(connectionString, async (client) => {
    let deleted = 0;
    let last = '-infinity';
    for (let isLast = false; !isLast; ) {
      if (signal?.aborted) return { deleted, isInterrupted: true };
      const began = performance.now();
      // From where the last batch ended: the beginning of the index is full of rows that are gone.
      const batch = await deleteBatch(client, targetColumn(target), [last, before, batchRows]);
      isLast = batch.found < batchRows;
      last = batch.last;
      deleted += batch.deleted;
      if (batch.deleted > 0) onProgress?.(deleted);
      if (!isLast) await sleep(performance.now() - began);
    }
    await forgetEmptyMinutes(client, target, before);
    return { deleted, isInterrupted: false };
  });
}

async function deleteBatch(client: Client, target: string, values: unknown[]): Promise<BatchOutcome> {
  const text = `
    WITH old AS (
      SELECT id, created_at FROM predictions WHERE created_at >= $1::timestamptz AND created_at < $2 AND ${target} IS NOT NULL
      ORDER BY created_at LIMIT $3
    ), gone AS (DELETE FROM predictions WHERE id IN (SELECT id FROM old) RETURNING id)
    SELECT count(*)::int AS found, (SELECT count(*) FROM gone)::int AS deleted, max(created_at)::text AS last FROM old`;
  return inTransaction(client, async () => {
    await client.query(LOCK);
    return (await client.query<BatchOutcome>(text, values)).rows[0]!;
  });
}

/** A row that arrives late meanwhile is waited for, and its minute stays. */
async function forgetEmptyMinutes(client: Client, target: string, before: Date): Promise<void> {
  const text = `
    DELETE FROM prediction_counts WHERE target = $1 AND minute < $2 AND (predictions, judged, correct) = (0, 0, 0)`;
  await inTransaction(client, () => client.query(text, [target, before]));
}
