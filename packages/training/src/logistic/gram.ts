/** Weighted Gram matrix of a design matrix with an intercept: what the curvature of a linear model's loss is made of. */
import type { DenseColumn, DesignMatrix, OneHotColumns } from '../design-matrix.ts';
import { BLOCK_ROWS } from './links.ts';
import { addTransposedProducts, type RowRange } from './products.ts';
import { sumAt } from './vectors.ts';

/** Multiplications that adding one row costs. */
export function gramCost({ dense, oneHot }: DesignMatrix): number {
  return (
    (dense.length * (dense.length + 1)) / 2 + (dense.length + 1) * (oneHot.length + 1) + (oneHot.length * (oneHot.length + 1)) / 2
  );
}

/** A Gram matrix that is being summed up, block by block of rows. */
export interface Gram {
  /** Adds Σ weight × row × rowᵀ over some rows, each row with a 1 behind its columns; the weights stand from 0 on. */
  add(range: RowRange, weights: Float64Array): void;
  /** The sum: square, row-major, one wider than the design matrix. */
  sum(): Float64Array;
}

/** Begins a Gram matrix. */
export function createGram(design: DesignMatrix): Gram {
  const { dense, oneHot, columnCount } = design;
  const width = columnCount + 1;
  const sums = new Float64Array(width * width);
  const weighted = new Float64Array(2 * BLOCK_ROWS);

  function add(range: RowRange, weights: Float64Array): void {
    for (let index = 0; index < dense.length; index += 2) {
      const count = Math.min(2, dense.length - index);
      weighColumns(dense, index, range, weights, weighted);
      const offset = dense[index]!.column * width;
      const stride = count === 2 ? dense[index + 1]!.column * width - offset : 0;
      const vectors = { values: weighted, offset: 0, stride: BLOCK_ROWS, count };
      addTransposedProducts(design, range, vectors, { values: sums, offset, stride, count }, 0, index);
    }
    const last = { values: sums, offset: columnCount * width, stride: 0, count: 1 };
    addTransposedProducts(design, range, { values: weights, offset: 0, stride: 0, count: 1 }, last, 0);
    sums[width * width - 1]! += sumAt(weights, 0, range.end - range.first);
    addLevelPairs(oneHot, range, weights, sums, width);
  }

  function sum(): Float64Array {
    const gram = sums.slice();
    mirror(gram, width);
    for (const one of oneHot) {
      if (one.fill === undefined) continue;
      const [fill, indicator] = [one.column + one.fill, one.column + one.levelCount];
      for (let index = 0; index < width; index++) gram[fill * width + index]! += gram[indicator * width + index]!;
      for (let index = 0; index < width; index++) gram[index * width + fill]! += gram[index * width + indicator]!;
    }
    return gram;
  }

  return { add, sum };
}

/** Two columns from `index` on times the weights; behind the last column there is nothing. */
function weighColumns(
  dense: readonly DenseColumn[],
  index: number,
  { first, end }: RowRange,
  weights: Float64Array,
  out: Float64Array,
): void {
  for (let place = 0; place < 2 && index + place < dense.length; place++) {
    const { values } = dense[index + place]!;
    const start = place * BLOCK_ROWS - first;
    for (let row = first; row < end; row++) out[start + row] = weights[row - first]! * values[row]!;
  }
}

/** Adds the weight of each row where its level of one category meets that of another, or of the same. */
function addLevelPairs(
  oneHot: readonly OneHotColumns[],
  { first, end }: RowRange,
  weights: Float64Array,
  sums: Float64Array,
  width: number,
): void {
  const count = oneHot.length;
  const places = new Int32Array(count);
  for (let row = first; row < end; row++) {
    for (let index = 0; index < count; index++) places[index] = oneHot[index]!.column + oneHot[index]!.codes[row]!;
    const weight = weights[row - first]!;
    for (let index = 0; index < count; index++) {
      const start = places[index]! * width;
      for (let other = index; other < count; other++) sums[start + places[other]!]! += weight;
    }
  }
}

/** Of two entries that mirror each other at least one holds the sum, the other the same or nothing. */
function mirror(gram: Float64Array, width: number): void {
  for (let row = 0; row < width; row++) {
    for (let column = 0; column < row; column++) {
      const value = gram[row * width + column]! || gram[column * width + row]!;
      gram[row * width + column] = value;
      gram[column * width + row] = value;
    }
  }
}
