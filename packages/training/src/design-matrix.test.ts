import { describe, expect, it } from 'vitest';
import { createDesign, expandRow, joinFills, selectDesign, shareFills } from './design-matrix.ts';
import { fitInputs } from './inputs.ts';

const MISSING = Number.NaN;

// A number with a gap, a category with a gap, a category without.
const COLUMNS = [Float64Array.of(1, MISSING, 3, 8), Float64Array.of(0, 1, MISSING, 1), Float64Array.of(1, 0, 0, 1)];
const ROWS = { columns: COLUMNS, labels: Int32Array.of(0, 1, 0, 1), levelCounts: [0, 2, 2] };

function create() {
  return createDesign(ROWS, fitInputs(ROWS));
}

describe('createDesign', () => {
  it('expands column by column, an indicator directly behind, only numbers standardized', () => {
    const { design, scaler } = create();
    const deviation = Math.sqrt((2.75 ** 2 + 0.75 ** 2 + 0.75 ** 2 + 4.25 ** 2) / 4);
    expect(scaler).toEqual({ mean: [3.75, 0, 0, 0, 0, 0, 0], scale: [deviation, 1, 1, 1, 1, 1, 1] });
    expect([0, 1, 2, 3].map((row) => expandRow(design, row))).toEqual([
      [-2.75 / deviation, 0, 1, 0, 0, 0, 1],
      [-0.75 / deviation, 1, 0, 1, 0, 1, 0],
      [-0.75 / deviation, 0, 0, 1, 1, 1, 0],
      [4.25 / deviation, 0, 0, 1, 0, 0, 1],
    ]);
  });

  it('brings a number to mean 0 and variance 1', () => {
    const values = Float64Array.from({ length: 50 }, (_, row) => (row * 37) % 11);
    const rows = { columns: [values], labels: new Int32Array(50), levelCounts: [0] };
    const [column] = createDesign(rows, fitInputs(rows)).design.dense;
    expect(column!.values.reduce((sum, value) => sum + value) / 50).toBeCloseTo(0, 12);
    expect(column!.values.reduce((sum, value) => sum + value ** 2, 0) / 50).toBeCloseTo(1, 12);
  });

  it('gives a constant number scale 1, and refuses one that no model tells apart', () => {
    const rows = (...values: number[]) => ({
      columns: [Float64Array.from(values)],
      labels: new Int32Array(values.length),
      levelCounts: [0],
    });
    const constant = rows(0.1, 0.1, 0.1);
    expect(createDesign(constant, fitInputs(constant)).scaler.scale).toEqual([1]);
    const tiny = rows(1e-60, 2e-60);
    expect(() => createDesign(tiny, fitInputs(tiny))).toThrow('the values of column 0 differ by less than 1e-50');
  });
});

describe('a missing level', () => {
  it('counts for its stand-in and its indicator, both ways', () => {
    const { design } = create();
    const coefficients = Float64Array.of(10, 20, 30, 40, 50, 60, 70);
    const expected = [0, 1, 2, 3].map((row) =>
      expandRow(design, row).reduce((sum, value, at) => sum + value * coefficients[at]!, 0),
    );
    const joined = coefficients.slice();
    joinFills(design, joined, 0);
    const scores = [0, 1, 2, 3].map((row) => {
      const dense = design.dense.reduce((sum, { column, values }) => sum + joined[column]! * values[row]!, 0);
      return design.oneHot.reduce((sum, { column, codes }) => sum + joined[column + codes[row]!]!, dense);
    });
    scores.forEach((score, row) => {
      expect(score).toBeCloseTo(expected[row]!, 12);
    });
    const sums = Float64Array.of(0, 0, 1, 2, 5, 0, 0);
    shareFills(design, sums, 0);
    expect([...sums]).toEqual([0, 0, 1, 7, 5, 0, 0]);
  });
});

it('selectDesign takes rows in the given order', () => {
  const { design } = create();
  const selected = selectDesign(design, [3, 0]);
  expect(selected.rowCount).toBe(2);
  expect([0, 1].map((row) => expandRow(selected, row))).toEqual([3, 0].map((row) => expandRow(design, row)));
});
