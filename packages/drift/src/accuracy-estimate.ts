/** How good a model is in service before anyone has told the true labels. */

/** Figures over the rows that had probabilities. */
export interface AccuracyEstimate {
  readonly rows: number;
  /** Mean probability of the predicted class; null without rows. */
  readonly confidence: number | null;
  /** Accuracy to expect, 0 to 1; null without rows. */
  readonly accuracy: number | null;
  /** `[true class][predicted class]`: counts to expect, from the probabilities as they are. */
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

/** What an evaluation found on held-out rows: means over them, 0 to 1. */
export interface Evaluated {
  readonly accuracy: number;
  readonly confidence: number;
}

/**
 * Confidence-based performance estimation (CBPE, of NannyML): where probabilities are calibrated, the one of the predicted class is how often such a prediction
 * is right, so that their mean is the accuracy to expect. Few models are calibrated: what confidence lacked or had too much on held-out rows is added, so that
 * the difference of confidences is the estimate's own, as in Guillory et al. (2021), Predicting with confidence on unseen distributions, ICCV. It sees no
 * change in what the features mean for the class.
 *
 * @param classes names in the model's order
 * @param evaluated absent where nothing was held out: the probabilities are then taken for calibrated
 */
export function createAccuracyEstimator(classes: readonly string[], evaluated?: Evaluated): AccuracyEstimator {
  const places = new Map(classes.map((name, index) => [name, index]));
  const matrix = classes.map(() => new Array<number>(classes.length).fill(0));
  const lacking = evaluated ? evaluated.accuracy - evaluated.confidence : 0;
  let rows = 0;
  return {
    add(probabilities, label) {
      const predicted = places.get(label);
      if (!probabilities || predicted === undefined || classes.some((name) => typeof probabilities[name] !== 'number')) return;
      rows++;
      for (const [index, name] of classes.entries()) matrix[index]![predicted]! += probabilities[name]!;
    },
    estimate() {
      const confidence = rows === 0 ? null : matrix.reduce((sum, row, index) => sum + row[index]!, 0) / rows;
      const accuracy = confidence === null ? null : Math.min(1, Math.max(0, confidence + lacking));
      return { rows, confidence, accuracy, confusionMatrix: matrix.map((row) => [...row]) };
    },
  };
}
