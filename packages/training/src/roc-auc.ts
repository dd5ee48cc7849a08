/** Area under the receiver operating characteristic: how well probabilities order rows, whatever the threshold. */

/**
 * The share of pairs, one row of the class and one of another, in which the former has the greater score; equal scores count half
 * (Mann and Whitney, 1947). As scikit-learn's `roc_auc_score`.
 *
 * @param scores one for each row; greater speaks for the class.
 * @param isOfClass whether each row is of the class.
 * @returns NaN where all rows are of the class, or none is. Cost: that of sorting the rows.
 */
export function rocAuc(scores: Float64Array, isOfClass: (row: number) => boolean): number {
  const order = Uint32Array.from(scores, (_, row) => row).sort((a, b) => scores[a]! - scores[b]!);
  let positives = 0;
  let rankSum = 0;
  for (let first = 0; first < order.length; ) {
    let end = first;
    let among = 0;
    while (end < order.length && scores[order[end]!] === scores[order[first]!]) among += Number(isOfClass(order[end++]!));
    // Rows of equal score share their mean rank; the first rank is 1.
    rankSum += (among * (first + end + 1)) / 2;
    positives += among;
    first = end;
  }
  const negatives = order.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/**
 * One against the rest, the mean over the classes that have rows (`multi_class='ovr', average='macro'`); of two classes the one area that they have.
 *
 * @param classProbabilities (rows) × `classCount`, row-major.
 */
export function meanRocAuc(labels: ArrayLike<number>, classProbabilities: Float64Array, classCount: number): number {
  const areas: number[] = [];
  for (let label = classCount === 2 ? 1 : 0; label < classCount; label++) {
    const scores = Float64Array.from({ length: labels.length }, (_, row) => classProbabilities[row * classCount + label]!);
    const area = rocAuc(scores, (row) => labels[row] === label);
    if (!Number.isNaN(area)) areas.push(area);
  }
  return areas.length > 0 ? areas.reduce((sum, area) => sum + area, 0) / areas.length : Number.NaN;
}
