/** How many versions of a registry stay. */
import { UsageError } from './usage-error.ts';

export const DEFAULT_KEEP = 10;
const MAX_KEEP = 1_000_000;

/** Parses `--keep`. @throws UsageError for what is no such number. */
export function parseKeep(word: string): number {
  const keep = /^\d+$/.test(word) ? Number(word) : Number.NaN;
  if (!(keep >= 1 && keep <= MAX_KEEP)) throw new UsageError(`--keep must be an integer from 1 to ${MAX_KEEP}, is "${word}"`);
  return keep;
}
