/**
 * Products of a design matrix with several vectors at once, for some of its rows.
 *
 * The inner loops take four columns and two vectors: each number that is loaded is used several times, and the eight sums fit the
 * registers. That takes half the time of one sum after another.
 */
import type { DesignMatrix } from '../design-matrix.ts';
import { addColumns, addLevels } from './column-products.ts';
import { addLevelSums, addSums } from './column-sums.ts';

/** Rows in a row: those from `first` to `end - 1`. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** `count` vectors in one array, `stride` apart from `offset` on. */
export interface Vectors {
  readonly values: Float64Array;
  readonly offset: number;
  readonly stride: number;
  readonly count: number;
}

/**
 * Sums of few levels are kept in four copies, one behind the other, and rows go to them in turn: an addition to the sum that the row
 * before changed would wait for it.
 */
export const SUM_COPIES = 4;

/**
 * Adds the product with each vector of coefficients.
 *
 * @param out receives for each vector one sum a row, the first row of the range at its beginning.
 */
export function addProducts({ dense, oneHot }: DesignMatrix, range: RowRange, coefficients: Vectors, out: Vectors): void {
  for (let index = 0; index < dense.length; index += 4) {
    for (let vector = 0; vector < out.count; vector += 2) addColumns(dense, index, range, coefficients, out, vector);
  }
  for (let index = 0; index < oneHot.length; index += 4) {
    for (let vector = 0; vector < out.count; vector++) addLevels(oneHot, index, range, coefficients, out, vector);
  }
}

/**
 * Adds the product of the transpose with each vector.
 *
 * @param vectors hold one number a row, that of the first row of the range at their beginning.
 * @param sums receive one sum for each column.
 * @param copy distance of the copies of the sums, or 0 for one.
 * @param firstDense dense columns before it are left out.
 */
export function addTransposedProducts(
  { dense, oneHot }: DesignMatrix,
  range: RowRange,
  vectors: Vectors,
  sums: Vectors,
  copy: number,
  firstDense = 0,
): void {
  for (let index = firstDense; index < dense.length; index += 4) {
    for (let vector = 0; vector < vectors.count; vector += 2) addSums(dense, index, range, vectors, sums, vector);
  }
  for (const columns of oneHot) {
    for (let vector = 0; vector < vectors.count; vector++) addLevelSums(columns, range, vectors, sums, vector, copy);
  }
}

/** Adds up the copies into the first, and gives that. */
export function sumCopies(sums: Float64Array): Float64Array {
  const size = sums.length / SUM_COPIES;
  for (let index = 0; index < size; index++) {
    sums[index]! += sums[index + size]! + (sums[index + 2 * size]! + sums[index + 3 * size]!);
  }
  return sums.subarray(0, size);
}
