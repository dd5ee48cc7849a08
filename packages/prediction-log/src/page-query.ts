/** The checks of a page query that every adapter makes alike. */
import { PredictionLogError } from './errors.ts';
import type { PredictionPage, StoredPrediction } from './port.ts';

const MAX_LIMIT = 1000;

/** @throws {PredictionLogError} `PREDICTION_LOG_QUERY_INVALID` for a limit that is not a whole number from 1 to 1,000. */
export function assertLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return;
  throw new PredictionLogError('PREDICTION_LOG_QUERY_INVALID', `limit ${limit} is not a whole number from 1 to ${MAX_LIMIT}`);
}

/** The error for a cursor that no page gave. */
export function invalidCursor(cursor: string): PredictionLogError {
  return new PredictionLogError('PREDICTION_LOG_QUERY_INVALID', `"${cursor.slice(0, 100)}" is not a cursor of this log`);
}

/** Makes a page of up to `limit + 1` predictions, newest first: the one too many only tells that there is a next page. */
export function pageOf(predictions: readonly StoredPrediction[], limit: number): PredictionPage {
  const page = predictions.slice(0, limit);
  return { predictions: page, nextCursor: predictions.length > limit ? (page.at(-1)?.id ?? null) : null };
}
