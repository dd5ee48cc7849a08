/** The trees of a model, for who looks into them rather than predicts: nodes to walk, and what each leaf adds to which score. */

import { type ExpandedRows, parseExpandedRows } from '../expanded-rows.ts';
import type { ModelShape } from '../model.ts';
import { createParameterReader, type ParameterReader } from '../parameter-reader.ts';
import { kindError, parseShape } from '../shape.ts';
import { parseBoostedTrees } from './gradient-boosting.ts';
import type { LeafVotes } from './leaf-votes.ts';
import { parseForest } from './random-forest.ts';
import { NODE_WORDS, type TreeEnsemble } from './tree-ensemble.ts';

export { binRow, NODE_WORDS, type TreeEnsemble } from './tree-ensemble.ts';

/** What leaves add to scores: entries `starts[leaf]` to `starts[leaf + 1]` of the two others are those of a leaf. */
export interface LeafOutputs {
  readonly starts: Int32Array;
  readonly scores: Int32Array;
  readonly values: Float64Array;
}

/** Trees whose leaves add up to scores. */
export interface TreeModel extends ExpandedRows {
  readonly kind: 'rf' | 'gbt';
  readonly trees: TreeEnsemble;
  readonly outputs: LeafOutputs;
  /** What each score starts with: the prior of a forest, the baseline of boosted trees. Its length is the number of scores. */
  readonly start: Float64Array;
  /** Votes of a forest divided by this are shares: its trees, and one more with a prior. 1 for boosted trees. */
  readonly divisor: number;
  /** Whether the scores, divided, are the probabilities: so in a forest without a temperature. */
  readonly areProbabilities: boolean;
}

/**
 * Reads the trees of a forest (of either version) or of gradient boosting.
 *
 * @throws ModelError as `parseModel`, or `MODEL_KIND_UNKNOWN` when the model has no trees.
 */
export function parseTreeModel(parameters: unknown): TreeModel {
  const reader = createParameterReader(parameters);
  const kind = reader.raw('kind');
  if (kind !== 'rf' && kind !== 'gbt') throw kindError(kind, 'gbt, rf');
  const { inputSize, classCount } = parseShape(reader);
  const rows = parseExpandedRows(reader, inputSize);
  const shape = { inputSize: rows.sources.length, classCount };
  return {
    kind,
    sources: rows.sources,
    expand: rows.expand,
    ...(kind === 'rf' ? readForest(reader, shape) : readBoosting(reader, shape)),
  };
}

type ScoredTrees = Omit<TreeModel, 'kind' | keyof ExpandedRows>;

function readForest(reader: ParameterReader, shape: ModelShape): ScoredTrees {
  const { trees, votes, calibration } = parseForest(reader, shape);
  const treeCount = trees.roots.length;
  return {
    trees,
    outputs: outputsOfVotes(votes),
    start: calibration?.prior ?? new Float64Array(shape.classCount),
    divisor: calibration ? treeCount + 1 : treeCount,
    areProbabilities: calibration === undefined || calibration.temperature === 1,
  };
}

function outputsOfVotes({ classCount, leafCount, starts, classes, shares }: LeafVotes): LeafOutputs {
  return {
    starts: Int32Array.from({ length: leafCount + 1 }, (_, leaf) =>
      leaf < classCount ? leaf : classCount + starts[leaf - classCount]!,
    ),
    scores: Int32Array.from({ length: classCount + classes.length }, (_, at) =>
      at < classCount ? at : classes[at - classCount]!,
    ),
    values: Float64Array.from({ length: classCount + shares.length }, (_, at) =>
      at < classCount ? 1 : shares[at - classCount]!,
    ),
  };
}

function readBoosting(reader: ParameterReader, shape: ModelShape): ScoredTrees {
  const { trees, leafValues, baseline } = parseBoostedTrees(reader, shape);
  const scores = new Int32Array(leafValues.length);
  let leaf = 0;
  trees.roots.forEach((_, tree) => {
    // A tree of n nodes has (n + 1) / 2 leaves; they are numbered as they stand.
    const nodes = ((trees.roots[tree + 1] ?? trees.nodes.length) - trees.roots[tree]!) / NODE_WORDS;
    const end = leaf + (nodes + 1) / 2;
    scores.fill(tree % baseline.length, leaf, end);
    leaf = end;
  });
  return {
    trees,
    outputs: {
      starts: Int32Array.from({ length: leafValues.length + 1 }, (_, at) => at),
      scores,
      values: Float64Array.from(leafValues),
    },
    start: baseline,
    divisor: 1,
    areProbabilities: false,
  };
}
