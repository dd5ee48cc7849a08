/** From scores to margins: how far a class is ahead of the others. */

/**
 * Writes margins of scores, of which a softmax makes probabilities: (mean over the other classes j of score − score j) for each class. A single
 * score is the log-odds of class 1. It is linear, so it makes contributions to scores contributions to margins.
 */
export function writeMargins(scores: ArrayLike<number>, out: Float64Array, offset: number): void {
  const count = scores.length;
  if (count === 1) {
    out[offset] = -scores[0]!;
    out[offset + 1] = scores[0]!;
    return;
  }
  let sum = 0;
  for (let index = 0; index < count; index++) sum += scores[index]!;
  for (let index = 0; index < count; index++) out[offset + index] = scores[index]! - (sum - scores[index]!) / (count - 1);
}
