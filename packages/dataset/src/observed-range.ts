/** The observed range of a numeric column. */
import type { Range } from './schema.ts';

/** Smallest and largest of the values, NaN passed over; at least one is a number. */
export function observedRange(values: Iterable<number>): Range {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}
