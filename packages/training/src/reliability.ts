/** How far a model's confidence is its accuracy (Guo et al., "On Calibration of Modern Neural Networks", 2017). */

const BINS = 10;

/** Predictions whose confidence, the probability of the predicted class, lies in `(lower, lower + 0.1]`. */
export interface ReliabilityBin {
  readonly lower: number;
  readonly count: number;
  /** Mean confidence; NaN where there is no prediction. */
  readonly confidence: number;
  /** Share of them that are right; NaN where there is no prediction. */
  readonly accuracy: number;
}

/** Counts predictions on held-out samples. */
export interface Reliability {
  /** @param classProbabilities (samples) × (classes), row-major. */
  add(labels: ArrayLike<number>, classIndexes: ArrayLike<number>, classProbabilities: ArrayLike<number>): void;
  /** Ten bins, from 0 to 1. */
  bins(): ReliabilityBin[];
  /** Mean distance of confidence and accuracy over the predictions, 0 to 1; NaN without any. */
  expectedCalibrationError(): number;
}

/** Starts with no prediction. */
export function createReliability(): Reliability {
  const counts = new Float64Array(BINS);
  const confidences = new Float64Array(BINS);
  const hits = new Float64Array(BINS);

  function bins(): ReliabilityBin[] {
    return Array.from(counts, (count, bin) => ({
      lower: bin / BINS,
      count,
      confidence: confidences[bin]! / count,
      accuracy: hits[bin]! / count,
    }));
  }

  return {
    bins,
    add(labels, classIndexes, classProbabilities) {
      const classCount = classProbabilities.length / labels.length;
      for (let row = 0; row < labels.length; row++) {
        const confidence = classProbabilities[row * classCount + classIndexes[row]!]!;
        const bin = Math.min(BINS - 1, Math.max(0, Math.ceil(confidence * BINS) - 1));
        counts[bin]! += 1;
        confidences[bin]! += confidence;
        hits[bin]! += classIndexes[row] === labels[row] ? 1 : 0;
      }
    },
    expectedCalibrationError() {
      const filled = bins().filter(({ count }) => count > 0);
      const total = filled.reduce((sum, { count }) => sum + count, 0);
      return filled.reduce((sum, { count, confidence, accuracy }) => sum + count * Math.abs(confidence - accuracy), 0) / total;
    },
  };
}
