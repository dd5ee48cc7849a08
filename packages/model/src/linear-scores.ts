/** Linear scores of rows: for each class an intercept and the weighted sum of the columns. */
import type { Scaler } from './scaler.ts';

/** Columns that one pass over the classes takes: read once into registers, not once for each class. */
const BLOCK = 4;

/** Writes one score per class for the row at `rows[offset…]` to `out[outOffset…]`. */
export type LinearScores = (rows: Float64Array, offset: number, out: Float64Array, outOffset: number) => void;

/**
 * Builds the scores of standardized columns.
 *
 * @param coefficients (number of classes) × (number of columns), row-major.
 * @param intercepts one for each class.
 */
export function createLinearScores(
  coefficients: Float64Array,
  intercepts: Float64Array,
  { mean, factors }: Scaler,
): LinearScores {
  const columns = mean.length;
  const classCount = intercepts.length;
  const blockEnd = columns - (columns % BLOCK);
  const weights = arrangeWeights(coefficients, factors, blockEnd);
  return function score(rows, offset, out, outOffset) {
    for (let index = 0; index < classCount; index++) out[outOffset + index] = intercepts[index]!;
    for (let column = 0; column < blockEnd; column += BLOCK) {
      const x0 = rows[offset + column]! - mean[column]!;
      const x1 = rows[offset + column + 1]! - mean[column + 1]!;
      const x2 = rows[offset + column + 2]! - mean[column + 2]!;
      const x3 = rows[offset + column + 3]! - mean[column + 3]!;
      let at = column * classCount;
      for (let index = 0; index < classCount; index++, at += BLOCK) {
        out[outOffset + index]! += weights[at]! * x0 + weights[at + 1]! * x1 + (weights[at + 2]! * x2 + weights[at + 3]! * x3);
      }
    }
    for (let column = blockEnd; column < columns; column++) {
      const x = rows[offset + column]! - mean[column]!;
      for (let index = 0; index < classCount; index++) out[outOffset + index]! += weights[column * classCount + index]! * x;
    }
  };
}

/** In the order of reading: block by block, in a block class by class; after the last whole block column by column. */
function arrangeWeights(coefficients: Float64Array, factors: Float64Array, blockEnd: number): Float64Array {
  const columns = factors.length;
  const classCount = coefficients.length / columns;
  const weights = new Float64Array(coefficients.length);
  for (let column = 0; column < columns; column++) {
    const place = column % BLOCK;
    for (let index = 0; index < classCount; index++) {
      const at = column < blockEnd ? (column - place) * classCount + index * BLOCK + place : column * classCount + index;
      weights[at] = coefficients[index * columns + column]! * factors[column]!;
    }
  }
  return weights;
}
