/** How many rows a request may have. */
import { ApiError } from '../../errors.ts';
import { MAX_BATCH } from '../predict/schema.ts';

/** @throws ApiError `VALIDATION_FAILED` for none or too many. */
export function requireRowCount(count: number): void {
  if (count < 1 || count > MAX_BATCH) {
    throw new ApiError('VALIDATION_FAILED', `The number of rows must be from 1 to ${MAX_BATCH}.`);
  }
}
