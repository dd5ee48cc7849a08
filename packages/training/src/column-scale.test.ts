import { describe, expect, it } from 'vitest';
import { fitColumnScale } from './column-scale.ts';

describe('fitColumnScale', () => {
  it('gives mean and population standard deviation, as scikit-learn does', () => {
    expect(fitColumnScale(Float64Array.of(2, 6), 0)).toEqual({ mean: 4, scale: 2 });
  });

  it('gives a constant column scale 1, rounding errors of its mean notwithstanding', () => {
    expect(fitColumnScale(new Float64Array(11).fill(0.1), 0).scale).toBe(1);
    expect(fitColumnScale(new Float64Array(2), 0).scale).toBe(1);
  });

  it.each([1e-60, 1e-200])('refuses a column of numbers such as %s, which no model tells apart', (unit) => {
    expect(() => fitColumnScale(Float64Array.of(unit, 2 * unit), 1)).toThrow(
      'the values of column 1 differ by less than 1e-50: give them in a smaller unit',
    );
  });
});
