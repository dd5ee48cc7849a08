/** The target's name as a column of the table. */
import { escapeIdentifier } from 'pg';
import { PredictionLogError } from '../errors.ts';

/** Columns of every log, whatever the target. */
const OTHER_COLUMNS = [
  'id',
  'created_at',
  'request_id',
  'model',
  'version',
  'features',
  'probabilities',
  'instance',
  'feedback',
  'record_id',
];
/** NAMEDATALEN - 1: PostgreSQL would cut a longer name without a word. */
const MAX_IDENTIFIER_BYTES = 63;

/**
 * The quoted identifier of the target's column.
 *
 * @throws {PredictionLogError} `PREDICTION_LOG_TARGET_INVALID` for a name that is empty, too long, holds NUL, or is another column's
 */
export function targetColumn(target: string): string {
  const bytes = Buffer.byteLength(target);
  if (bytes === 0 || bytes > MAX_IDENTIFIER_BYTES || target.includes('\0') || OTHER_COLUMNS.includes(target)) {
    const detail = `target "${target.slice(0, 80)}" cannot be a column: 1 to ${MAX_IDENTIFIER_BYTES} bytes, and none of ${OTHER_COLUMNS.join(', ')}`;
    throw new PredictionLogError('PREDICTION_LOG_TARGET_INVALID', detail);
  }
  return escapeIdentifier(target);
}
