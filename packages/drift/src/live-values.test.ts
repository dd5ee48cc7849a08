import { describe, expect, it } from 'vitest';
import references from './fixtures/scipy-references.json' with { type: 'json' };
import { LiveValues } from './live-values.ts';
import { referenceValues } from './reference-values.ts';

function live(reference: readonly number[], values: readonly number[], maxDistinct = 5000): LiveValues {
  const column = new LiveValues(referenceValues(reference), maxDistinct);
  for (const value of values) column.add(value);
  return column;
}

/** Without randomness: a sequence that fills [0, 1) evenly, but not in order. */
const scattered = (count: number, step: number) => Array.from({ length: count }, (_, index) => (index * step) % 1);

describe('LiveValues', () => {
  it.each(references.samples)(
    'has the same statistic in cells as by value, and the distance within the error it states',
    (own) => {
      const cells = live(own.reference, own.current, 0);
      expect(cells.ks().statistic).toBeCloseTo(own.statistic, 14);
      const { distance, error } = cells.wasserstein();
      expect(Math.abs(distance - own.wasserstein)).toBeLessThanOrEqual(error + 1e-12);
    },
  );

  it('is exact in cells where the live function crosses no flat part of the reference', () => {
    const shifted = scattered(3000, 0.618034).map((value) => value + 5);
    const exact = live([0, 0.5, 1], shifted).wasserstein();
    const inCells = live([0, 0.5, 1], shifted, 10).wasserstein();
    expect(inCells.error).toBe(0);
    expect(inCells.distance).toBeCloseTo(exact.distance, 12);
  });

  it('turns to cells beyond the bound, and keeps what it has counted', () => {
    const reference = scattered(1000, 0.754877);
    const values = scattered(20_000, 0.618034);
    const [bounded, whole] = [live(reference, values, 100), live(reference, values, values.length)];
    expect(bounded.ks()).toEqual(whole.ks());
    const { distance, error } = bounded.wasserstein();
    expect(whole.wasserstein().error).toBe(0);
    expect(Math.abs(distance - whole.wasserstein().distance)).toBeLessThanOrEqual(error);
    // A standard deviation is 0.29: far below what an alarm needs.
    expect(error).toBeLessThan(0.001);
  });

  it('takes 0 and -0 for the same, and values beyond all of the reference', () => {
    for (const maxDistinct of [0, 10]) {
      const column = live([0, 1], [-0, 0, -3, 5], maxDistinct);
      expect(column.ks()).toEqual({ statistic: 0.25, count: 4 });
      expect(column.wasserstein().distance).toBe(2);
    }
  });
});
