/** Random forest: each tree votes for the class of the leaf it reaches, and a class's probability is its share of the votes. */
import { type ForestNodes, parseForestNodes } from './forest-nodes.ts';
import { createLeafTableScorer } from './leaf-table.ts';
import { type BatchScorer, type ModelShape, type RowScorer, scoreEach } from './model.ts';
import type { ParameterReader } from './parameter-reader.ts';

/**
 * Reads the parameters of a forest.
 *
 * @throws ModelError when the node table is no set of trees or holds an unusable number.
 */
export function parseRandomForest(parameters: ParameterReader, shape: ModelShape): BatchScorer {
  const nodes = parseForestNodes(parameters, shape.inputSize, shape.classCount);
  return scoreEach(shape, createLeafTableScorer(nodes, shape.classCount) ?? createWalkScorer(nodes, shape.classCount));
}

/** Builds the scorer that walks every tree: any forest, no memory beyond the nodes. */
export function createWalkScorer({ roots, features, thresholds, left, right }: ForestNodes, classCount: number): RowScorer {
  const treeCount = roots.length;
  const votes = new Int32Array(classCount);
  return function scoreRow(rows, offset, out, outOffset) {
    votes.fill(0);
    for (let tree = 0; tree < treeCount; tree++) {
      let node = roots[tree]!;
      while (node >= 0) node = rows[offset + features[node]!]! < thresholds[node]! ? left[node]! : right[node]!;
      votes[~node]!++;
    }
    for (let index = 0; index < classCount; index++) out[outOffset + index] = votes[index]! / treeCount;
  };
}
