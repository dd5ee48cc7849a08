/**
 * Random forest (Breiman, 2001) on binned columns: bootstrap rows, a draw of features at each node, fully grown trees. Beyond the paper: a
 * prior that votes as one tree more, and a temperature fitted on out-of-bag votes, so that shares of votes are usable as probabilities.
 */
import type { HistogramForestParameters } from '@iris/model';
import type { FitContext } from '../fit-context.ts';
import { FOREST_OPTIONS } from '../option-tables.ts';
import { checkOptions, type GivenOptions, type OptionValues } from '../options.ts';
import type { TrainingRows } from '../rows.ts';
import { assembleForest, mergeShares } from './assemble-forest.ts';
import { binColumns } from './bin.ts';
import type { TreeLimits } from './classification-tree.ts';
import { closeBoard, countGrown, createBoard, ForestShare, type ForestTask, type GrownShare } from './forest-share.ts';
import { chooseLeafSize, MAX_FOREST_NODES, requireForestSize } from './forest-size.ts';
import { helpersFor, startThreads } from './forest-threads.ts';
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
  const { classWeights, onProgress } = context;
  const treeCount = options.nEstimators;
  const unlimited = {
    binned: binColumns(columns, labels.length),
    labels,
    classCount,
    seed,
    classWeights,
    treeCount,
    board: createBoard(),
  };
  const countNodes = (limits: TreeLimits) => new ForestShare({ ...unlimited, limits }).grow(0).columns.length;
  const task: ForestTask = { ...unlimited, limits: chooseLimits(options, rows, countNodes) };
  const shares = await growShares(task, context.threads ?? helpersFor(task), (done) => onProgress?.(done, treeCount));
  const parameters = assembleForest({ rows, binned: task.binned, classWeights, ...mergeShares(shares, task) });
  return { parameters, engine: 'iris', options: reportOptions(options, task.limits) };
}

/** Grows all trees, here and in as many threads besides. */
async function growShares(
  task: ForestTask,
  threadCount: number,
  onGrown: (done: number) => void | Promise<void>,
): Promise<GrownShare[]> {
  const threads = startThreads(task, threadCount);
  try {
    const share = new ForestShare(task);
    // The others read the rows meanwhile: this thread does not wait for them.
    while (share.growNext()) await onGrown(countGrown(task.board));
    return [share.result(), ...(await threads.finish())];
  } finally {
    closeBoard(task);
    threads.end();
  }
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
