/** How good a model is in service before anyone has told the true labels. */

/** Figures over the rows that had probabilities. */
export interface AccuracyEstimate {
  readonly rows: number;
  /** Mean probability of the predicted class; null without rows. */
  readonly accuracy: number | null;
  /** `[true class][predicted class]`: expected counts. */
  readonly confusionMatrix: readonly (readonly number[])[];
}

/** Takes predictions, estimates how many are right. */
export interface AccuracyEstimator {
  /**
   * Counts one prediction; one without the probabilities of all classes is left out.
   *
   * @param probabilities by class name; null where the log has none
   * @param label predicted class
   */
  add(probabilities: Readonly<Record<string, number>> | null, label: string): void;
  estimate(): AccuracyEstimate;
}

/**
 * Confidence-based performance estimation (CBPE, of NannyML): where probabilities are calibrated, the one of the predicted class is how often such a prediction
 * is right, so that their mean is the accuracy to expect. It is as right as the probabilities are, and sees no change in what the features mean for the class.
 *
 * @param classes names in the model's order
 */
export function createAccuracyEstimator(classes: readonly string[]): AccuracyEstimator {
  const places = new Map(classes.map((name, index) => [name, index]));
  const matrix = classes.map(() => new Array<number>(classes.length).fill(0));
  let rows = 0;
  return {
    add(probabilities, label) {
      const predicted = places.get(label);
      if (!probabilities || predicted === undefined || classes.some((name) => typeof probabilities[name] !== 'number')) return;
      rows++;
      for (const [index, name] of classes.entries()) matrix[index]![predicted]! += probabilities[name]!;
    },
    estimate() {
      const right = matrix.reduce((sum, row, index) => sum + row[index]!, 0);
      return { rows, accuracy: rows === 0 ? null : right / rows, confusionMatrix: matrix.map((row) => [...row]) };
    },
  };
}
