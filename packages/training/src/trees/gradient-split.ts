/** The best split of a node of boosted trees: the one that lowers the loss most in its second-order expansion. */
import type { BinnedColumns } from './bin.ts';
import { BIN_NUMBERS, type Histograms } from './histograms.ts';

/** Below it a side is as good as certain, and its leaf value a division of nothing by nothing. */
const MIN_HESSIAN = 1e-3;

/** Sums over a node's rows. */
export interface NodeSums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
}

/** A split of a node. */
export interface GradientSplit {
  readonly gain: number;
  readonly column: number;
  /** The last bin with rows that goes left, and the first that goes right. */
  readonly lower: number;
  readonly upper: number;
  readonly missingLeft: boolean;
  readonly left: NodeSums;
}

/** What a split must keep to. */
export interface SplitLimits {
  readonly minSamplesLeaf: number;
  readonly l2Regularization: number;
}

/** Finds the best split in a node's histograms, `undefined` where none lowers the loss. */
export type FindGradientSplit = (sums: Float64Array, node: NodeSums) => GradientSplit | undefined;

/** Prepares the search. */
export function createGradientSplitter(
  { columnCount, binCounts, hasMissing }: BinnedColumns,
  { offsets }: Histograms,
  { minSamplesLeaf, l2Regularization }: SplitLimits,
): FindGradientSplit {
  let bestGain = 0;
  let bestColumn = -1;
  let bestBin = 0;
  let bestMissingLeft = false;
  let bestGradient = 0;
  let bestHessian = 0;
  let bestRows = 0;

  /** Takes bins to the left one by one; with `missingLeft` those without a value are there from the beginning. */
  function scan(sums: Float64Array, column: number, missingLeft: boolean, node: NodeSums, nodeScore: number): void {
    const offset = offsets[column]!;
    const bins = binCounts[column]!;
    const missingAt = offset + bins * BIN_NUMBERS;
    let gradient = missingLeft ? sums[missingAt]! : 0;
    let hessian = missingLeft ? sums[missingAt + 1]! : 0;
    let rows = missingLeft ? sums[missingAt + 2]! : 0;
    // All values on the left leaves the missing ones on the right.
    const end = missingLeft || sums[missingAt + 2] === 0 ? bins - 1 : bins;
    for (let bin = 0, at = offset; bin < end; bin++, at += BIN_NUMBERS) {
      if (sums[at + 2] === 0) continue;
      gradient += sums[at]!;
      hessian += sums[at + 1]!;
      rows += sums[at + 2]!;
      if (rows < minSamplesLeaf || hessian < MIN_HESSIAN) continue;
      const rightHessian = node.hessian - hessian;
      if (node.rows - rows < minSamplesLeaf || rightHessian < MIN_HESSIAN) break;
      const rightGradient = node.gradient - gradient;
      const gain =
        (gradient * gradient) / (hessian + l2Regularization) +
        (rightGradient * rightGradient) / (rightHessian + l2Regularization) -
        nodeScore;
      if (gain <= bestGain) continue;
      bestGain = gain;
      bestColumn = column;
      bestBin = bin;
      bestMissingLeft = missingLeft;
      bestGradient = gradient;
      bestHessian = hessian;
      bestRows = rows;
    }
  }

  return function findSplit(sums, node) {
    bestGain = 0;
    bestColumn = -1;
    const nodeScore = (node.gradient * node.gradient) / (node.hessian + l2Regularization);
    for (let column = 0; column < columnCount; column++) {
      scan(sums, column, false, node, nodeScore);
      if (hasMissing[column] === 1 && sums[offsets[column + 1]! - 1]! > 0) scan(sums, column, true, node, nodeScore);
    }
    if (bestColumn < 0) return undefined;
    return {
      gain: bestGain,
      column: bestColumn,
      lower: bestBin,
      upper: nextBin(sums, bestColumn, bestBin),
      missingLeft: bestMissingLeft,
      left: { gradient: bestGradient, hessian: bestHessian, rows: bestRows },
    };
  };

  /** The next bin with rows; the one of missing values where there is none. */
  function nextBin(sums: Float64Array, column: number, bin: number): number {
    let next = bin + 1;
    while (next < binCounts[column]! && sums[offsets[column]! + next * BIN_NUMBERS + 2] === 0) next += 1;
    return next;
  }
}
