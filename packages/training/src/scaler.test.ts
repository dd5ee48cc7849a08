import { describe, expect, it } from 'vitest';
import type { ExpandedRows } from './inputs.ts';
import { fitScaler, standardize } from './scaler.ts';

function rowsOf(features: readonly number[], inputSize: number): ExpandedRows {
  return { features: Float64Array.from(features), labels: new Int32Array(features.length / inputSize), inputSize, classCount: 2 };
}

describe('fitScaler', () => {
  it('gives mean and population standard deviation, as scikit-learn does', () => {
    expect(fitScaler(rowsOf([1, 2, 3, 6], 2))).toEqual({ mean: [2, 4], scale: [1, 2] });
  });

  it('gives a constant column scale 1, rounding errors of its mean notwithstanding', () => {
    expect(fitScaler(rowsOf(new Array(11).fill(0.1), 1)).scale).toEqual([1]);
    expect(fitScaler(rowsOf([0, 0], 1)).scale).toEqual([1]);
  });

  it.each([1e-60, 1e-200])('refuses a column of numbers such as %s, which no model tells apart', (unit) => {
    expect(() => fitScaler(rowsOf([1, unit, 2, 2 * unit], 2))).toThrow('the values of column 1 differ by less than 1e-50');
  });
});

describe('standardize', () => {
  it('brings every column to mean 0 and variance 1', () => {
    const rows = rowsOf([5, -3, 7, 4, 11, 4, 2, 0], 2);
    const { mean, scale } = fitScaler(standardize(rows, fitScaler(rows)));
    for (const value of mean) expect(value).toBeCloseTo(0, 12);
    for (const value of scale) expect(value).toBeCloseTo(1, 12);
  });
});
