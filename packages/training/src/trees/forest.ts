/**
 * Random forest (Breiman, 2001) on binned columns: bootstrap rows, a draw of features at each node, fully grown trees. Beyond the paper: a
 * prior that votes as one tree more, and a temperature fitted on out-of-bag votes, so that shares of votes are usable as probabilities.
 */
import type { HistogramForestParameters } from '@iris/model';
import type { FitContext } from '../fit-context.ts';
import { FOREST_OPTIONS } from '../option-tables.ts';
import { checkOptions, type GivenOptions, type OptionValues } from '../options.ts';
import type { TrainingRows } from '../rows.ts';
import { assembleForest } from './assemble-forest.ts';
import { binColumns } from './bin.ts';
import { type GrownTree, TreeGrower, type TreeLimits } from './classification-tree.ts';
import { chooseLeafSize, MAX_FOREST_NODES, requireForestSize } from './forest-size.ts';
import { createOutOfBagVotes } from './out-of-bag.ts';
import { createStream, type Stream } from './stream.ts';
import type { TreesFit } from './trees-fit.ts';

/** Deeper than any tree can be: `none`. */
const NO_LIMIT = 2 ** 31 - 1;

/**
 * Fits a forest. The same arguments give the same bytes.
 *
 * @param given by name; `FOREST_OPTIONS` lists them.
 * @throws TrainingError `TRAINING_OPTION` for an unusable option, also for trees too large for a model. Cost: trees × rows × √columns × depth.
 */
export async function fitForest(
  rows: TrainingRows,
  given: GivenOptions,
  seed: number,
  context: FitContext = {},
): Promise<TreesFit<HistogramForestParameters>> {
  const options = checkOptions(FOREST_OPTIONS, given);
  const { columns, labels, classCount } = rows;
  const { nEstimators } = options;
  const binned = binColumns(columns, labels.length);
  const weights = new Float64Array(labels.length);
  function grow(grower: TreeGrower, tree: number): GrownTree {
    const random = createStream(seed, tree);
    drawBootstrap(weights, random, labels, context.classWeights);
    return grower.grow(weights, random);
  }
  const growerOf = (limits: TreeLimits) => new TreeGrower(binned, labels, classCount, limits);
  const limits = chooseLimits(options, rows, (candidate) => grow(growerOf(candidate), 0).columns.length);
  const grower = growerOf(limits);
  const outOfBag = createOutOfBagVotes(binned, classCount);
  const trees: GrownTree[] = [];
  for (let tree = 0; tree < nEstimators; tree++) {
    const grown = grow(grower, tree);
    trees.push(grown);
    outOfBag.add(grown, weights);
    await context.onProgress?.(tree + 1, nEstimators);
  }
  const parameters = assembleForest({ rows, binned, trees, outOfBag, classWeights: context.classWeights });
  return { parameters, engine: 'iris', options: reportOptions(options, limits) };
}

/** @param countNodes grows the first tree with some limits and tells its size. */
function chooseLimits(
  { nEstimators, maxFeatures, maxDepth, minSamplesSplit, minSamplesLeaf }: OptionValues<typeof FOREST_OPTIONS>,
  { columns, labels }: TrainingRows,
  countNodes: (limits: TreeLimits) => number,
): TreeLimits {
  const drawn = maxFeatures === 'sqrt' ? Math.max(1, Math.floor(Math.sqrt(columns.length))) : maxFeatures;
  const limits: TreeLimits = {
    maxFeatures: Math.min(drawn, columns.length),
    maxDepth: maxDepth === 'none' ? NO_LIMIT : maxDepth,
    minSamplesSplit,
    minSamplesLeaf: minSamplesLeaf === 'auto' ? 1 : minSamplesLeaf,
  };
  // A tree has fewer than two nodes a row: most forests need no look.
  if (2 * labels.length * nEstimators <= MAX_FOREST_NODES) return limits;
  const forestNodes = (leafSize: number) => nEstimators * countNodes({ ...limits, minSamplesLeaf: leafSize });
  if (minSamplesLeaf === 'auto') return { ...limits, minSamplesLeaf: chooseLeafSize(forestNodes) };
  requireForestSize(forestNodes(minSamplesLeaf), minSamplesLeaf);
  return limits;
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
