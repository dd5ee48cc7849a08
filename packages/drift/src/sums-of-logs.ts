/** Logarithms of factorials and of the gamma function, by plain sums: to 1e-13 for the arguments that the tests here have. */

/** `ln(k!)` for each k from 0 to n. */
export function logFactorials(n: number): Float64Array {
  const logs = new Float64Array(n + 1);
  for (let k = 2; k <= n; k++) logs[k] = logs[k - 1]! + Math.log(k);
  return logs;
}

/** `ln Γ(halves / 2)` for a positive whole number of halves. */
export function logGammaOfHalves(halves: number): number {
  let sum = halves % 2 === 0 ? 0 : Math.log(Math.PI) / 2;
  for (let k = halves - 2; k > 0; k -= 2) sum += Math.log(k / 2);
  return sum;
}
