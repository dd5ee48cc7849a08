/** A confusion matrix as people read it: counts, and the share of each true class that was taken for each class. */

/** One cell of the matrix. */
export interface ConfusionCell {
  readonly count: number;
  /** Of the samples of this true class, 0 to 1; 0 where it has none. */
  readonly share: number;
  readonly isCorrect: boolean;
}

/**
 * Adds to each count its share of the row.
 *
 * @param matrix `[true class][predicted class]`, counts.
 * @returns in the same order.
 */
export function confusionCells(matrix: readonly (readonly number[])[]): readonly (readonly ConfusionCell[])[] {
  return matrix.map((counts, trueClass) => {
    const sum = counts.reduce((total, count) => total + count, 0);
    return counts.map((count, predicted) => ({
      count,
      share: sum === 0 ? 0 : count / sum,
      isCorrect: predicted === trueClass,
    }));
  });
}
