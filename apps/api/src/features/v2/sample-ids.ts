/** The ids under which the samples of a request are kept: what comes in with one id, is judged sample by sample. */
import { ApiError } from '../../errors.ts';
import { MAX_REQUEST_ID_CHARS } from '../predict/schema.ts';

/**
 * Gives an id for each sample: the request's own for a single one, else with the sample's number behind it, from `id-0` on.
 *
 * @returns undefined when the request has no id: each sample gets one of ours.
 * @throws ApiError `VALIDATION_FAILED` for an id that leaves no place for the number.
 */
export function sampleIds(id: string | null | undefined, count: number): readonly string[] | undefined {
  if (!id) return undefined;
  if (count === 1) return [id];
  const longest = MAX_REQUEST_ID_CHARS - String(count - 1).length - 1;
  if (id.length > longest) {
    throw new ApiError('VALIDATION_FAILED', `the id of a request of ${count} samples must have at most ${longest} characters`);
  }
  return Array.from({ length: count }, (_, row) => `${id}-${row}`);
}
