/** Whether one model is worse than another on the same rows. */
import type { PairedComparison } from '../verdict.ts';
import { studentQuantile, studentSurvival } from './student-t.ts';

/** Losses of two models on the test part of one fold, row by row in the same order. */
export interface PairedFold {
  /** Rows that were fitted on. */
  readonly trainRows: number;
  readonly candidate: readonly number[];
  readonly current: readonly number[];
}

/**
 * Tests the mean difference of the losses, one-sided: a small p says that the candidate is worse.
 *
 * Of several folds it takes the mean difference of each. Their training parts overlap, so that the plain t-test would be far too sure: the variance
 * is corrected as in Nadeau and Bengio, Inference for the Generalization Error, Machine Learning 52 (2003), which Bouckaert and Frank (2004) found to be
 * the one to use with repeated cross-validation. Of one fold it takes the difference of each row: of rows that were held out, or judged once each.
 *
 * @param folds at least one; of one alone at least two rows.
 */
export function comparePaired(folds: readonly PairedFold[], alpha: number): PairedComparison {
  const [first] = folds;
  if (folds.length === 1) {
    const differences = first!.candidate.map((loss, row) => loss - first!.current[row]!);
    return compare(differences, 1 / differences.length, alpha, 'paired t-test');
  }
  const differences = folds.map(({ candidate, current }) => mean(candidate) - mean(current));
  const testShare = mean(folds.map(({ candidate, trainRows }) => candidate.length / trainRows));
  return compare(differences, 1 / folds.length + testShare, alpha, 'Nadeau–Bengio corrected resampled t-test');
}

function compare(
  differences: readonly number[],
  varianceFactor: number,
  alpha: number,
  test: PairedComparison['test'],
): PairedComparison {
  const difference = mean(differences);
  const degreesOfFreedom = differences.length - 1;
  const variance = differences.reduce((sum, each) => sum + (each - difference) ** 2, 0) / degreesOfFreedom;
  const standardError = Math.sqrt(varianceFactor * variance);
  const reach = standardError * studentQuantile(alpha, degreesOfFreedom);
  return {
    test,
    difference,
    standardError,
    degreesOfFreedom,
    interval: [difference - reach, difference + reach],
    p: standardError > 0 ? studentSurvival(difference / standardError, degreesOfFreedom) : difference > 0 ? 0 : 1,
    alpha,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
