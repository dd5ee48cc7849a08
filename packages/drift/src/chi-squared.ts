/** Pearson's chi-squared tests of counts. */
import { logGammaOfHalves } from './sums-of-logs.ts';

const PRECISION = 1e-16;
const TINY = 1e-300;

/** Outcome of a test: the statistic, and the probability of one at least as large where nothing has changed. */
export interface TestResult {
  readonly statistic: number;
  readonly pValue: number;
}

/**
 * Whether two vectors of counts come from one distribution: the test of homogeneity of a 2 × k table, `scipy.stats.chi2_contingency` with
 * `correction=False`. No Yates correction: it makes the test of two classes blind to what the same test of three sees. Places where both
 * are 0 are left out. With less than two places left, or nothing on one side, nothing can differ: p is 1.
 *
 * @param reference, current counts, k each in the same order; at least 0, need not be whole
 */
export function chiSquareContingency(reference: readonly number[], current: readonly number[]): TestResult {
  const [m, n] = [sum(reference), sum(current)];
  const places = reference.map((count, index) => [count, current[index]!] as const).filter(([a, b]) => a + b > 0);
  if (places.length < 2 || m === 0 || n === 0) return { statistic: 0, pValue: 1 };
  let statistic = 0;
  for (const [a, b] of places) {
    for (const [observed, total] of [[a, m] as const, [b, n] as const]) {
      const expected = ((a + b) * total) / (m + n);
      statistic += (observed - expected) ** 2 / expected;
    }
  }
  return { statistic, pValue: chiSquareSurvival(statistic, places.length - 1) };
}

/**
 * Whether counts follow a distribution that is known exactly: `scipy.stats.chisquare`, with the expected counts scaled to the observed sum, as
 * Evidently calls it. It takes a reference sample for the truth, and so finds too much where the reference is small: the verdict does not use it.
 *
 * @param observed, expected k each in the same order; expected above 0
 */
export function chiSquare(observed: readonly number[], expected: readonly number[]): TestResult {
  const scale = sum(observed) / sum(expected);
  const statistic = sum(observed.map((count, index) => (count - expected[index]! * scale) ** 2 / (expected[index]! * scale)));
  return { statistic, pValue: chiSquareSurvival(statistic, observed.length - 1) };
}

/** Probability that a chi-squared variable is above `x`: `scipy.stats.chi2.sf`. */
function chiSquareSurvival(x: number, degreesOfFreedom: number): number {
  if (x <= 0 || degreesOfFreedom < 1) return 1;
  const [a, half] = [degreesOfFreedom / 2, x / 2];
  const factor = Math.exp(a * Math.log(half) - half - logGammaOfHalves(degreesOfFreedom));
  return half < a + 1 ? 1 - factor * lowerSeries(a, half) : factor * upperFraction(a, half);
}

/** The lower incomplete gamma function over `x^a e^-x`: Abramowitz and Stegun 6.5.29, for x below a + 1. */
function lowerSeries(a: number, x: number): number {
  let [total, term] = [1 / a, 1 / a];
  for (let k = 1; term > total * PRECISION; k++) {
    term *= x / (a + k);
    total += term;
  }
  return total;
}

/** The upper one over the same: the continued fraction 6.5.31 in its even form, by Lentz's method, for x from a + 1 on. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1, change = 0; Math.abs(change - 1) > PRECISION * 4; k++) {
    const numerator = -k * (k - a);
    b += 2;
    d = 1 / (numerator * d + b || TINY);
    c = b + numerator / c || TINY;
    change = d * c;
    fraction *= change;
  }
  return fraction;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
