/** Questions to the prediction log, and what its errors mean to callers. */
import { PredictionLogError } from '@iris/prediction-log';
import type { PredictionLog } from '../../dependencies.ts';
import { ApiError } from '../../errors.ts';

/**
 * Asks the log.
 *
 * @throws ApiError `LOG_NOT_CONFIGURED` where there is none, `LOG_UNAVAILABLE`, or `VALIDATION_FAILED` for a question that it refuses
 */
export async function askLog<T>(log: PredictionLog | undefined, question: (log: PredictionLog) => Promise<T>): Promise<T> {
  if (!log) throw new ApiError('LOG_NOT_CONFIGURED', 'Predictions are not kept: set DATABASE_URL or PREDICTION_LOG=file:DIR.');
  try {
    return await question(log);
  } catch (error) {
    throw explain(error);
  }
}

function explain(error: unknown): unknown {
  if (!(error instanceof PredictionLogError)) return error;
  if (error.code === 'PREDICTION_LOG_QUERY_INVALID') return new ApiError('VALIDATION_FAILED', error.message);
  return new ApiError(
    'LOG_UNAVAILABLE',
    'The prediction log cannot be read now; predictions are still answered and kept for later.',
  );
}
