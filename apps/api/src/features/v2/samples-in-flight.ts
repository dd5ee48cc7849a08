/** Bounds the samples whose answers are on their way: a compressed batch is a few hundred bytes, which no limit on bodies sees. */
import type { ServerResponse } from 'node:http';
import { ApiError } from '../../errors.ts';

/** Smaller requests are not counted: they cannot hurt, and are most of the traffic. */
const NEGLIGIBLE_SAMPLES = 100;

/** Holds a request's samples until its response closes, or throws `OVERLOADED`. */
export type AdmitSamples = (count: number, response: ServerResponse) => void;

/**
 * Makes the bound.
 *
 * @param limit samples of all counted requests together; a single one is always let in.
 */
export function boundSamplesInFlight(limit: number): AdmitSamples {
  let held = 0;
  return function admit(count, response) {
    if (count <= NEGLIGIBLE_SAMPLES) return;
    if (held > 0 && held + count > limit)
      throw new ApiError('OVERLOADED', 'Too many samples are being answered at once; try again.');
    held += count;
    response.once('close', () => {
      held -= count;
    });
  };
}
