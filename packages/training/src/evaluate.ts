/** Measures how well an algorithm predicts samples that its fit has not seen. */
import { type ModelKind, parseModel } from '@iris/model';
import { fit } from './fit.ts';
import { type Split, stratifiedFolds, stratifiedHoldout } from './folds.ts';
import { createConfusionMatrix, type Estimate, estimate, mean, type SampleScores, scoreSamples } from './metrics.ts';
import type { GivenOptions } from './options.ts';
import { createRandom } from './random.ts';
import { requireRowsPerClass, selectRows, type TrainingRows } from './rows.ts';

/** Up to so many rows `full` means repeated cross-validation; above, one hold-out is precise enough. */
export const CROSS_VALIDATION_MAX_ROWS = 500;
const REPEATS = 10;
const FOLDS = 10;
const HOLDOUT_SHARE = 0.25;

/** How much to measure: see `evaluate`. */
export type EvaluationMethod = 'full' | 'holdout' | 'none';

/** What was measured; the `metrics` of a model file. */
export interface Evaluation {
  readonly method: 'cross-validation' | 'holdout' | 'none';
  /** Fits that the figures are taken over. */
  readonly folds: number;
  readonly accuracy: Estimate | null;
  readonly logLoss: Estimate | null;
  readonly brier: Estimate | null;
  /** `[true class][predicted class]`, counts summed over folds; empty when not measured. */
  readonly confusionMatrix: readonly (readonly number[])[];
}

/** What one fit predicted of the samples that it had not seen; the arrays are in the order of these. */
export interface FoldResult {
  readonly labels: ArrayLike<number>;
  readonly classIndexes: ArrayLike<number>;
  /** (samples) × (classes), row-major. */
  readonly classProbabilities: Float64Array;
  readonly scores: SampleScores;
}

/** How far an evaluation is. */
export interface EvaluationProgress {
  readonly completedFolds: number;
  readonly totalFolds: number;
  /** The fold that was completed last. */
  readonly fold: FoldResult;
}

/** What to evaluate. */
export interface EvaluationRequest {
  readonly kind: ModelKind;
  readonly rows: TrainingRows;
  readonly options?: GivenOptions;
  /** Decides the splits and is the seed of every fit. */
  readonly seed?: number;
  readonly method: EvaluationMethod;
  /** Called after each fold and awaited, so that a host can draw or stop. */
  readonly onProgress?: (progress: EvaluationProgress) => void | Promise<void>;
}

/**
 * Evaluates an algorithm; scalers are fitted inside each fold, and the predictions are `@iris/model`'s, which are those served.
 *
 * `full` is 10 × stratified 10-fold up to 500 rows, with the mean over the 100 folds and its standard error (folds share rows, so it
 * is somewhat too small); above, and for `holdout`, a quarter of each class is held out, and the standard error is over its samples.
 *
 * @throws TrainingError as `fit` does, and `TRAINING_ROWS` when a class has less than two rows.
 */
export async function evaluate(request: EvaluationRequest): Promise<Evaluation> {
  if (request.method === 'none') return NOT_EVALUATED;
  requireRowsPerClass(request.rows, 2, 'evaluation');
  const crossValidated = request.method === 'full' && request.rows.labels.length <= CROSS_VALIDATION_MAX_ROWS;
  const splits = crossValidated ? repeatedFolds(request) : [holdout(request)];
  const confusionMatrix = createConfusionMatrix(request.rows.classCount);
  const scores: SampleScores[] = [];
  for (const split of splits) {
    const fold = await scoreSplit(request, split, confusionMatrix);
    scores.push(fold.scores);
    await request.onProgress?.({ completedFolds: scores.length, totalFolds: splits.length, fold });
  }
  const figures = crossValidated ? foldMeans(scores) : scores[0]!;
  return {
    method: crossValidated ? 'cross-validation' : 'holdout',
    folds: splits.length,
    ...summarize(figures),
    confusionMatrix,
  };
}

const NOT_EVALUATED: Evaluation = { method: 'none', folds: 0, accuracy: null, logLoss: null, brier: null, confusionMatrix: [] };

function repeatedFolds({ rows, seed = 0 }: EvaluationRequest): Split[] {
  const random = createRandom(seed);
  return Array.from({ length: REPEATS }, () => stratifiedFolds(rows, FOLDS, random)).flat();
}

function holdout({ rows, seed = 0 }: EvaluationRequest): Split {
  return stratifiedHoldout(rows, HOLDOUT_SHARE, createRandom(seed));
}

async function scoreSplit(request: EvaluationRequest, split: Split, confusionMatrix: number[][]): Promise<FoldResult> {
  const { kind, rows, options, seed } = request;
  const { parameters } = await fit(kind, selectRows(rows, split.train), options, seed);
  const { features, labels, classCount } = selectRows(rows, split.test);
  const { classIndexes, classProbabilities } = parseModel(parameters).predictBatch(features, labels.length);
  labels.forEach((label, index) => {
    confusionMatrix[label]![classIndexes[index]!]! += 1;
  });
  const scores = scoreSamples(labels, classIndexes, classProbabilities, classCount);
  return { labels, classIndexes, classProbabilities, scores };
}

function summarize(scores: SampleScores): Pick<Evaluation, 'accuracy' | 'logLoss' | 'brier'> {
  return { accuracy: estimate(scores.accuracy), logLoss: estimate(scores.logLoss), brier: estimate(scores.brier) };
}

/** One value per fold: the mean of its samples' scores. */
function foldMeans(folds: readonly SampleScores[]): SampleScores {
  return {
    accuracy: folds.map(({ accuracy }) => mean(accuracy)),
    logLoss: folds.map(({ logLoss }) => mean(logLoss)),
    brier: folds.map(({ brier }) => mean(brier)),
  };
}
