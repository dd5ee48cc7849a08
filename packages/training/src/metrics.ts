/** Scores of probabilistic predictions against true labels. */

/** Keeps one certain mistake from costing infinitely much; scikit-learn's `log_loss` long clipped there too. */
const MIN_PROBABILITY = 1e-15;

/** A mean with its standard error; null where there is only one value. */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number | null;
}

/** One value per sample. */
export interface SampleScores {
  /** 1 where the predicted label is the true one, else 0. */
  readonly accuracy: readonly number[];
  /** Negative log-likelihood of the true class, natural logarithm. */
  readonly logLoss: readonly number[];
  /** Squared probability errors summed over the classes, 0 to 2. */
  readonly brier: readonly number[];
  /** Probability of the predicted class. */
  readonly confidence: readonly number[];
}

/**
 * Scores each sample.
 *
 * @param predicted class index per sample.
 * @param probabilities (samples) × `classCount`, row-major.
 */
export function scoreSamples(
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  probabilities: Float64Array,
  classCount: number,
): SampleScores {
  const samples = Array.from({ length: labels.length }, (_, index) => index);
  const rowOf = (index: number) => probabilities.subarray(index * classCount, (index + 1) * classCount);
  return {
    accuracy: samples.map((index) => (predicted[index] === labels[index] ? 1 : 0)),
    logLoss: samples.map((index) => -Math.log(Math.max(rowOf(index)[labels[index]!]!, MIN_PROBABILITY))),
    brier: samples.map((index) =>
      rowOf(index).reduce((sum, p, column) => sum + (p - (column === labels[index] ? 1 : 0)) ** 2, 0),
    ),
    confidence: samples.map((index) => rowOf(index)[predicted[index]!]!),
  };
}

/** Arithmetic mean of at least one value. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Mean and its standard error: the sample standard deviation over the root of the count. */
export function estimate(values: readonly number[]): Estimate {
  const center = mean(values);
  if (values.length < 2) return { mean: center, standardError: null };
  const variance = values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1);
  return { mean: center, standardError: Math.sqrt(variance / values.length) };
}

/** An all-zero confusion matrix, `[true class][predicted class]`. */
export function createConfusionMatrix(classCount: number): number[][] {
  return Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
}
