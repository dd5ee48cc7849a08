/** The reference's side of a numeric column. */
import type { Times } from './distribution.ts';

/** Distribution of a numeric column's reference values. */
export interface ReferenceValues {
  /** Distinct values, ascending. */
  readonly values: Float64Array;
  /** How many reference values are at most `values[i]`. */
  readonly cumulative: Float64Array;
  readonly count: number;
  /** Of the population, not of a sample: the sum of squares is divided by the count, as `numpy.std` does. */
  readonly standardDeviation: number;
}

/** Sorts and counts the values; at least one, all finite. */
export function referenceValues(numbers: readonly number[]): ReferenceValues {
  const sorted = Float64Array.from(numbers).sort();
  const values = sorted.filter((value, index) => value !== sorted[index + 1]);
  const cumulative = new Float64Array(values.length);
  let place = 0;
  for (let index = 0; index < values.length; index++) {
    while (sorted[place]! <= values[index]!) place++;
    cumulative[index] = place;
  }
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sorted.length;
  return { values, cumulative, count: sorted.length, standardDeviation: Math.sqrt(variance) };
}

/** Distinct values, ascending, and how often each is there. */
export function timesOfReference({ values, cumulative }: ReferenceValues): Times[] {
  return [...values].map((value, index) => [value, cumulative[index]! - (cumulative[index - 1] ?? 0)]);
}
