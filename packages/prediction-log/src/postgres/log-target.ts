/** The name under which the prediction log keeps a dataset's label: its target, unless that cannot be a column of the log. */
import { createHash } from 'node:crypto';
import { MAX_NAME_BYTES, TAKEN_NAMES } from './columns.ts';

const KEPT_CHARS = 12;
const HASH_DIGITS = 8;

/**
 * Gives the column's name: the same for the same target, for ever.
 *
 * @returns the target, `predicted_model` for one that is called as a column of the log, or the beginning of a long one with a hash of it.
 */
export function logTarget(target: string): string {
  if (TAKEN_NAMES.includes(target)) return `predicted_${target}`;
  if (Buffer.byteLength(target) <= MAX_NAME_BYTES) return target;
  const digits = createHash('sha256').update(target).digest('hex').slice(0, HASH_DIGITS);
  return `${[...target].slice(0, KEPT_CHARS).join('')}_${digits}`;
}
