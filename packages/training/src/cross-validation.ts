/** Predictions of samples that the fit had not seen, fold by fold. */
import { appendRows, selectRows } from '@iris/dataset';
import { type ModelKind, type ModelParameters, parseModel } from '@iris/model';
import { type FitSurroundings, fit } from './fit.ts';
import { type Split, stratifiedFolds, stratifiedHoldout } from './folds.ts';
import { type SampleScores, scoreSamples } from './metrics.ts';
import type { GivenOptions } from './options.ts';
import { createRandom } from './random.ts';
import { requireRowsPerClass, rowMajor, type TrainingRows } from './rows.ts';

/** Up to so many rows `full` means repeated cross-validation; above, one hold-out is precise enough. */
export const CROSS_VALIDATION_MAX_ROWS = 500;
/** Up to so many rows `folds` means cross-validation, above the other bound once. */
const FOLDS_MAX_ROWS = 5000;
const REPEATS = 10;
const FOLDS = 10;
const HOLDOUT_SHARE = 0.25;

/** How the rows are split: see `evaluate`. */
export type SplitMethod = 'folds' | 'full' | 'holdout';

/** How far an evaluation is. */
export interface EvaluationProgress {
  readonly completedFolds: number;
  readonly totalFolds: number;
  /** The fold that was completed last. */
  readonly fold: FoldResult;
}

/** What predicts a fold. */
export type Estimator = (trainRows: readonly number[]) => Promise<ModelParameters>;

/** Which folds, and who is to know how far it is. */
export interface FoldsRequest {
  readonly rows: TrainingRows;
  /** Decides the splits: the same rows, seed and method give the same. */
  readonly seed?: number;
  readonly method: SplitMethod;
  /** Called after each fold and awaited, so that a host can draw or stop. */
  readonly onProgress?: (progress: EvaluationProgress) => void | Promise<void>;
}

/** What one fit predicted of the samples that it had not seen; all arrays are in the order of these. */
export interface FoldResult {
  /** How many rows the fold leaves to fit on. */
  readonly trainRows: number;
  /** Row indexes, ascending. */
  readonly testRows: readonly number[];
  readonly labels: ArrayLike<number>;
  readonly classIndexes: ArrayLike<number>;
  /** (samples) × (classes), row-major. */
  readonly classProbabilities: Float64Array;
  readonly scores: SampleScores;
}

/** Fits an algorithm to the rows of each training part, and to those beside them. */
export function estimatorOf(
  kind: ModelKind,
  rows: TrainingRows,
  options: GivenOptions = {},
  seed = 0,
  { beside, ...surroundings }: FitSurroundings & { readonly beside?: TrainingRows | undefined } = {},
): Estimator {
  return async function fitPart(trainRows) {
    const part = selectRows(rows, trainRows);
    return (await fit(kind, beside ? appendRows(part, beside) : part, options, seed, surroundings)).parameters;
  };
}

/**
 * Predicts the test part of each fold by a model of its training part; the predictions are `@iris/model`'s, which are those served.
 *
 * @param estimator gives the model of a training part; it is given row indexes, ascending.
 * @throws TrainingError `TRAINING_ROWS` when a class has less than two rows; what the estimator throws.
 */
export async function predictFolds(request: FoldsRequest, estimator: Estimator): Promise<FoldResult[]> {
  requireRowsPerClass(request.rows, 2, 'evaluation');
  const splits = splitsOf(request);
  const folds: FoldResult[] = [];
  for (const { train, test } of splits) {
    const fold = await predictSplit(request.rows, train, test, estimator);
    folds.push(fold);
    await request.onProgress?.({ completedFolds: folds.length, totalFolds: splits.length, fold });
  }
  return folds;
}

/**
 * Predicts every row once, each part by a model of the others; the parts are not stratified, so that a class may have a single row or none.
 *
 * @param parts at most as many as there are rows; of one part the estimator is given no row.
 */
export async function predictParts(rows: TrainingRows, parts: number, estimator: Estimator): Promise<FoldResult[]> {
  const all = Array.from(rows.labels, (_, row) => row);
  const folds: FoldResult[] = [];
  for (let part = 0; part < Math.min(parts, all.length); part++) {
    const isHeld = (row: number) => row % parts === part;
    const others = all.filter((row) => !isHeld(row));
    folds.push(await predictSplit(rows, others, all.filter(isHeld), estimator));
  }
  return folds;
}

async function predictSplit(
  rows: TrainingRows,
  train: readonly number[],
  testRows: readonly number[],
  estimator: Estimator,
): Promise<FoldResult> {
  const model = parseModel(await estimator(train));
  const held = selectRows(rows, testRows);
  const { labels, classCount } = held;
  const { classIndexes, classProbabilities } = model.predictBatch(rowMajor(held), testRows.length);
  const scores = scoreSamples(labels, classIndexes, classProbabilities, classCount);
  return { trainRows: train.length, testRows, labels, classIndexes, classProbabilities, scores };
}

function splitsOf(request: FoldsRequest): Split[] {
  const { method, rows } = request;
  const count = rows.labels.length;
  if (method !== 'holdout' && count <= CROSS_VALIDATION_MAX_ROWS) return repeatedFolds(request, REPEATS);
  return method === 'folds' && count <= FOLDS_MAX_ROWS ? repeatedFolds(request, 1) : [holdout(request)];
}

function repeatedFolds({ rows, seed = 0 }: FoldsRequest, repeats: number): Split[] {
  const random = createRandom(seed);
  return Array.from({ length: repeats }, () => stratifiedFolds(rows, FOLDS, random)).flat();
}

function holdout({ rows, seed = 0 }: FoldsRequest): Split {
  return stratifiedHoldout(rows, HOLDOUT_SHARE, createRandom(seed));
}
