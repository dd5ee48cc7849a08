/** A bound on how long a caller waits for a measurement. */
import { ApiError } from '../../errors.ts';

/**
 * What the measurement gives; it goes on when nobody waits any more.
 *
 * @throws ApiError `DRIFT_TIMEOUT` when it is not there in time, else what the measurement threw
 */
export async function withinSeconds<T>(seconds: number, measurement: Promise<T>): Promise<T> {
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(timeoutError(seconds)), 1000 * seconds);
  try {
    return await Promise.race([measurement, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function timeoutError(seconds: number): ApiError {
  return new ApiError('DRIFT_TIMEOUT', `The predictions were not read within ${seconds} s; ask again in a few seconds.`);
}
