/**
 * Random forest (Breiman, 2001) on binned columns: bootstrap rows, a draw of features at each node, fully grown trees. Beyond the paper: a
 * prior that votes as one tree more, and a temperature fitted on out-of-bag votes, so that shares of votes are usable as probabilities.
 */
import { type DividedLeaf, type HistogramForestParameters, storeLeaves, storeTrees } from '@iris/model';
import type { FitContext } from '../fit-context.ts';
import { FOREST_OPTIONS } from '../option-tables.ts';
import { checkOptions, type GivenOptions, type OptionValues } from '../options.ts';
import type { TrainingRows } from '../rows.ts';
import { type BinnedColumns, binColumns } from './bin.ts';
import { type GrownTree, TreeGrower, type TreeLimits } from './classification-tree.ts';
import { createOutOfBagVotes, fitTemperature, type OutOfBagVotes } from './out-of-bag.ts';
import { createStream, type Stream } from './stream.ts';
import type { TreesFit } from './trees-fit.ts';

/** Deeper than any tree can be: `none`. */
const NO_LIMIT = 2 ** 31 - 1;

/**
 * Fits a forest. The same arguments give the same bytes.
 *
 * @param given by name; `FOREST_OPTIONS` lists them.
 * @throws TrainingError `TRAINING_OPTION` for an unusable option. Cost: trees × rows × √columns × depth.
 */
export async function fitForest(
  rows: TrainingRows,
  given: GivenOptions,
  seed: number,
  context: FitContext = {},
): Promise<TreesFit<HistogramForestParameters>> {
  const options = checkOptions(FOREST_OPTIONS, given);
  const { columns, labels, classCount } = rows;
  const binned = binColumns(columns, labels.length);
  const limits = toLimits(options, columns.length);
  const grower = new TreeGrower(binned, labels, classCount, limits);
  const outOfBag = createOutOfBagVotes(binned, classCount);
  const weights = new Float64Array(labels.length);
  const trees: GrownTree[] = [];
  for (let tree = 0; tree < options.nEstimators; tree++) {
    const random = createStream(seed, tree);
    drawBootstrap(weights, random, labels, context.classWeights);
    const grown = grower.grow(weights, random);
    trees.push(grown);
    outOfBag.add(grown, weights);
    await context.onProgress?.(tree + 1, options.nEstimators);
  }
  const parameters = assemble(rows, binned, trees, outOfBag, context.classWeights);
  return { parameters, engine: 'iris', options: reportOptions(options, limits) };
}

function toLimits(options: OptionValues<typeof FOREST_OPTIONS>, columnCount: number): TreeLimits {
  const maxFeatures = options.maxFeatures === 'sqrt' ? Math.max(1, Math.floor(Math.sqrt(columnCount))) : options.maxFeatures;
  return {
    ...options,
    maxFeatures: Math.min(maxFeatures, columnCount),
    maxDepth: options.maxDepth === 'none' ? NO_LIMIT : options.maxDepth,
  };
}

function reportOptions(
  { nEstimators, maxDepth }: OptionValues<typeof FOREST_OPTIONS>,
  limits: TreeLimits,
): Record<string, number> {
  const { maxFeatures, minSamplesSplit, minSamplesLeaf } = limits;
  return { nEstimators, maxFeatures, ...(maxDepth !== 'none' && { maxDepth }), minSamplesSplit, minSamplesLeaf };
}

/** Draws as many rows as there are, with replacement. */
function drawBootstrap(weights: Float64Array, random: Stream, labels: Int32Array, classWeights: Float64Array | undefined): void {
  weights.fill(0);
  for (let draw = 0; draw < weights.length; draw++) weights[random.below(weights.length)]! += 1;
  if (classWeights) for (let row = 0; row < weights.length; row++) weights[row]! *= classWeights[labels[row]!]!;
}

function assemble(
  { columns, labels, classCount }: TrainingRows,
  { cuts }: BinnedColumns,
  trees: readonly GrownTree[],
  outOfBag: OutOfBagVotes,
  classWeights: Float64Array | undefined,
): HistogramForestParameters {
  const prior = classShares(labels, classCount, classWeights);
  const { leaves, values } = mergeLeaves(trees, classCount);
  const nodes = {
    treeCount: trees.length,
    cuts,
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
  for (const { columns, dividedLeaves } of trees) {
    for (const column of columns) {
      const leaf = values[node]! - classCount;
      if (column === 0 && leaf >= 0) {
        const divided = toShares(dividedLeaves.subarray(leaf * classCount, (leaf + 1) * classCount));
        const key = `${divided.classes.join()}:${divided.weights.join()}`;
        if (!numbers.has(key)) numbers.set(key, leaves.push(divided) - 1);
        values[node] = classCount + numbers.get(key)!;
      }
      node += 1;
    }
  }
  return { leaves, values };
}

function toShares(weights: Float64Array): { classes: number[]; weights: number[] } {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const classes = Array.from(weights.keys()).filter((label) => weights[label]! > 0);
  return { classes, weights: classes.map((label) => Math.fround(weights[label]! / sum)) };
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
