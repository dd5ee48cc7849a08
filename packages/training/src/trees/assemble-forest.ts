/** From grown trees to the parameters of a forest. */
import { type DividedLeaf, type HistogramForestParameters, storeLeaves, storeTrees } from '@iris/model';
import type { TrainingRows } from '../rows.ts';
import type { BinnedColumns } from './bin.ts';
import type { DividedLeaves, GrownTree } from './classification-tree.ts';
import type { ForestTask, GrownShare } from './forest-share.ts';
import { createOutOfBagVotes, fitTemperature, type OutOfBagVotes } from './out-of-bag.ts';

/** What a forest is made of. */
export interface ForestParts {
  readonly rows: TrainingRows;
  readonly binned: BinnedColumns;
  readonly trees: readonly GrownTree[];
  readonly outOfBag: OutOfBagVotes;
  readonly classWeights: Float64Array | undefined;
}

/** The trees of all threads in their order, and the sum of their votes: whole numbers, so that it is the same however they were shared out. */
export function mergeShares(
  shares: readonly GrownShare[],
  { binned, classCount }: ForestTask,
): Pick<ForestParts, 'trees' | 'outOfBag'> {
  const trees = shares
    .flatMap((share) => share.trees)
    .sort((a, b) => a.number - b.number)
    .map(({ tree }) => tree);
  const outOfBag = createOutOfBagVotes(binned, classCount);
  for (const { votes } of shares) {
    for (let at = 0; at < votes.length; at++) outOfBag.votes[at]! += votes[at]!;
  }
  return { trees, outOfBag };
}

/** Writes the trees, and adds the prior and the temperature. */
export function assembleForest({ rows, binned, trees, outOfBag, classWeights }: ForestParts): HistogramForestParameters {
  const { columns, labels, classCount } = rows;
  const prior = classShares(labels, classCount, classWeights);
  const { leaves, values } = mergeLeaves(trees, classCount);
  const nodes = {
    treeCount: trees.length,
    cuts: binned.cuts,
    columns: concatenate(trees.map((tree) => tree.columns)),
    values,
    missingLeft: concatenate(trees.map(({ missingLeft }) => missingLeft)),
  };
  return {
    kind: 'rf',
    inputSize: columns.length,
    classCount,
    trees: storeTrees(nodes, classCount + leaves.length),
    leaves: storeLeaves(leaves, classCount),
    prior: Array.from(prior),
    temperature: fitTemperature(outOfBag, labels, prior, classWeights),
  };
}

/** Gives equal leaves of all trees one number. */
function mergeLeaves(trees: readonly GrownTree[], classCount: number): { leaves: DividedLeaf[]; values: Int32Array } {
  const numbers = new Map<string, number>();
  const leaves: DividedLeaf[] = [];
  const values = concatenate(trees.map((tree) => tree.values));
  let node = 0;
  for (const { columns, divided } of trees) {
    for (const column of columns) {
      const leaf = values[node]! - classCount;
      if (column === 0 && leaf >= 0) {
        const shares = toShares(divided, leaf);
        const key = `${shares.classes.join()}:${shares.weights.join()}`;
        if (!numbers.has(key)) numbers.set(key, leaves.push(shares) - 1);
        values[node] = classCount + numbers.get(key)!;
      }
      node += 1;
    }
  }
  return { leaves, values };
}

/** In the precision in which they are stored, so that leaves of equal shares are equal. */
function toShares(
  { starts, classes, weights }: DividedLeaves,
  leaf: number,
): { classes: readonly number[]; weights: readonly number[] } {
  const own = weights.slice(starts[leaf], starts[leaf + 1]);
  const sum = own.reduce((total, weight) => total + weight, 0);
  return { classes: classes.slice(starts[leaf], starts[leaf + 1]), weights: own.map((weight) => Math.fround(weight / sum)) };
}

function classShares(labels: Int32Array, classCount: number, classWeights: Float64Array | undefined): Float64Array {
  const shares = new Float64Array(classCount);
  labels.forEach((label) => {
    shares[label]! += classWeights?.[label] ?? 1;
  });
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
}

function concatenate<Numbers extends Uint8Array | Uint16Array | Int32Array>(parts: readonly Numbers[]): Numbers {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const all = new (parts[0]!.constructor as new (size: number) => Numbers)(length);
  let from = 0;
  for (const part of parts) {
    all.set(part, from);
    from += part.length;
  }
  return all;
}
