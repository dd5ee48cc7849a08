/**
 * Gradient boosting (Friedman, 2001) on histograms, with the defaults of scikit-learn's `HistGradientBoostingClassifier`, but for two:
 * some L2 regularization, and a bound on what a leaf adds. Without them rare classes diverge once their rows are as good as certain.
 */
import { type GradientBoostingParameters, MAX_BOOSTED_TREES, MAX_NODES, storeFloats, storeTrees } from '@iris/model';
import { TrainingError } from '../errors.ts';
import type { FitContext } from '../fit-context.ts';
import { BOOSTING_OPTIONS } from '../option-tables.ts';
import { checkOptions, type GivenOptions, type OptionValues } from '../options.ts';
import type { TrainingRows } from '../rows.ts';
import { type BinnedColumns, binColumns } from './bin.ts';
import { type BoostingLoss, createBoostingLoss } from './boosting-loss.ts';
import { leafOfRow } from './coded-tree.ts';
import { type BoostedTree, createBoostedTreeGrower } from './regression-tree.ts';
import { createStream } from './stream.ts';
import type { TreesFit } from './trees-fit.ts';

/** Above so many rows some are held out to tell when to stop. */
const EARLY_STOPPING_ROWS = 10_000;
/** No tree has this number: the draw of held-out rows has a stream of its own. */
const HOLDOUT_STREAM = 2 ** 32 - 1;

type Options = OptionValues<typeof BOOSTING_OPTIONS>;

/**
 * Fits boosted trees. The same arguments give the same bytes; the seed decides which rows early stopping holds out, and nothing else.
 *
 * @param given by name; `BOOSTING_OPTIONS` lists them.
 * @throws TrainingError `TRAINING_OPTION` for an unusable option, also for more trees than a model has. Cost: rounds × rows × columns, and for more than two classes × classes.
 */
export async function fitBoosting(
  { columns, labels, classCount }: TrainingRows,
  given: GivenOptions,
  seed: number,
  { classWeights, onProgress }: FitContext = {},
): Promise<TreesFit<GradientBoostingParameters>> {
  const options = checkOptions(BOOSTING_OPTIONS, given);
  const binned = binColumns(columns, labels.length);
  const loss = createBoostingLoss(labels, classCount, classWeights);
  requireModelSize(options, loss.scoreCount);
  const grow = createBoostedTreeGrower(binned, {
    ...options,
    maxDepth: options.maxDepth === 'none' ? Number.POSITIVE_INFINITY : options.maxDepth,
  });
  const stopsEarly = options.earlyStopping === 'auto' ? labels.length > EARLY_STOPPING_ROWS : options.earlyStopping === 1;
  const { train, held } = splitRows(labels, classCount, stopsEarly ? options.validationFraction : 0, seed);
  const scores = startScores(loss.baseline, labels.length);
  const gradients = new Float64Array(labels.length);
  const hessians = new Float64Array(labels.length);
  // In the order of the leaves once a tree is grown, ascending again before the next.
  const rowIds = new Int32Array(train.length);
  const trees: BoostedTree[] = [];
  const isDone = createStoppingRule(options);
  for (let round = 1; round <= options.maxIter; round++) {
    loss.update(scores);
    for (let score = 0; score < loss.scoreCount; score++) {
      loss.derive(score, gradients, hessians);
      rowIds.set(train);
      const tree = grow(rowIds, gradients, hessians);
      trees.push(tree);
      addTree(tree, binned, rowIds, held, scores.subarray(score * labels.length, (score + 1) * labels.length));
    }
    await onProgress?.(round, options.maxIter);
    if (held.length > 0 && isDone(loss.lossOf(scores, held) / held.length)) break;
  }
  return {
    engine: 'iris',
    parameters: assemble(columns.length, classCount, binned, loss, trees),
    options: reportOptions(options, stopsEarly),
  };
}

