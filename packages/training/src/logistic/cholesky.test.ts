import { describe, expect, it } from 'vitest';
import { factorize, solve } from './cholesky.ts';

/** A Aᵀ + I of a fixed full matrix: symmetric, positive definite. */
function positiveDefinite(size: number): Float64Array {
  const root = Float64Array.from({ length: size * size }, (_, index) => Math.sin(index * index + 1));
  return Float64Array.from({ length: size * size }, (_, index) => {
    const [row, column] = [Math.floor(index / size), index % size];
    let sum = Number(row === column);
    for (let at = 0; at < size; at++) sum += root[row * size + at]! * root[column * size + at]!;
    return sum;
  });
}

describe('a Cholesky factor', () => {
  it.each([1, 2, 5, 13])('of %d columns solves the equations of its matrix, at an offset', (size) => {
    const matrix = positiveDefinite(size);
    const factor = matrix.slice();
    factorize(factor, size);
    const expected = Float64Array.from({ length: size }, (_, index) => index - 1.5);
    const vector = new Float64Array(size + 3);
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) vector[row + 3]! += matrix[row * size + column]! * expected[column]!;
    }
    solve(factor, size, vector, 3);
    expected.forEach((value, index) => {
      expect(vector[index + 3]).toBeCloseTo(value, 10);
    });
    expect([...vector.subarray(0, 3)]).toEqual([0, 0, 0]);
  });

  it('leaves out a direction without curvature', () => {
    // Both columns are the same: the second adds nothing.
    const factor = Float64Array.of(4, 4, 4, 4);
    factorize(factor, 2);
    const vector = Float64Array.of(8, 8);
    solve(factor, 2, vector, 0);
    expect([...vector]).toEqual([2, 0]);
  });
});
