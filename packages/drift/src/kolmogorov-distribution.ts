/**
 * The distribution of the one-sample Kolmogorov–Smirnov statistic, which is the asymptotic one of two samples. Methods and their bounds as Simard and
 * L'Ecuyer (2011), Computing the two-sided Kolmogorov–Smirnov distribution, Journal of Statistical Software 39(11), choose them, and scipy after them.
 */
import { pelzGood } from './pelz-good.ts';
import { logFactorials } from './sums-of-logs.ts';

const SMALL_SAMPLE = 140;
/** Beyond it the matrix of Marsaglia, Tsang and Wang is too large. */
const MAX_MATRIX_SAMPLE = 100_000;

/**
 * Probability that the statistic of n values is at least x: `scipy.stats.kstwo.sf(x, n)`.
 *
 * @param x 0 to 1
 * @param n whole, at least 1
 */
export function kolmogorovSurvival(x: number, n: number): number {
  const t = n * x;
  if (x >= 1) return 0;
  if (t <= 0.5) return 1;
  if (t >= n - 1) return 2 * (1 - x) ** n;
  // Both one-sided tails at once have no probability from 1/2 on, and hardly any before.
  if (x >= 0.5 || t * x >= (n <= SMALL_SAMPLE ? 4 : 2.2)) return t * x >= 370 ? 0 : 2 * smirnovSurvival(x, n);
  if (n <= SMALL_SAMPLE || (n <= MAX_MATRIX_SAMPLE && n * x ** 1.5 <= 1.4)) return 1 - byDurbinMatrix(x, n);
  return 1 - pelzGood(x, n);
}

/** Probability that the one-sided statistic is at least x: Birnbaum and Tingey (1951), Annals of Mathematical Statistics 22, 592–596. */
function smirnovSurvival(x: number, n: number): number {
  const logs = logFactorials(n);
  let total = 0;
  for (let j = 0; j < n * (1 - x); j++) {
    const choices = logs[n]! - logs[j]! - logs[n - j]!;
    total += Math.exp(choices + (j - 1) * Math.log(x + j / n) + (n - j) * Math.log1p(-x - j / n));
  }
  return x * total;
}

/** Probability below x: an entry of the nth power of a matrix. Marsaglia, Tsang and Wang (2003), Journal of Statistical Software 8(18). */
function byDurbinMatrix(x: number, n: number): number {
  const k = Math.ceil(n * x);
  const h = k - n * x;
  const size = 2 * k - 1;
  const power = raise(durbinMatrix(size, h), size, n);
  let result = power.matrix[(k - 1) * size + k - 1]!;
  let exponent = power.exponent;
  for (let i = 1; i <= n; i++) {
    result = (result * i) / n;
    if (result >= 1e-140) continue;
    result *= 1e140;
    exponent -= 140;
  }
  return result * 10 ** exponent;
}

function durbinMatrix(size: number, h: number): Float64Array {
  const matrix = new Float64Array(size * size);
  const at = (row: number, column: number) => row * size + column;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size && column <= row + 1; column++) matrix[at(row, column)] = 1;
  }
  for (let i = 0; i < size; i++) {
    matrix[at(i, 0)]! -= h ** (i + 1);
    matrix[at(size - 1, i)]! -= h ** (size - i);
  }
  matrix[at(size - 1, 0)]! += Math.max(0, 2 * h - 1) ** size;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      for (let g = 1; g <= row - column + 1; g++) matrix[at(row, column)]! /= g;
    }
  }
  return matrix;
}

interface Scaled {
  readonly matrix: Float64Array;
  /** Power of ten by which the matrix is too small. */
  readonly exponent: number;
}

function raise(matrix: Float64Array, size: number, n: number): Scaled {
  if (n === 1) return { matrix, exponent: 0 };
  const root = raise(matrix, size, n >> 1);
  const square = multiply(root.matrix, root.matrix, size);
  const power = n % 2 === 0 ? square : multiply(matrix, square, size);
  const middle = (size >> 1) * (size + 1);
  const isLarge = power[middle]! > 1e140;
  return {
    matrix: isLarge ? power.map((entry) => entry * 1e-140) : power,
    exponent: 2 * root.exponent + (isLarge ? 140 : 0),
  };
}

function multiply(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let inner = 0; inner < size; inner++) {
      const factor = a[row * size + inner]!;
      for (let column = 0; column < size; column++) product[row * size + column]! += factor * b[inner * size + column]!;
    }
  }
  return product;
}
