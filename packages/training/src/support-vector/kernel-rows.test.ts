import { describe, expect, it } from 'vitest';
import { type DesignMatrix, expandRow } from '../design-matrix.ts';
import { createKernelRows } from './kernel-rows.ts';

const ROWS = 30;

const DESIGN: DesignMatrix = {
  rowCount: ROWS,
  columnCount: 11,
  dense: Array.from({ length: 6 }, (_, column) => ({
    column,
    values: Float64Array.from({ length: ROWS }, (__, row) => Math.sin(row * (column + 1))),
  })),
  oneHot: [
    // Code 2 is a missing value, for which level 1 stands in.
    { column: 6, codes: Uint16Array.from({ length: ROWS }, (_, row) => row % 3), levelCount: 2, fill: 1 },
    { column: 9, codes: Uint16Array.from({ length: ROWS }, (_, row) => (row >> 1) % 2), levelCount: 2, fill: undefined },
  ],
};

const EXPANDED = Array.from({ length: ROWS }, (_, row) => expandRow(DESIGN, row));

function kernelOf(row: number, other: number): number {
  return Math.exp(-0.3 * EXPANDED[row]!.reduce((sum, value, column) => sum + (value - EXPANDED[other]![column]!) ** 2, 0));
}

describe('kernel rows', () => {
  it('are the kernel of the expanded rows, as single floats', () => {
    const kernel = createKernelRows(DESIGN, 0.3);
    for (let row = 0; row < ROWS; row++) {
      kernel.row(row).forEach((value, other) => {
        expect(Math.abs(value - kernelOf(row, other))).toBeLessThan(1e-7);
      });
      expect(kernel.row(row)[row]).toBe(1);
    }
  });

  it('are computed once where the cache holds them', () => {
    const kernel = createKernelRows(DESIGN, 0.3);
    expect(kernel.row(4)).toBe(kernel.row(4));
  });

  it('give way to others where it does not, the two latest staying', () => {
    const kernel = createKernelRows(DESIGN, 0.3, 3 * 4 * ROWS);
    for (const [first, second] of [
      [0, 1],
      [1, 2],
      [3, 1],
      [0, 4],
      [1, 0],
    ] as const) {
      const [one, two] = [kernel.row(first), kernel.row(second)];
      expect(one[second]).toBeCloseTo(kernelOf(first, second), 6);
      expect(two[first]).toBeCloseTo(kernelOf(first, second), 6);
      expect(one[first]).toBe(1);
    }
  });
});
