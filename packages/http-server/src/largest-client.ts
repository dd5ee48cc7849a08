/** Finds who takes most of what is scarce, so that others are served. */

/**
 * The client whose holdings weigh most together; undefined when nobody holds anything.
 *
 * @param weigh of one holding, in any unit.
 */
export function largestClient<T extends { readonly client: string }>(
  holdings: Iterable<T>,
  weigh: (holding: T) => number,
): string | undefined {
  const sums = new Map<string, number>();
  let largest: string | undefined;
  for (const holding of holdings) {
    const sum = (sums.get(holding.client) ?? 0) + weigh(holding);
    sums.set(holding.client, sum);
    if (largest === undefined || sum > (sums.get(largest) ?? 0)) largest = holding.client;
  }
  return largest;
}
