/** How far two distributions over classes are apart. */

/**
 * Jensen–Shannon distance of two vectors of counts: the root of the divergence, natural logarithm, so from 0 to √ln 2 = 0.833. That is
 * `scipy.spatial.distance.jensenshannon` without a base, which Evidently calls.
 *
 * Lin, J. (1991), Divergence measures based on the Shannon entropy, IEEE Transactions on Information Theory 37, 145–151.
 *
 * @param reference, current counts in the same order, each with a sum above 0
 */
export function jensenShannonDistance(reference: readonly number[], current: readonly number[]): number {
  const [p, q] = [shares(reference), shares(current)];
  const middle = p.map((share, index) => (share + q[index]!) / 2);
  return Math.sqrt(Math.max(0, (relativeEntropy(p, middle) + relativeEntropy(q, middle)) / 2));
}

function relativeEntropy(p: readonly number[], q: readonly number[]): number {
  return p.reduce((sum, share, index) => sum + (share === 0 ? 0 : share * Math.log(share / q[index]!)), 0);
}

function shares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / total);
}
