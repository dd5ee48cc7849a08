/** The target's name as a column of the table. */
import { createHash } from 'node:crypto';
import { escapeIdentifier } from 'pg';
import { PredictionLogError } from '../errors.ts';
import { MAX_NAME_BYTES, TAKEN_NAMES } from './columns.ts';

/**
 * The quoted identifier of the target's column.
 *
 * @throws {PredictionLogError} `PREDICTION_LOG_TARGET_INVALID` for a name that is empty, too long, holds NUL, or is another column's
 */
export function targetColumn(target: string): string {
  const bytes = Buffer.byteLength(target);
  if (bytes === 0 || bytes > MAX_NAME_BYTES || target.includes('\0') || TAKEN_NAMES.includes(target)) {
    const detail = `target "${target.slice(0, 80)}" cannot be a column: 1 to ${MAX_NAME_BYTES} bytes, and none of ${TAKEN_NAMES.join(', ')}`;
    throw new PredictionLogError('PREDICTION_LOG_TARGET_INVALID', detail);
  }
  return escapeIdentifier(target);
}

/** Name of what the database has for each target, such as a function: a target's own name may be as long as an identifier can be. */
export function nameForTarget(prefix: string, targetName: string): string {
  return `${prefix}_${createHash('sha256').update(targetName).digest('hex').slice(0, 16)}`;
}
