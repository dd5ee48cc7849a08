/** Points in time as callers write them. */
import { ApiError } from '../../errors.ts';

/** Their form: ISO 8601. */
export const INSTANT_PATTERN = '^\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:\\d\\d))?$';

/**
 * Reads a time in that form (a date alone is its midnight, UTC).
 *
 * @param pointer where it stands in the request.
 * @throws ApiError `VALIDATION_FAILED` for a day or a time of day that does not exist: `Date` reads 30 February as 2 March.
 */
export function readInstant(pointer: string, text: string): Date {
  const instant = new Date(text);
  const day = Number(text.slice(8, 10));
  const lastDay = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
  if (!Number.isNaN(instant.getTime()) && day <= lastDay) return instant;
  throw new ApiError('VALIDATION_FAILED', "The request's querystring is not valid.", [
    { pointer, detail: 'is no time that exists' },
  ]);
}
