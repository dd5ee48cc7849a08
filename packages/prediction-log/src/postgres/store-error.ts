/** What an error of PostgreSQL or of the way to it means for the log. */
import { DatabaseError } from 'pg';
import { PredictionLogError } from '../errors.ts';

/**
 * SQLSTATE classes that speak of the rows and not of the server: 22 data exception (NUL in JSON), 23 integrity constraint violation,
 * 54 program limit exceeded (an index entry too long). All others pass: connection (08), resources (53), shutdown (57), read-only
 * standby (25006), rights and missing tables (28, 42), which someone can put right while rows wait.
 */
const ROW_FAULT_CLASSES = new Set(['22', '23', '54']);

/** The error to throw; its code says whether trying again can help. */
export function storeError(cause: unknown): PredictionLogError {
  if (cause instanceof PredictionLogError) return cause;
  const state = cause instanceof DatabaseError ? cause.code : undefined;
  const message = cause instanceof Error ? describe(cause) : String(cause);
  if (state !== undefined && ROW_FAULT_CLASSES.has(state.slice(0, 2))) {
    return new PredictionLogError('PREDICTION_LOG_REFUSED', `PostgreSQL refuses these rows: ${message} (${state})`, { cause });
  }
  return new PredictionLogError('PREDICTION_LOG_UNAVAILABLE', `PostgreSQL is unavailable: ${message}`, { cause });
}

/** The error of a table that cannot be brought into shape: no row's fault whatever its SQLSTATE, so that rows wait until someone helps. */
export function migrationError(cause: unknown): PredictionLogError {
  const { message } = storeError(cause);
  return new PredictionLogError('PREDICTION_LOG_UNAVAILABLE', `the table predictions cannot be prepared: ${message}`, { cause });
}

/** A host with several addresses gives an AggregateError whose own message is empty. */
function describe(error: Error): string {
  const first = error instanceof AggregateError ? (error.errors[0] as unknown) : undefined;
  return error.message || (first instanceof Error ? first.message : error.name);
}
