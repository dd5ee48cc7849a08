/** Pelz and Good's approximation of the Kolmogorov–Smirnov distribution. */

/**
 * Probability that the statistic of n values is below x: the first four terms of an expansion in 1/√n, in the form that converges fast for small x√n.
 * Pelz, W. and Good, I. J. (1976), Approximating the lower tail-areas of the Kolmogorov–Smirnov one-sample statistic, Journal of the Royal
 * Statistical Society B 38, 152–156.
 *
 * @param x above 0, below 1
 * @param n some hundreds at least
 */
export function pelzGood(x: number, n: number): number {
  const z = x * Math.sqrt(n);
  const terms = Math.ceil((16 * z) / Math.PI);
  const p = Math.PI ** 2;
  let [k0, k1, k2, k3] = [0, 0, 0, 0];
  for (let k = terms; k >= 1; k--) {
    const odd = ((2 * k - 1) ** 2 * p) / 4;
    const weight = Math.exp(-odd / (2 * z ** 2));
    k0 += weight;
    k1 += weight * (odd - z ** 2);
    k2 += weight * (6 * z ** 6 + 2 * z ** 4 + odd * (2 * z ** 4 - 5 * z ** 2) + odd ** 2 * (1 - 2 * z ** 2));
    k3 +=
      weight *
      (-30 * z ** 6 -
        90 * z ** 8 +
        odd * (135 * z ** 4 - 96 * z ** 6) +
        odd ** 2 * (212 * z ** 4 - 60 * z ** 2) +
        odd ** 3 * (5 - 30 * z ** 2));
  }
  let [extra2, extra3] = [0, 0];
  for (let k = terms; k >= 1; k--) {
    const whole = k ** 2 * p;
    const weight = Math.exp(-whole / (2 * z ** 2));
    extra2 += weight * whole;
    extra3 += weight * whole * (3 * z ** 2 - whole);
  }
  const root = Math.sqrt(2 * Math.PI);
  return (
    root *
    (k0 / z +
      k1 / (6 * z ** 4 * n ** 0.5) +
      (k2 / (72 * z ** 7) - extra2 / (36 * z ** 3)) / n +
      (k3 / (6480 * z ** 10) + extra3 / (216 * z ** 6)) / n ** 1.5)
  );
}
