/** Confidence interval of a proportion. */

/** Bounds within [0, 1]. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 % of the normal distribution. */
const Z_95 = 1.96;

/**
 * Wilson score interval of `successes / trials`: holds its coverage for few trials and for rates near 0 and 1, where the normal
 * approximation does not. Without trials nothing is known: [0, 1].
 *
 * Wilson, E. B. (1927), Journal of the American Statistical Association 22, 209–212.
 *
 * @param successes whole number in [0, trials]
 * @param trials whole number, at least 0
 * @param z quantile of the normal distribution; 1.96 for 95 %
 */
export function wilsonInterval(successes: number, trials: number, z: number = Z_95): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const rate = successes / trials;
  const spread = z * z;
  const centre = (rate + spread / (2 * trials)) / (1 + spread / trials);
  const half = (z / (1 + spread / trials)) * Math.sqrt((rate * (1 - rate)) / trials + spread / (4 * trials * trials));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
