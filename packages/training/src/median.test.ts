import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectMedian } from './median.ts';

describe('selectMedian', () => {
  it('is the middle of the sorted values, or the mean of both middles', () => {
    // Few values, so that equals are common.
    const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e50, max: 1e50, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (values) => {
        const sorted = Float64Array.from(values).toSorted();
        const [lower, upper] = [sorted[(values.length - 1) >> 1]!, sorted[values.length >> 1]!];
        expect(selectMedian(Float64Array.from(values))).toBe(values.length % 2 === 1 ? upper : lower / 2 + upper / 2);
      }),
    );
  });

  it('of nothing is 0', () => {
    expect(selectMedian(new Float64Array())).toBe(0);
  });

  it('of sorted, reversed and equal values is found in no more than linear time', () => {
    const count = 200_000;
    const shapes = [(row: number) => row, (row: number) => count - 1 - row, () => 7];
    const medians = shapes.map((shape) => selectMedian(Float64Array.from({ length: count }, (_, row) => shape(row))));
    expect(medians).toEqual([count / 2 - 0.5, count / 2 - 0.5, 7]);
  });
});
