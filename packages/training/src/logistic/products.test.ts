import { describe, expect, it } from 'vitest';
import { type DesignMatrix, expandRow } from '../design-matrix.ts';
import { createGram } from './gram.ts';
import { addProducts, addTransposedProducts, SUM_COPIES, sumCopies } from './products.ts';

const ROWS = 23;

/** Dense columns and categories without indicators side by side. */
function createMatrix(denseCount: number, levelCounts: readonly number[]): DesignMatrix {
  const dense = Array.from({ length: denseCount }, (_, column) => ({
    column,
    values: Float64Array.from({ length: ROWS }, (__, row) => Math.sin(7 * row + 3 * column)),
  }));
  let column = denseCount;
  const oneHot = levelCounts.map((levelCount, index) => {
    const codes = Uint16Array.from({ length: ROWS }, (_, row) => (row * (index + 2) + (row >> 1)) % levelCount);
    column += levelCount;
    return { column: column - levelCount, codes, levelCount, fill: undefined };
  });
  return { rowCount: ROWS, columnCount: column, dense, oneHot };
}

// Dense columns around the blocks of four, vectors around the blocks of two.
const SHAPES = [0, 1, 4, 7].flatMap((dense) => [1, 2, 3].map((count): [number, number] => [dense, count]));
const RANGE = { first: 5, end: 20 };

describe.each(SHAPES)('products with %d dense columns and %d vectors', (denseCount, count) => {
  const design = createMatrix(denseCount, [2, 5]);
  const { columnCount } = design;
  const rows = Array.from({ length: ROWS }, (_, row) => expandRow(design, row));

  it('equal those of the rows written out', () => {
    const coefficients = Float64Array.from({ length: count * columnCount + 1 }, (_, index) => Math.cos(index));
    const out = new Float64Array(count * 16).fill(1);
    addProducts(
      design,
      RANGE,
      { values: coefficients, offset: 1, stride: columnCount, count },
      { values: out, offset: 0, stride: 16, count },
    );
    for (let vector = 0; vector < count; vector++) {
      for (let row = RANGE.first; row < RANGE.end; row++) {
        const expected = rows[row]!.reduce((sum, value, at) => sum + value * coefficients[1 + vector * columnCount + at]!, 1);
        expect(out[vector * 16 + row - RANGE.first]).toBeCloseTo(expected, 12);
      }
      expect(out[vector * 16 + 15]).toBe(1);
    }
  });

  it('of the transpose equal those of the rows written out, in one copy or four', () => {
    const vectors = Float64Array.from({ length: count * 16 }, (_, index) => Math.cos(index));
    const size = count * columnCount;
    const expected = Array.from({ length: size }, (_, index) => {
      const [vector, column] = [Math.floor(index / columnCount), index % columnCount];
      let sum = 0;
      for (let row = RANGE.first; row < RANGE.end; row++) sum += rows[row]![column]! * vectors[vector * 16 + row - RANGE.first]!;
      return sum;
    });
    for (const copy of [0, size]) {
      const values = new Float64Array(SUM_COPIES * size);
      const sums = { values, offset: 0, stride: columnCount, count };
      addTransposedProducts(design, RANGE, { values: vectors, offset: 0, stride: 16, count }, sums, copy);
      sumCopies(values).forEach((sum, index) => {
        expect(sum).toBeCloseTo(expected[index]!, 12);
      });
    }
  });

  it('make a Gram matrix, summed up range by range', () => {
    const gram = createGram(design);
    const weights = Float64Array.from({ length: ROWS }, (_, row) => 1 + (row % 3));
    gram.add({ first: 0, end: 9 }, weights.subarray(0, 9));
    gram.add({ first: 9, end: ROWS }, weights.subarray(9));
    const width = columnCount + 1;
    gram.sum().forEach((value, index) => {
      const [first, second] = [Math.floor(index / width), index % width];
      let sum = 0;
      rows.forEach((row, at) => {
        sum += weights[at]! * [...row, 1][first]! * [...row, 1][second]!;
      });
      expect(value).toBeCloseTo(sum, 10);
    });
  });
});

it('a Gram matrix counts a missing level for its stand-in and its indicator', () => {
  const category = { column: 0, codes: Uint16Array.of(0, 1, 2, 2), levelCount: 2, fill: 1 };
  const gram = createGram({ rowCount: 4, columnCount: 3, dense: [], oneHot: [category] });
  gram.add({ first: 0, end: 4 }, Float64Array.of(1, 1, 1, 1));
  expect([...gram.sum()]).toEqual([1, 0, 0, 1, 0, 3, 2, 3, 0, 2, 2, 2, 1, 3, 2, 4]);
});
