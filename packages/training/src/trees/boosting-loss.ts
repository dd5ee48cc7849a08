/** The log-loss of two or more classes: where scores start, and which way it falls. Scores stand by class: that of row `r` is at `class * rowCount + r`. */

/** Loss over scores; `gradients` and `hessians` are of one score at a time. */
export interface BoostingLoss {
  /** One for two classes, of class 1; else one a class. */
  readonly scoreCount: number;
  /** Scores of the class shares. */
  readonly baseline: Float64Array;
  /** Begins a round: probabilities of all rows from their scores. */
  update(scores: Float64Array): void;
  /** Derivatives of the loss by one score, at the probabilities of the round. */
  derive(score: number, gradients: Float64Array, hessians: Float64Array): void;
  /** Weighted sum of the log-loss of rows. */
  lossOf(scores: Float64Array, rowIds: Int32Array): number;
}

/** Makes the loss for labels from 0 to `classCount` - 1. */
export function createBoostingLoss(labels: Int32Array, classCount: number, classWeights: Float64Array | undefined): BoostingLoss {
  const shares = new Float64Array(classCount);
  labels.forEach((label) => {
    shares[label]! += classWeights?.[label] ?? 1;
  });
  return classCount === 2 ? createLogisticLoss(labels, shares, classWeights) : createSoftmaxLoss(labels, shares, classWeights);
}

function createLogisticLoss(labels: Int32Array, shares: Float64Array, classWeights: Float64Array | undefined): BoostingLoss {
  const probabilities = new Float64Array(labels.length);
  return {
    scoreCount: 1,
    baseline: Float64Array.of(Math.log(shares[1]! / shares[0]!)),
    update(scores) {
      for (let row = 0; row < probabilities.length; row++) probabilities[row] = 1 / (1 + Math.exp(-scores[row]!));
    },
    derive(_, gradients, hessians) {
      for (let row = 0; row < probabilities.length; row++) {
        const p = probabilities[row]!;
        const weight = classWeights ? classWeights[labels[row]!]! : 1;
        gradients[row] = weight * (p - labels[row]!);
        hessians[row] = weight * p * (1 - p);
      }
    },
    lossOf(scores, rowIds) {
      let sum = 0;
      for (const row of rowIds) {
        const margin = labels[row] === 1 ? scores[row]! : -scores[row]!;
        sum += (classWeights?.[labels[row]!] ?? 1) * (Math.max(-margin, 0) + Math.log1p(Math.exp(-Math.abs(margin))));
      }
      return sum;
    },
  };
}

function createSoftmaxLoss(labels: Int32Array, shares: Float64Array, classWeights: Float64Array | undefined): BoostingLoss {
  const rowCount = labels.length;
  const classCount = shares.length;
  const total = shares.reduce((sum, share) => sum + share, 0);
  const probabilities = new Float64Array(rowCount * classCount);
  const greatest = new Float64Array(rowCount);
  const sums = new Float64Array(rowCount);

  function exponentials(scores: Float64Array): void {
    greatest.set(scores.subarray(0, rowCount));
    for (let at = rowCount, row = 0; at < scores.length; at++) {
      if (scores[at]! > greatest[row]!) greatest[row] = scores[at]!;
      row = row + 1 === rowCount ? 0 : row + 1;
    }
    sums.fill(0);
    for (let at = 0, row = 0; at < scores.length; at++) {
      const power = Math.exp(scores[at]! - greatest[row]!);
      probabilities[at] = power;
      sums[row]! += power;
      row = row + 1 === rowCount ? 0 : row + 1;
    }
  }

  return {
    scoreCount: classCount,
    baseline: shares.map((share) => Math.log(share / total)),
    update: exponentials,
    derive(score, gradients, hessians) {
      for (let row = 0, at = score * rowCount; row < rowCount; row++, at++) {
        const p = probabilities[at]! / sums[row]!;
        const weight = classWeights ? classWeights[labels[row]!]! : 1;
        gradients[row] = weight * (p - (labels[row] === score ? 1 : 0));
        hessians[row] = weight * p * (1 - p);
      }
    },
    lossOf(scores, rowIds) {
      exponentials(scores);
      let sum = 0;
      for (const row of rowIds) {
        const ofLabel = scores[labels[row]! * rowCount + row]! - greatest[row]!;
        sum += (classWeights?.[labels[row]!] ?? 1) * (Math.log(sums[row]!) - ofLabel);
      }
      return sum;
    },
  };
}
