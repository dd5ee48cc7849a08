/** What an error of PostgreSQL, of a pooler or of the way to it means for the log, and its cure in one line. */
import { DatabaseError } from 'pg';
import { PredictionLogError } from '../errors.ts';
import { cureOf } from './cures.ts';

/** SQLSTATE classes that may speak of a row: 22 data exception (NUL in JSON), 54 program limit exceeded (an index entry too long). */
const ROW_FAULT_CLASSES = new Set(['22', '54']);
/** What a table of another shape says: a text or number too large for its column, a sequence at its end, a type or a view's check. */
const TABLE_FAULTS = new Set(['22001', '22003', '2200H', '42804', '44000']);

/**
 * The error to throw; its code says whether trying again can help.
 *
 * Only what may be the row's own fault is `REFUSED`. All others pass while rows wait: connection (08) and pooler, resources (53), shutdown
 * (57), a read-only standby (25006), rights and missing tables (28, 42), and constraints (23), which are the table's.
 */
export function storeError(cause: unknown): PredictionLogError {
  if (cause instanceof PredictionLogError) return cause;
  const state = cause instanceof DatabaseError ? cause.code : undefined;
  if (isRowFault(state)) {
    return new PredictionLogError('PREDICTION_LOG_REFUSED', `PostgreSQL refuses these rows: ${describe(cause)} (${state})`, {
      cause,
    });
  }
  if (state !== undefined && (state.startsWith('23') || TABLE_FAULTS.has(state))) return tableError(cause);
  return new PredictionLogError('PREDICTION_LOG_UNAVAILABLE', `PostgreSQL is unavailable: ${explain(cause)}`, { cause });
}

/** The error of rows that this table refuses, as it would refuse any others: they wait until someone has changed it. */
export function tableError(cause: unknown): PredictionLogError {
  const original = cause instanceof PredictionLogError ? cause.cause : cause;
  return new PredictionLogError('PREDICTION_LOG_UNAVAILABLE', `the table predictions takes no rows: ${explain(original)}`, {
    cause: original,
  });
}

/** The error of a table that cannot be brought into shape: no row's fault whatever its SQLSTATE, so that rows wait until someone helps. */
export function migrationError(cause: unknown): PredictionLogError {
  if (cause instanceof PredictionLogError && !cause.transient) return cause;
  const detail = cause instanceof PredictionLogError ? cause.message : explain(cause);
  return new PredictionLogError('PREDICTION_LOG_UNAVAILABLE', `the table predictions cannot be prepared: ${detail}`, {
    cause,
  });
}

function isRowFault(state: string | undefined): boolean {
  return state !== undefined && ROW_FAULT_CLASSES.has(state.slice(0, 2)) && !TABLE_FAULTS.has(state);
}

/** The message in one line, with what helps where that is known. */
function explain(cause: unknown): string {
  const state = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  const cure = cureOf(state, cause instanceof Error ? cause.message : '');
  return cure === undefined ? describe(cause) : `${describe(cause)}; ${cure}`;
}

/** A host with several addresses gives an AggregateError whose own message is empty. */
function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const first = cause instanceof AggregateError ? (cause.errors[0] as unknown) : undefined;
  const message = cause.message || (first instanceof Error ? first.message : cause.name);
  return message.replaceAll(/\s*\n\s*/g, ' ');
}
