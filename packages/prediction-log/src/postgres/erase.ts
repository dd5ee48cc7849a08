/** Deletes one person's predictions, and keeps them from coming back. */
import { hashSql, isErasedSql, LOCK_ERASURES } from './erasures.ts';
import { inTransaction, type MaintenanceOptions, withClient } from './maintenance.ts';
import { targetColumn } from './target-column.ts';

/** Whose predictions go, and why. */
export interface ErasureRequest {
  readonly requestId: string;
  /** Who asked for it. */
  readonly requestedBy: string;
  readonly reason: string;
}

/** A row of the audit. It has no word of the predictions, and of the request id only the SHA-256 of its UTF-8 bytes, in hexadecimal. */
export interface Erasure {
  readonly erasureId: string;
  readonly target: string;
  readonly subjectHash: string;
  readonly requestedBy: string;
  readonly reason: string;
  /** ISO 8601. */
  readonly erasedAt: string;
  /** Predictions answered up to then are covered, also those that arrive later. ISO 8601. */
  readonly upTo: string;
  /** Rows deleted from the table at that moment. */
  readonly predictions: number;
}

const iso = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const COLUMNS = `erasure_id AS "erasureId", target, subject_hash AS "subjectHash", requested_by AS "requestedBy", reason,
  ${iso('erased_at')} AS "erasedAt", ${iso('up_to')} AS "upTo", predictions::float8 AS predictions`;

/**
 * Deletes all predictions with that request id, and writes the audit's row in the same transaction. Whoever adds rows waits meanwhile. Asking
 * again does no harm: it deletes what has come since, and is a row of the audit too.
 *
 * @throws {PredictionLogError} `PREDICTION_LOG_UNAVAILABLE` when it cannot be done now; nothing is changed then
 */
export function erasePredictions(
  { connectionString, target }: MaintenanceOptions,
  { requestId, requestedBy, reason }: ErasureRequest,
): Promise<Erasure> {
  const column = targetColumn(target);
  // Clocks of pods may be ahead of the server's: what it deletes, it covers.
  const text = `
    WITH gone AS (DELETE FROM predictions WHERE request_id = $1 AND ${column} IS NOT NULL RETURNING created_at)
    INSERT INTO prediction_erasures (target, subject_hash, requested_by, reason, erased_at, up_to, predictions)
    SELECT $2, ${hashSql('$1')}, $3, $4, clock_timestamp(), greatest(clock_timestamp(), max(created_at)), count(*) FROM gone
    RETURNING ${COLUMNS}`;
  return withClient(connectionString, (client) =>
    inTransaction(client, async () => {
      await client.query(LOCK_ERASURES);
      const { rows } = await client.query<Erasure>(text, [requestId, target, requestedBy, reason]);
      return rows[0]!;
    }),
  );
}

/** The audit of a target, oldest first. @throws {PredictionLogError} `PREDICTION_LOG_UNAVAILABLE` */
export function listErasures({ connectionString, target }: MaintenanceOptions): Promise<Erasure[]> {
  const text = `SELECT ${COLUMNS} FROM prediction_erasures WHERE target = $1 ORDER BY erased_at, erasure_id`;
  return withClient(connectionString, async (client) => {
    const { rows } = await inTransaction(client, () => client.query<Erasure>(text, [target]));
    return rows;
  });
}

/** What repeating changed. */
export interface RepeatedErasures {
  /** Rows of the audit that were not there. */
  readonly added: number;
  /** Predictions deleted. */
  readonly predictions: number;
}

/**
 * Repeats erasures after the database was restored from before them: adds rows of the audit that were kept elsewhere, and deletes every prediction
 * that any row of the audit covers. Reads the whole table: some seconds for a million rows.
 *
 * @throws {PredictionLogError} `PREDICTION_LOG_UNAVAILABLE`; what was added stays
 */
export function repeatErasures(
  { connectionString, target }: MaintenanceOptions,
  kept: readonly Erasure[],
): Promise<RepeatedErasures> {
  const add = `
    INSERT INTO prediction_erasures (erasure_id, target, subject_hash, requested_by, reason, erased_at, up_to, predictions)
    SELECT * FROM json_to_recordset($1) AS kept ("erasureId" uuid, target text, "subjectHash" text, "requestedBy" text, reason text,
                                                 "erasedAt" timestamptz, "upTo" timestamptz, predictions bigint)
    ON CONFLICT (erasure_id) DO NOTHING`;
  const erase = `
    DELETE FROM predictions USING prediction_erasures AS erasures
    WHERE ${targetColumn(target)} IS NOT NULL AND ${isErasedSql('predictions', 'erasures', target)}`;
  return withClient(connectionString, async (client) => {
    const added = await inTransaction(client, async () => {
      await client.query(LOCK_ERASURES);
      return client.query(add, [JSON.stringify(kept)]);
    });
    const erased = await inTransaction(client, () => client.query(erase));
    return { added: added.rowCount ?? 0, predictions: erased.rowCount ?? 0 };
  });
}
