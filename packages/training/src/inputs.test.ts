import { describe, expect, it } from 'vitest';
import { expandRows, fitInputs } from './inputs.ts';
import type { TrainingRows } from './rows.ts';

const ROWS: TrainingRows = {
  columns: [Float64Array.of(1, Number.NaN, 4, 2), Float64Array.of(2, 2, 0, Number.NaN)],
  labels: Int32Array.of(0, 1, 0, 1),
  levelCounts: [0, 3],
  classCount: 2,
};

describe('fitInputs', () => {
  it('gives the median, the most frequent level, and an indicator where values are missing', () => {
    expect(fitInputs(ROWS)).toEqual({ levelCounts: [0, 3], fills: [2, 2], indicators: [true, true] });
  });

  it('takes the mean of the two in the middle of an even number', () => {
    const columns = [Float64Array.of(1, 10, 4, 2), ROWS.columns[1]!];
    expect(fitInputs({ ...ROWS, columns })).toMatchObject({ fills: [3, 2], indicators: [false, true] });
  });

  it('gives none for numbers without a missing value', () => {
    expect(fitInputs({ ...ROWS, columns: [Float64Array.of(1, 2, 3, 4)], levelCounts: [0] })).toBeUndefined();
  });
});

describe('expandRows', () => {
  it('gives each level a column, fills in what is missing and says so', () => {
    const { features, inputSize } = expandRows(ROWS, fitInputs(ROWS));
    expect(inputSize).toBe(6);
    expect([...features.subarray(0, 6)]).toEqual([1, 0, 0, 0, 1, 0]);
    expect([...features.subarray(6, 12)]).toEqual([2, 1, 0, 0, 1, 0]);
    expect([...features.subarray(18, 24)]).toEqual([2, 0, 0, 0, 1, 1]);
  });
});