/** Refuses more trees or nodes than a model may have, before they are grown. */
function requireModelSize({ maxIter, maxLeafNodes }: Options, scoreCount: number): void {
  const trees = maxIter * scoreCount;
  const nodes = trees * (2 * maxLeafNodes - 1);
  if (trees <= MAX_BOOSTED_TREES && nodes <= MAX_NODES) return;
  const message =
    `${maxIter} rounds of ${scoreCount} trees of ${maxLeafNodes} leaves are too many for a model, which has at most ` +
    `${MAX_BOOSTED_TREES} trees and ${MAX_NODES} nodes: take a smaller maxIter or maxLeafNodes`;
  throw new TrainingError('TRAINING_OPTION', message, { name: 'maxIter', value: maxIter, trees, nodes });
}

/** Rows to fit on and rows to hold out, of each class the same share; a class with one row keeps it. */
function splitRows(labels: Int32Array, classCount: number, share: number, seed: number): { train: Int32Array; held: Int32Array } {
  const isHeld = new Uint8Array(labels.length);
  if (share > 0) {
    const random = createStream(seed, HOLDOUT_STREAM);
    const left = new Float64Array(classCount);
    for (const label of labels) left[label]! += 1;
    const wanted = left.map((count) => Math.min(Math.round(count * share), count - 1));
    labels.forEach((label, row) => {
      // One draw a row in their order takes exactly as many as are wanted (Knuth, algorithm S).
      if (random.below(left[label]!) < wanted[label]!) {
        isHeld[row] = 1;
        wanted[label]! -= 1;
      }
      left[label]! -= 1;
    });
  }
  const rowIds = Int32Array.from(labels.keys());
  return { train: rowIds.filter((row) => isHeld[row] === 0), held: rowIds.filter((row) => isHeld[row] === 1) };
}

function startScores(baseline: Float64Array, rowCount: number): Float64Array {
  const scores = new Float64Array(baseline.length * rowCount);
  baseline.forEach((value, score) => {
    scores.fill(value, score * rowCount, (score + 1) * rowCount);
  });
  return scores;
}

function addTree(tree: BoostedTree, binned: BinnedColumns, rowIds: Int32Array, held: Int32Array, scores: Float64Array): void {
  for (const { start, end, step } of tree.leaves) {
    for (let place = start; place < end; place++) scores[rowIds[place]!]! += step;
  }
  for (const row of held) scores[row]! += tree.steps[leafOfRow(tree, binned, row)]!;
}

/** Tells after each round whether the last rounds have gained nothing on the one before them. */
function createStoppingRule({ nIterNoChange, tol }: Options): (loss: number) => boolean {
  const losses: number[] = [];
  return function isDone(loss) {
    losses.push(loss);
    if (losses.length <= nIterNoChange) return false;
    const before = losses.at(-1 - nIterNoChange)!;
    return losses.slice(-nIterNoChange).every((recent) => recent > before - tol);
  };
}

function assemble(
  inputSize: number,
  classCount: number,
  { cuts }: BinnedColumns,
  { baseline }: BoostingLoss,
  trees: readonly BoostedTree[],
): GradientBoostingParameters {
  const nodes = {
    treeCount: trees.length,
    cuts,
    columns: trees.flatMap((tree) => tree.columns),
    values: trees.flatMap((tree) => tree.values),
    missingLeft: trees.flatMap(({ missingLeft }) => missingLeft),
  };
  const leafValues = trees.flatMap(({ leaves }) => leaves.map(({ step }) => step));
  return {
    kind: 'gbt',
    inputSize,
    classCount,
    trees: storeTrees(nodes, 1),
    leafValues: storeFloats(leafValues),
    baseline: Array.from(baseline),
  };
}

function reportOptions({ maxDepth, ...options }: Options, stopsEarly: boolean): Record<string, number> {
  return { ...options, ...(maxDepth !== 'none' && { maxDepth }), earlyStopping: Number(stopsEarly) };
}
