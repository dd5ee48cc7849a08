/** From scores to errors: what probabilities miss of the targets, and what it costs in cross-entropy. */
import { expNegative } from '@iris/model/exponential';

/** Rows that are scored together: their columns stay in the nearest cache from the scores to the gradient. */
export const BLOCK_ROWS = 128;

/** Labels and how much the rows of each class count. */
export interface Targets {
  /** Class index of each row. */
  readonly labels: Int32Array;
  readonly classCount: number;
  /** Weight of each class's rows. */
  readonly classWeights: Float64Array;
}

/**
 * Takes the scores of `count` rows from row `first` on, score by score, `BLOCK_ROWS` apart; writes over them the probabilities less
 * the targets, times the row's weight. Gives the sum of the weighted cross-entropies.
 */
export type Link = (block: Float64Array, first: number, count: number) => number;

/** Number of scores: one a class, but one for two classes, the second's less the first's. */
export function scoreCount(classCount: number): number {
  return classCount === 2 ? 1 : classCount;
}

/** The link of two classes: the logistic function. */
export function createSigmoidLink({ labels, classWeights }: Targets): Link {
  const firstWeight = classWeights[0]!;
  const secondWeight = classWeights[1]!;
  return function linkBlock(block, first, count) {
    let loss = 0;
    for (let index = 0; index < count; index++) {
      const score = block[index]!;
      const label = labels[first + index]!;
      const weight = label === 1 ? secondWeight : firstWeight;
      const power = expNegative(Math.abs(score));
      const share = 1 / (1 + power);
      const probability = score >= 0 ? share : power * share;
      loss += weight * (Math.log(1 + power) + Math.max(score, 0) - label * score);
      block[index] = weight * (probability - label);
    }
    return loss;
  };
}

/** The link of more classes: softmax, less the greatest score, so that no exponential overflows. */
export function createSoftmaxLink({ labels, classWeights, classCount }: Targets): Link {
  const greatest = new Float64Array(BLOCK_ROWS);
  const sums = new Float64Array(BLOCK_ROWS);

  function writeGreatest(block: Float64Array, count: number): void {
    greatest.fill(Number.NEGATIVE_INFINITY);
    for (let start = 0; start < block.length; start += BLOCK_ROWS) {
      for (let index = 0; index < count; index++) greatest[index] = Math.max(greatest[index]!, block[start + index]!);
    }
  }

  function exponentiate(block: Float64Array, count: number): void {
    sums.fill(0);
    for (let start = 0; start < block.length; start += BLOCK_ROWS) {
      for (let index = 0; index < count; index++) {
        const power = expNegative(greatest[index]! - block[start + index]!);
        block[start + index] = power;
        sums[index]! += power;
      }
    }
  }

  return function linkBlock(block, first, count) {
    writeGreatest(block, count);
    let loss = 0;
    for (let index = 0; index < count; index++) {
      const label = labels[first + index]!;
      loss += classWeights[label]! * (greatest[index]! - block[label * BLOCK_ROWS + index]!);
    }
    exponentiate(block, count);
    for (let index = 0; index < count; index++) {
      const weight = classWeights[labels[first + index]!]!;
      loss += weight * Math.log(sums[index]!);
      sums[index] = weight / sums[index]!;
    }
    for (let start = 0; start < classCount * BLOCK_ROWS; start += BLOCK_ROWS) {
      for (let index = 0; index < count; index++) block[start + index]! *= sums[index]!;
    }
    for (let index = 0; index < count; index++) {
      const label = labels[first + index]!;
      block[label * BLOCK_ROWS + index]! -= classWeights[label]!;
    }
    return loss;
  };
}
