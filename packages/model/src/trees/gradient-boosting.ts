/** Gradient boosted trees (Friedman, 2001): scores are sums of leaf values, probabilities their softmax, or logistic for two classes. */
import { ModelError } from '../errors.ts';
import { expNegative } from '../exponential.ts';
import { MAX_BOOSTED_TREES } from '../limits.ts';
import type { BatchScorer, ModelShape } from '../model.ts';
import { ANY_NUMBER, type ParameterReader } from '../parameter-reader.ts';
import { softmax } from '../softmax.ts';
import { parseTrees } from './parse-trees.ts';
import { readFloats } from './stored-integers.ts';
import { NODE_WORDS, type TreeEnsemble } from './tree-ensemble.ts';
import { createWalk } from './walk.ts';

/** Boosted trees that are proven sound. */
export interface BoostedTrees {
  /** Tree `t` adds to score `t % scoreCount`. */
  readonly trees: TreeEnsemble;
  /** By leaf, in the order in which the leaves stand. */
  readonly leafValues: Float32Array;
  /** What each score starts with: one (of class 1) for two classes, else one a class. */
  readonly baseline: Float64Array;
}

/**
 * Reads the parameters of boosted trees.
 *
 * @throws ModelError when the nodes are no set of trees, a number is unusable, or a round lacks a tree.
 */
export function parseBoostedTrees(parameters: ParameterReader, { inputSize, classCount }: ModelShape): BoostedTrees {
  const scoreCount = classCount === 2 ? 1 : classCount;
  const trees = parseTrees(parameters, { inputSize, maxTrees: MAX_BOOSTED_TREES, namedLeaves: undefined });
  const treeCount = trees.roots.length;
  if (treeCount % scoreCount !== 0) {
    const message = `trees.treeCount must be a multiple of ${scoreCount}, one tree for each score in a round, is ${treeCount}`;
    throw new ModelError('MODEL_COUNTS', message, { treeCount, scoreCount });
  }
  const leafCount = (trees.nodes.length / NODE_WORDS + treeCount) / 2;
  return {
    trees,
    leafValues: readFloats(parameters, 'leafValues', leafCount),
    baseline: parameters.numbers('baseline', scoreCount, ANY_NUMBER),
  };
}

/**
 * Reads boosted trees and builds their scorer.
 *
 * @throws ModelError as `parseBoostedTrees`.
 */
export function parseGradientBoosting(parameters: ParameterReader, shape: ModelShape): BatchScorer {
  const boosted = parseBoostedTrees(parameters, shape);
  return shape.classCount === 2 ? createLogisticScorer(boosted) : createSoftmaxScorer(boosted, shape.classCount);
}

function createLogisticScorer({ trees, leafValues, baseline }: BoostedTrees): BatchScorer {
  const walk = createWalk(trees);
  return function scoreBatch(rows, offset, count, out, outOffset) {
    // The score of class 1 gathers in its place.
    for (let row = 0; row < count; row++) out[outOffset + 2 * row + 1] = baseline[0]!;
    walk(rows, offset, count, (_, leaves, first, rowCount) => {
      for (let row = 0; row < rowCount; row++) out[outOffset + 2 * (first + row) + 1]! += leafValues[leaves[row]!]!;
    });
    for (let at = outOffset; at < outOffset + 2 * count; at += 2) {
      const score = out[at + 1]!;
      // The less probable class first: its exponential cannot overflow, and 1 minus it cancels nothing that matters.
      const power = expNegative(Math.abs(score));
      const lesser = power / (1 + power);
      out[at] = score > 0 ? lesser : 1 - lesser;
      out[at + 1] = score > 0 ? 1 - lesser : lesser;
    }
  };
}

function createSoftmaxScorer({ trees, leafValues, baseline }: BoostedTrees, classCount: number): BatchScorer {
  const walk = createWalk(trees);
  return function scoreBatch(rows, offset, count, out, outOffset) {
    for (let row = 0; row < count; row++) out.set(baseline, outOffset + row * classCount);
    walk(rows, offset, count, (tree, leaves, first, rowCount) => {
      let at = outOffset + first * classCount + (tree % classCount);
      for (let row = 0; row < rowCount; row++, at += classCount) out[at]! += leafValues[leaves[row]!]!;
    });
    for (let row = 0; row < count; row++) softmax(out, outOffset + row * classCount, classCount);
  };
}
