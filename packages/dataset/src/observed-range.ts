/** The ranges of a numeric column. */
import type { Range } from './schema.ts';
import { MAX_MAGNITUDE } from './schema-document.ts';

/** How far the plausible range reaches beyond the observed one, in observed widths, where nobody says it. */
const PLAUSIBLE_WIDTHS = 10;

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

/** What a quantity may be where nobody says it. One that was never negative stays so: most measures are lengths, counts and durations. */
export function plausibleRange({ min, max }: Range): Range {
  const margin = PLAUSIBLE_WIDTHS * (max - min || Math.abs(max) || 1);
  const [low, high] = [Math.max(min - margin, -MAX_MAGNITUDE), Math.min(max + margin, MAX_MAGNITUDE)];
  return { min: min >= 0 ? Math.max(0, low) : low, max: high };
}
