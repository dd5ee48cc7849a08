/** One tree of gradient boosting, grown best leaf first (Friedman, 2001; as LightGBM and scikit-learn's histogram boosting do). */
import { type BinnedColumns, middleCut } from './bin.ts';
import type { CodedTree } from './coded-tree.ts';
import { createGradientSplitter, type GradientSplit, type NodeSums, type SplitLimits } from './gradient-split.ts';
import { createHistograms } from './histograms.ts';
import { partitionRows } from './partition.ts';

/** Keeps a step of rows that are as good as certain a number. */
const MIN_CURVATURE = 1e-100;

/** When a tree grows no further, and what its leaves may add. */
export interface BoostedTreeLimits extends SplitLimits {
  readonly maxLeafNodes: number;
  readonly maxDepth: number;
  /** Magnitude of a leaf's value before shrinkage. */
  readonly maxDeltaStep: number;
  readonly learningRate: number;
}

/** A tree in preorder, and where its rows went; the value of a leaf is 0 in `values`. */
export interface BoostedTree extends CodedTree {
  readonly columns: number[];
  readonly values: number[];
  readonly missingLeft: number[];
  readonly right: number[];
  /** What a leaf adds to the score, by node, in single precision; 0 of an inner node. */
  readonly steps: number[];
  readonly leaves: readonly BoostedLeaf[];
}

/** Its rows are those in `rowIds` from `start` to `end`. */
interface BoostedLeaf {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

interface GrowingNode {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly sums: NodeSums;
  /** Of a leaf that can be split: its histograms and the best split. */
  histograms: Float64Array | undefined;
  split: GradientSplit | undefined;
  /** Of an inner node. */
  inner?: {
    readonly column: number;
    readonly bin: number;
    readonly missingLeft: boolean;
    readonly left: GrowingNode;
    readonly right: GrowingNode;
  };
}

/** Grows a tree from the rows in `rowIds`, which it puts in the order of the leaves. */
export type GrowBoostedTree = (rowIds: Int32Array, gradients: Float64Array, hessians: Float64Array) => BoostedTree;

/** Prepares the growing of trees; buffers are shared by all. */
export function createBoostedTreeGrower(binned: BinnedColumns, limits: BoostedTreeLimits): GrowBoostedTree {
  const histograms = createHistograms(binned);
  const findSplit = createGradientSplitter(binned, histograms, limits);
  const spare = new Int32Array(binned.rowCount);

  /** Looks for the split of a new leaf. */
  function examine(node: GrowingNode, sums: Float64Array): void {
    node.split = findSplit(sums, node.sums);
    if (node.split) node.histograms = sums;
    else histograms.release(sums);
  }

  function mayBeSplit({ depth, sums }: GrowingNode): boolean {
    return depth < limits.maxDepth && sums.rows >= 2 * limits.minSamplesLeaf;
  }

  return function growTree(rowIds, gradients, hessians) {
    const fill = ({ start, end }: GrowingNode) => histograms.fill(rowIds, start, end, gradients, hessians);
    const root = createNode(0, rowIds.length, 0, sumRows(rowIds, gradients, hessians));
    if (mayBeSplit(root)) examine(root, fill(root));
    const open: GrowingNode[] = root.split ? [root] : [];
    for (let leaves = 1; leaves < limits.maxLeafNodes && open.length > 0; leaves++) {
      const node = takeBest(open);
      const { left, right } = splitNode(node, binned, rowIds, spare);
      const parentSums = node.histograms!;
      node.histograms = undefined;
      const isLast = leaves + 1 === limits.maxLeafNodes;
      if (isLast || (!mayBeSplit(left) && !mayBeSplit(right))) {
        histograms.release(parentSums);
        continue;
      }
      const [fewer, more] = left.sums.rows <= right.sums.rows ? [left, right] : [right, left];
      const fewerSums = fill(fewer);
      histograms.subtract(parentSums, fewerSums);
      for (const [child, sums] of [
        [fewer, fewerSums],
        [more, parentSums],
      ] as const) {
        if (mayBeSplit(child)) examine(child, sums);
        else histograms.release(sums);
        if (child.split) open.push(child);
      }
    }
    for (const { histograms: sums } of open) if (sums) histograms.release(sums);
    return inPreorder(root, limits);
  };
}

function createNode(start: number, end: number, depth: number, sums: NodeSums): GrowingNode {
  return { start, end, depth, sums, histograms: undefined, split: undefined };
}

function sumRows(rowIds: Int32Array, gradients: Float64Array, hessians: Float64Array): NodeSums {
  let gradient = 0;
  let hessian = 0;
  for (const row of rowIds) {
    gradient += gradients[row]!;
    hessian += hessians[row]!;
  }
  return { gradient, hessian, rows: rowIds.length };
}

/** Removes the leaf whose split gains most, the first of equals. */
function takeBest(open: GrowingNode[]): GrowingNode {
  let best = 0;
  for (let index = 1; index < open.length; index++) if (open[index]!.split!.gain > open[best]!.split!.gain) best = index;
  return open.splice(best, 1)[0]!;
}

function splitNode(
  node: GrowingNode,
  binned: BinnedColumns,
  rowIds: Int32Array,
  spare: Int32Array,
): { left: GrowingNode; right: GrowingNode } {
  const { start, end, depth, sums } = node;
  const { column, lower, upper, missingLeft, left: leftSums } = node.split!;
  const bin = middleCut(binned, column, lower, upper);
  const middle = partitionRows(binned, rowIds, spare, start, end, { column, bin, missingLeft });
  const left = createNode(start, middle, depth + 1, leftSums);
  const right = createNode(middle, end, depth + 1, {
    gradient: sums.gradient - leftSums.gradient,
    hessian: sums.hessian - leftSums.hessian,
    rows: sums.rows - leftSums.rows,
  });
  // Nothing missing here: a missing value will go where most rows go.
  const goesLeft = missingLeft || (binned.hasMissing[column] === 0 && left.sums.rows >= right.sums.rows);
  node.inner = { column, bin, missingLeft: goesLeft, left, right };
  return { left, right };
}

function inPreorder(root: GrowingNode, limits: BoostedTreeLimits): BoostedTree {
  const columns: number[] = [];
  const values: number[] = [];
  const missingLeft: number[] = [];
  const right: number[] = [];
  const steps: number[] = [];
  const leaves: BoostedLeaf[] = [];
  function add({ start, end, sums, inner }: GrowingNode): void {
    const node = columns.push(inner ? inner.column + 1 : 0) - 1;
    const step = inner ? 0 : stepOf(sums, limits);
    values.push(inner?.bin ?? 0);
    missingLeft.push(Number(inner?.missingLeft ?? false));
    right.push(0);
    steps.push(step);
    if (!inner) {
      leaves.push({ start, end, step });
      return;
    }
    add(inner.left);
    right[node] = columns.length;
    add(inner.right);
  }
  add(root);
  return { columns, values, missingLeft, right, steps, leaves };
}

/** Newton's step against the gradient, bounded, shrunk, and in the precision in which it is stored: what is learned next answers what is served. */
function stepOf({ gradient, hessian }: NodeSums, { l2Regularization, maxDeltaStep, learningRate }: BoostedTreeLimits): number {
  const step = -gradient / Math.max(hessian + l2Regularization, MIN_CURVATURE);
  return Math.fround(learningRate * Math.min(Math.max(step, -maxDeltaStep), maxDeltaStep));
}
