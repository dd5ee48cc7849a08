import { describe, expect, it } from 'vitest';
import { fitInputs } from './inputs.ts';

const MISSING = Number.NaN;

describe('fitInputs', () => {
  it('fills numbers by their median and levels by the most frequent one, the lowest among equals', () => {
    const columns = [Float64Array.of(5, MISSING, 1, 2, 100), Float64Array.of(2, 1, MISSING, 1, 2)];
    expect(fitInputs({ columns, levelCounts: [0, 3] })).toEqual({
      levelCounts: [0, 3],
      fills: [3.5, 1],
      indicators: [true, true],
    });
  });

  it('has a stand-in also where no row misses a value, but no indicator', () => {
    const columns = [Float64Array.of(3, 1, 2), Float64Array.of(1, 1, 0)];
    expect(fitInputs({ columns, levelCounts: [0, 2] })).toEqual({
      levelCounts: [0, 2],
      fills: [2, 1],
      indicators: [false, false],
    });
  });

  it('gives none for numbers that are never missing', () => {
    const columns = [Float64Array.of(3, 1, 2)];
    expect(fitInputs({ columns, levelCounts: [0] })).toBeUndefined();
    expect(fitInputs({ columns, levelCounts: [0], mayBeMissing: [false] })).toBeUndefined();
  });

  it('has stand-ins for a fold without the gaps of the other rows', () => {
    const columns = [Float64Array.of(3, 1, 2)];
    expect(fitInputs({ columns, levelCounts: [0], mayBeMissing: [true] })).toEqual({
      levelCounts: [0],
      fills: [2],
      indicators: [false],
    });
  });

  it('fills a column without any value with 0', () => {
    const columns = [Float64Array.of(MISSING, MISSING), Float64Array.of(MISSING, MISSING)];
    expect(fitInputs({ columns, levelCounts: [0, 2] })).toMatchObject({ fills: [0, 0], indicators: [true, true] });
  });

  it('leaves the rows alone', () => {
    const column = Float64Array.of(9, MISSING, 1);
    fitInputs({ columns: [column], levelCounts: [0] });
    expect([...column]).toEqual([9, MISSING, 1]);
  });
});
