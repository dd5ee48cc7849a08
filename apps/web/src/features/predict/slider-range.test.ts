import { describe, expect, it } from 'vitest';
import type { NumericFeature } from '../../lib/api/types.ts';
import { sliderRange } from './slider-range.ts';

const feature = (observed: [number, number], plausible: [number, number], unit = 'cm'): NumericFeature => ({
  kind: 'numeric',
  name: 'x',
  unit,
  observed: { min: observed[0], max: observed[1] },
  plausible: { min: plausible[0], max: plausible[1] },
});

describe('sliderRange', () => {
  it('goes beyond what was observed, by whole steps, and marks it', () => {
    const { min, max, observedFrom, observedTo } = sliderRange(feature([2, 7], [0, 20]));
    expect([min, max]).toEqual([1, 8]);
    expect(observedFrom).toBeCloseTo(100 / 7);
    expect(observedTo).toBeCloseTo(600 / 7);
  });

  it('ends where values stop being plausible', () => {
    expect(sliderRange(feature([0, 50], [0, 51], '1'))).toMatchObject({ min: 0, max: 51, observedFrom: 0 });
  });

  it('has some way to go around a single observed value', () => {
    expect(sliderRange(feature([5, 5], [0, 10]))).toEqual({ min: 4, max: 6, observedFrom: 50, observedTo: 50 });
  });

  it('does not divide by the width of a range that is a point', () => {
    expect(sliderRange(feature([5, 5], [5, 5]))).toEqual({ min: 5, max: 5, observedFrom: 0, observedTo: 0 });
  });
});
