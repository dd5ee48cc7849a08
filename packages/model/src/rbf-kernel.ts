/** The radial basis function kernel between one row and all support vectors. */
import { expNegative } from './exponential.ts';

/** Columns that one pass over the vectors takes; keeping them in registers halves the time of a loop over each vector's columns. */
const BLOCK = 4;

/** Writes `exp(-gamma * |row - vector|²)` for each vector to `out`. `row` has `paddedSize(columns)` entries, 0 after the last column. */
export type Kernel = (row: Float64Array, out: Float64Array) => void;

/** Length of a row that fills whole blocks. */
export function paddedSize(columns: number): number {
  return Math.ceil(columns / BLOCK) * BLOCK;
}

/**
 * Builds the kernel.
 *
 * @param vectors `count` × `columns`, row-major.
 * @param columns columns of a vector, at least 1.
 * @param gamma kernel width, 0 or greater.
 */
export function createRbfKernel(vectors: Float64Array, columns: number, gamma: number): Kernel {
  const count = vectors.length / columns;
  const byColumn = transpose(vectors, columns, count);
  const size = paddedSize(columns);
  return function evaluate(row, out) {
    out.fill(0);
    for (let column = 0; column < size; column += BLOCK) addBlock(byColumn, row, column, out);
    for (let index = 0; index < count; index++) out[index] = expNegative(gamma * out[index]!);
  };
}

/** Column-major, with columns of zeros up to a whole block: they add nothing to a distance. */
function transpose(vectors: Float64Array, columns: number, count: number): Float64Array {
  const byColumn = new Float64Array(paddedSize(columns) * count);
  for (let index = 0; index < count; index++) {
    for (let column = 0; column < columns; column++) byColumn[column * count + index] = vectors[index * columns + column]!;
  }
  return byColumn;
}

/** Adds the squared differences of four columns to `out`. */
function addBlock(byColumn: Float64Array, row: Float64Array, column: number, out: Float64Array): void {
  const count = out.length;
  const first = column * count;
  const second = first + count;
  const third = second + count;
  const fourth = third + count;
  const x0 = row[column]!;
  const x1 = row[column + 1]!;
  const x2 = row[column + 2]!;
  const x3 = row[column + 3]!;
  for (let index = 0; index < count; index++) {
    const d0 = x0 - byColumn[first + index]!;
    const d1 = x1 - byColumn[second + index]!;
    const d2 = x2 - byColumn[third + index]!;
    const d3 = x3 - byColumn[fourth + index]!;
    out[index]! += d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
  }
}
