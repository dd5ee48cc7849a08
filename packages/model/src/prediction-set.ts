/** The classes that a row's own is among with a stated probability, by thresholds that held-out rows gave (`conformalThresholds` of `@iris/training`). */

/**
 * Indexes of the classes in the set of a row, ascending; never none: the most probable class is in every set.
 *
 * @param classProbabilities of the row, in class order.
 * @param thresholds least probability of each class with which it belongs to a set.
 */
export function predictionSet(classProbabilities: ArrayLike<number>, thresholds: ArrayLike<number>): number[] {
  const inSet = Array.from(thresholds, (_, index) => index).filter((index) => classProbabilities[index]! >= thresholds[index]!);
  if (inSet.length > 0) return inSet;
  let greatest = 0;
  for (let index = 1; index < thresholds.length; index++) {
    if (classProbabilities[index]! > classProbabilities[greatest]!) greatest = index;
  }
  return [greatest];
}
