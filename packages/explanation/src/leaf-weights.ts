/** The share of a leaf's value that one feature gets. */

/** Features on a path up to which shares are looked up; more are hardly ever met, and computed. */
const MAX_TABLE_SIZE = 512;

/** (`gained` − 1)! `lost`! / (`gained` + `lost`)!; 0 where nothing is gained. */
export type LeafWeight = (gained: number, lost: number) => number;

/**
 * Prepares the weights.
 *
 * @param maxFeatures different features on the longest path: `gained` and `lost` together are never more.
 */
export function createLeafWeights(maxFeatures: number): LeafWeight {
  const size = Math.min(maxFeatures, MAX_TABLE_SIZE) + 1;
  const table = Float64Array.from({ length: size * size }, (_, at) => leafWeight(Math.floor(at / size), at % size));
  if (maxFeatures > MAX_TABLE_SIZE) {
    return (gained, lost) => (gained < size && lost < size ? table[gained * size + lost]! : leafWeight(gained, lost));
  }
  return (gained, lost) => table[gained * size + lost]!;
}

function leafWeight(gained: number, lost: number): number {
  if (gained === 0) return 0;
  // Factor by factor: factorials would overflow.
  let weight = 1 / gained;
  for (let factor = 1; factor <= lost; factor++) weight *= factor / (gained + factor);
  return weight;
}
