/**
 * Shapley values of a game whose every coalition's value is known: exact, by their definition.
 *
 * L. S. Shapley, A value for n-person games, Contributions to the Theory of Games II (1953).
 */

/**
 * Divides what all players gain together among them.
 *
 * Costs `players` · 2^(`players` − 1) · `outcomes` additions.
 *
 * @param players number of players, 1 or more.
 * @param values 2^`players` × `outcomes`, row-major: row `s` is the value of the coalition of the players whose bits are set in `s`.
 * @param outcomes numbers that a value consists of; each is divided by itself.
 * @returns `players` × `outcomes`, row-major; for each outcome they sum to the value of all players less that of none.
 */
export function shapleyValues(players: number, values: Float64Array, outcomes: number): Float64Array {
  const weights = coalitionWeights(players);
  const shares = new Float64Array(players * outcomes);
  for (let coalition = 0; coalition < 2 ** players; coalition++) {
    const weight = weights[sizeOf(coalition)]!;
    for (let player = 0; player < players; player++) {
      if (coalition & (1 << player)) continue;
      const joined = (coalition | (1 << player)) * outcomes;
      for (let outcome = 0; outcome < outcomes; outcome++) {
        const gain = values[joined + outcome]! - values[coalition * outcomes + outcome]!;
        shares[player * outcomes + outcome]! += weight * gain;
      }
    }
  }
  return shares;
}

/**
 * Share of the orders of all players in which exactly a given coalition stands before a given player: s! (n − s − 1)! / n!, by the
 * coalition's size s. Without factorials, which would leave the range of exact integers.
 */
function coalitionWeights(players: number): number[] {
  const weights = [1 / players];
  for (let size = 1; size < players; size++) weights.push((weights[size - 1]! * size) / (players - size));
  return weights;
}

function sizeOf(coalition: number): number {
  let size = 0;
  for (let rest = coalition; rest !== 0; rest &= rest - 1) size++;
  return size;
}
