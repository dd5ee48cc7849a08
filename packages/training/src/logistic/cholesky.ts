/** Cholesky factorization of a symmetric matrix, for preconditioning: a direction without curvature is left out, not refused. */
import { dotAt } from './vectors.ts';

/** Share of a diagonal entry below which what is left of it is rounding. */
const MIN_PIVOT = 1e-10;

/**
 * Factorizes, in place: the lower triangle becomes L of L Lᵀ; nothing above the diagonal is read or written.
 *
 * @param matrix `size` × `size`, row-major. Cost: size³ / 6 multiplications.
 */
export function factorize(matrix: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    const start = row * size;
    const diagonal = matrix[start + row]!;
    for (let column = 0; column <= row; column++) {
      const other = column * size;
      const sum = matrix[start + column]! - dotAt(matrix, start, matrix, other, column);
      if (column < row) matrix[start + column] = sum / matrix[other + column]!;
      else matrix[start + row] = sum > diagonal * MIN_PIVOT ? Math.sqrt(sum) : Number.POSITIVE_INFINITY;
    }
  }
}

/**
 * Solves L Lᵀ x = b in place.
 *
 * @param vector holds b, then x, in `size` numbers from `offset` on.
 */
export function solve(factor: Float64Array, size: number, vector: Float64Array, offset: number): void {
  for (let row = 0; row < size; row++) {
    const sum = vector[offset + row]! - dotAt(factor, row * size, vector, offset, row);
    vector[offset + row] = sum / factor[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    const value = vector[offset + row]! / factor[row * size + row]!;
    vector[offset + row] = value;
    for (let index = 0; index < row; index++) vector[offset + index]! -= factor[row * size + index]! * value;
  }
}
