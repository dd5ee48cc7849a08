/** The radial basis function kernel between one row and all support vectors. */
import { expNegative } from './exponential.ts';

/** Columns that one pass over the vectors takes; keeping them in registers halves the time of a loop over each vector's columns. */
const BLOCK = 4;

/** Writes `exp(-|row - vector|²)` for each vector to `out`. `row` has `paddedSize(columns)` entries, 0 after the last column. */
export type Kernel = (row: Float64Array, out: Float64Array) => void;

/** Length of a row that fills whole blocks. */
export function paddedSize(columns: number): number {
  return Math.ceil(columns / BLOCK) * BLOCK;
}

/**
 * Builds the kernel of width 1. Another gamma is a factor `sqrt(gamma)` on vectors and rows, which costs nothing for each pair of them.
 *
 * @param vectors `count` × `columns`, row-major.
 * @param columns columns of a vector, at least 1.
 */
export function createRbfKernel(vectors: Float64Array, columns: number): Kernel {
  const byColumn = splitColumns(vectors, columns);
  if (byColumn.length === BLOCK) return (row, out) => evaluateBlock(byColumn, row, out);
  return function evaluate(row, out) {
    out.fill(0);
    for (let column = 0; column < byColumn.length; column += BLOCK) addBlock(byColumn, row, column, out);
    for (let index = 0; index < out.length; index++) out[index] = expNegative(out[index]!);
  };
}

/** An array for each column, with columns of zeros up to a whole block: they add nothing to a distance. */
function splitColumns(vectors: Float64Array, columns: number): readonly Float64Array[] {
  const count = vectors.length / columns;
  return Array.from({ length: paddedSize(columns) }, (_, column) =>
    Float64Array.from({ length: count }, (__, index) => (column < columns ? vectors[index * columns + column]! : 0)),
  );
}

/** The whole kernel of at most four columns: a tenth of a prediction on iris faster than distances first. */
function evaluateBlock(byColumn: readonly Float64Array[], row: Float64Array, out: Float64Array): void {
  const first = byColumn[0]!;
  const second = byColumn[1]!;
  const third = byColumn[2]!;
  const fourth = byColumn[3]!;
  const x0 = row[0]!;
  const x1 = row[1]!;
  const x2 = row[2]!;
  const x3 = row[3]!;
  // A whole number of 32 bits, so that the loop neither converts nor checks it on each turn.
  const count = out.length | 0;
  for (let index = 0; index < count; index++) {
    const d0 = x0 - first[index]!;
    const d1 = x1 - second[index]!;
    const d2 = x2 - third[index]!;
    const d3 = x3 - fourth[index]!;
    out[index] = expNegative(d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3);
  }
}

/** Adds the squared differences of four columns to `out`. */
function addBlock(byColumn: readonly Float64Array[], row: Float64Array, column: number, out: Float64Array): void {
  const first = byColumn[column]!;
  const second = byColumn[column + 1]!;
  const third = byColumn[column + 2]!;
  const fourth = byColumn[column + 3]!;
  const x0 = row[column]!;
  const x1 = row[column + 1]!;
  const x2 = row[column + 2]!;
  const x3 = row[column + 3]!;
  for (let index = 0; index < out.length; index++) {
    const d0 = x0 - first[index]!;
    const d1 = x1 - second[index]!;
    const d2 = x2 - third[index]!;
    const d3 = x3 - fourth[index]!;
    out[index]! += d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
  }
}
