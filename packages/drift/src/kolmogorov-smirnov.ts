/** The two-sample Kolmogorov–Smirnov test, two-sided. */
import { kolmogorovSurvival } from './kolmogorov-distribution.ts';

/** As scipy: exact up to this size of the larger sample, asymptotic beyond. */
const MAX_EXACT_SIZE = 10_000;

/**
 * The p-value of the largest distance between two samples' distribution functions: as `scipy.stats.ks_2samp` with its default method.
 *
 * Ties make it too large, never too small: the test stays within its level.
 *
 * @param statistic the distance, 0 to 1
 * @param m, n sizes of the samples, whole and at least 1
 * @returns the probability of a distance at least as large where both come from one continuous distribution. Cost: O(m · n · statistic) where exact.
 */
export function ksPValue(statistic: number, m: number, n: number): number {
  const pValue = Math.max(m, n) <= MAX_EXACT_SIZE ? exact(statistic, m, n) : undefined;
  // Also where the exact recursion has left what a double can hold, which scipy treats alike.
  return Math.min(1, Math.max(0, pValue ?? kolmogorovSurvival(statistic, Math.round((m * n) / (m + n)))));
}

function exact(statistic: number, m: number, n: number): number | undefined {
  const divisor = greatestCommonDivisor(m, n);
  const steps = Math.round(statistic * (m / divisor) * n);
  if (steps === 0) return 1;
  const pValue = m === n ? outsideOfEqual(n, steps) : outside(Math.max(m, n), Math.min(m, n), divisor, steps);
  return pValue >= 0 && pValue <= 1 ? pValue : undefined;
}

/**
 * Both of size n: 2 · (C(2n, n−h) − C(2n, n−2h) + …) / C(2n, n), by Horner's scheme. Hodges, J. L. (1958), The significance probability of the
 * Smirnov two-sample test, Arkiv för Matematik 3, 469–486.
 */
function outsideOfEqual(n: number, h: number): number {
  let pValue = 0;
  for (let k = Math.floor(n / h); k >= 0; k--) {
    let ratio = 1;
    for (let j = 0; j < h; j++) ratio = ((n - k * h - j) * ratio) / (n + k * h + j + 1);
    pValue = ratio * (1 - pValue);
  }
  return 2 * pValue;
}

/**
 * The share of lattice paths from (0, 0) to (m, n), m > n, that somewhere leave the band |x·n − y·m| < h · divisor, by Hodges' recursion over the
 * paths' ends. Shares stay within [0, 1], where counts of paths would overflow; what lies outside the band is 1, so that one sliding column will do.
 */
function outside(m: number, n: number, divisor: number, h: number): number {
  const [stepX, stepY] = [n / divisor, m / divisor];
  let [first, last] = [0, Math.min(Math.ceil(h / stepY), n + 1)];
  let column = new Float64Array(n + 1).fill(1);
  let next = new Float64Array(n + 1).fill(1);
  column.fill(0, first, last);
  for (let x = 1; x <= m; x++) {
    const end = last;
    first = Math.min(Math.max(Math.floor((stepX * x - h) / stepY) + 1, 0), n);
    last = Math.min(Math.ceil((stepX * x + h) / stepY), n + 1);
    if (last <= first) return 1;
    let share = first === 0 ? 0 : 1;
    for (let y = first; y < last; y++) {
      const left = y < end ? column[y]! : 1;
      share = (left * x + share * y) / (x + y);
      next[y] = share;
    }
    [column, next] = [next, column];
  }
  return column[last - 1]!;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
