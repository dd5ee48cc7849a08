/**
 * Shapley values of tree ensembles: exact, in time that grows with the trees rather than with 2^features.
 *
 * A coalition of features is worth the mean score over the reference rows once these features have the sample's values. For one tree and
 * one reference a coalition leads to one leaf, and a leaf is reached by all coalitions that hold the features on whose splits only the sample
 * comes there (`s` of them) and none of those on whose splits only the reference does (`q`). The Shapley values of such a game are known:
 * of the leaf's value, each of the former gets (s − 1)! q! / (s + q)!, each of the latter −s! (q − 1)! / (s + q)!.
 *
 * S. M. Lundberg et al., From local explanations to global understanding with explainable AI for trees, Nature Machine Intelligence 2 (2020),
 * "interventional"; G. Laberge and Y. Pequignot, Understanding interventional TreeSHAP (2022), for the weights and for columns that belong
 * to one feature.
 */
import { binRow, NODE_WORDS, type TreeModel } from '@iris/model/trees';
import type { MethodSetting } from './explanation.ts';
import { createLeafWeights } from './leaf-weights.ts';
import { SplitPaths } from './split-paths.ts';

/** Shapley values of the scores that trees add up to. */
export interface TreeShap {
  /** Mean of each score over the references. */
  readonly meanScores: Float64Array;
  /** What each feature adds to each score of an encoded row: (number of scores) × `featureCount`, row-major. The same array each time. */
  explain(row: Float64Array): Float64Array;
}

/**
 * Prepares the explanation of trees. It reuses its buffers, which is safe because no call suspends.
 *
 * Costs for each row: at most trees × references × leaves; on real rows some tens of leaves for each tree and reference.
 */
export function createTreeShap(model: TreeModel, setting: MethodSetting): TreeShap {
  const { trees, outputs } = model;
  const { featureCount, referenceCount } = setting;
  const sampleBins = new Int32Array(2 * trees.inputSize);
  const treeRow = new Float64Array(trees.inputSize);
  const shares = new Float64Array(model.start.length * featureCount);
  const referenceBins = binReferences(model, setting);
  const paths = new SplitPaths(trees, {
    featureOfPlace: featuresOfPlaces(model, setting.columnFeatures),
    featureCount,
    sampleBins,
    referenceBins,
    referenceCount,
  });
  const weightOf = createLeafWeights(Math.min(featureCount, paths.maxDepth));
  const { order, gains, lost } = paths;

  function addLeaf(leaf: number, first: number, end: number, lostCount: number): void {
    for (let entry = outputs.starts[leaf]!; entry < outputs.starts[leaf + 1]!; entry++) {
      const value = outputs.values[entry]!;
      const offset = outputs.scores[entry]! * featureCount;
      let toLost = 0;
      for (let at = first; at < end; at++) {
        const reference = order[at]!;
        const count = gains.counts[reference]!;
        const share = value * weightOf(count, lostCount);
        const from = reference * featureCount;
        for (let index = from; index < from + count; index++) shares[offset + gains.features[index]!]! += share;
        toLost += weightOf(lostCount, count);
      }
      for (let index = 0; index < lostCount; index++) shares[offset + lost[index]!]! -= value * toLost;
    }
  }

  function explain(row: Float64Array): Float64Array {
    model.expand(row, 0, treeRow, 0);
    binRow(trees, treeRow, 0, sampleBins, 0);
    shares.fill(0);
    for (let tree = 0; tree < trees.roots.length; tree++) paths.visitLeaves(trees.roots[tree]!, addLeaf);
    for (let at = 0; at < shares.length; at++) shares[at]! /= referenceCount;
    return shares;
  }

  return { meanScores: meanScoresOf(model, setting, referenceBins), explain };
}

function meanScoresOf({ trees, outputs, start }: TreeModel, { referenceCount }: MethodSetting, bins: Int32Array): Float64Array {
  const { nodes, binBits } = trees;
  const binMask = 2 ** binBits - 1;
  const sums = new Float64Array(start.length);
  for (let tree = 0; tree < trees.roots.length; tree++) {
    for (let reference = 0; reference < referenceCount; reference++) {
      let word = trees.roots[tree]!;
      for (let right = nodes[word + 1]!; right >= 0; right = nodes[word + 1]!) {
        const goesLeft = bins[(nodes[word]! >>> binBits) * referenceCount + reference]! <= (nodes[word]! & binMask);
        word = goesLeft ? word + NODE_WORDS : right;
      }
      const leaf = ~nodes[word + 1]!;
      for (let entry = outputs.starts[leaf]!; entry < outputs.starts[leaf + 1]!; entry++) {
        sums[outputs.scores[entry]!]! += outputs.values[entry]!;
      }
    }
  }
  return sums.map((sum, score) => sum / referenceCount + start[score]!);
}

/** A node names a place among the two copies of a row's bins. */
function featuresOfPlaces({ trees, sources }: TreeModel, columnFeatures: readonly number[]): Int32Array {
  return Int32Array.from({ length: 2 * trees.inputSize }, (_, place) => columnFeatures[sources[place % trees.inputSize]!]!);
}

/** Place by place, so that a split reads the bins of its references side by side. */
function binReferences({ trees, expand }: TreeModel, setting: MethodSetting): Int32Array {
  const { columnFeatures, references, referenceCount } = setting;
  const places = 2 * trees.inputSize;
  const all = new Int32Array(places * referenceCount);
  const row = new Float64Array(trees.inputSize);
  const bins = new Int32Array(places);
  for (let reference = 0; reference < referenceCount; reference++) {
    expand(references, reference * columnFeatures.length, row, 0);
    binRow(trees, row, 0, bins, 0);
    for (let place = 0; place < places; place++) all[place * referenceCount + reference] = bins[place]!;
  }
  return all;
}
