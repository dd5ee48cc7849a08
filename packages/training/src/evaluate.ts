/** Measures how well an algorithm predicts samples that its fit has not seen. */
import type { ModelKind } from '@iris/model';
import { balancedAccuracy } from './class-figures.ts';
import { estimatorOf, type FoldResult, type FoldsRequest, predictFolds, type SplitMethod } from './cross-validation.ts';
import type { FitContext } from './fit-context.ts';
import { createConfusionMatrix, type Estimate, estimate, mean, type SampleScores } from './metrics.ts';
import type { Engine } from './option-tables.ts';
import type { GivenOptions } from './options.ts';
import { createReliability, type ReliabilityBin } from './reliability.ts';
import { meanRocAuc } from './roc-auc.ts';
import type { TrainingRows } from './rows.ts';

/** How much to measure: see `evaluate`. */
export type EvaluationMethod = SplitMethod | 'none';

/** What was measured; the `metrics` of a model file. */
export interface Evaluation {
  readonly method: 'cross-validation' | 'holdout' | 'none';
  /** Fits that the figures are taken over. */
  readonly folds: number;
  readonly accuracy: Estimate | null;
  readonly logLoss: Estimate | null;
  readonly brier: Estimate | null;
  /** Probability of the predicted class: where it is not the accuracy, the probabilities are not calibrated. Absent in files of older versions. */
  readonly confidence?: Estimate | null;
  /** Mean recall of the classes. Like the three below absent in files of older versions. */
  readonly balancedAccuracy?: Estimate | null;
  /** Area under the ROC curve, of more than two classes the mean of each against the rest; null where a fold lacks all but one class. */
  readonly rocAuc?: Estimate | null;
  /** Expected calibration error, 0 to 1, over all folds. */
  readonly calibrationError?: number | null;
  /** How often predictions of each confidence are right, over all folds; empty bins left out. */
  readonly reliability?: readonly ReliabilityBin[];
  /** `[true class][predicted class]`, counts summed over folds; empty when not measured. */
  readonly confusionMatrix: readonly (readonly number[])[];
}

/** What to evaluate; the seed decides the splits and is that of every fit. */
export interface EvaluationRequest extends Omit<FoldsRequest, 'method'> {
  readonly kind: ModelKind;
  readonly options?: GivenOptions;
  readonly method: EvaluationMethod;
  /** What fits; our own code unless given. */
  readonly engine?: Engine | undefined;
  /** Rows that every fit learns from too, and that none is judged by. */
  readonly beside?: TrainingRows | undefined;
  /** Called as each fit goes on. */
  readonly onFitProgress?: FitContext['onProgress'];
}

/** An evaluation, and the predictions that it is the summary of. */
export interface Measurement {
  readonly evaluation: Evaluation;
  /** None when not measured. */
  readonly folds: readonly FoldResult[];
}

/**
 * Evaluates an algorithm; scalers are fitted inside each fold.
 *
 * `full` is 10 × stratified 10-fold up to 500 rows, with the mean over the 100 folds and its standard error (folds share rows, so it
 * is somewhat too small); above, and for `holdout`, a quarter of each class is held out, and the standard error is over its samples.
 * `folds` is as `full`, but from 501 to 5,000 rows 10-fold once: each row is judged, by a model of the other nine tenths.
 *
 * @throws TrainingError as `fit` does, and `TRAINING_ROWS` when a class has less than two rows.
 */
export async function evaluate(request: EvaluationRequest): Promise<Evaluation> {
  return (await measure(request)).evaluation;
}

/** Evaluates as `evaluate` does, and keeps the predictions of each fold, which a comparison with another model needs. */
export async function measure({ method, ...request }: EvaluationRequest): Promise<Measurement> {
  if (method === 'none') return { evaluation: NOT_EVALUATED, folds: [] };
  const { kind, rows, options, seed, engine, beside, onFitProgress: onProgress } = request;
  const estimator = estimatorOf(kind, rows, options, seed, { engine, beside, onProgress });
  const folds = await predictFolds({ ...request, method }, estimator);
  return { evaluation: summarizeFolds(folds, rows.classCount), folds };
}

const NOT_EVALUATED: Evaluation = {
  method: 'none',
  folds: 0,
  accuracy: null,
  logLoss: null,
  brier: null,
  confidence: null,
  confusionMatrix: [],
};

/** The evaluation that folds amount to: over the means of several, over the samples of one. */
export function summarizeFolds(folds: readonly FoldResult[], classCount: number): Evaluation {
  const reliability = createReliability();
  for (const { labels, classIndexes, classProbabilities } of folds) reliability.add(labels, classIndexes, classProbabilities);
  const isCrossValidation = folds.length > 1;
  const scores = folds.map((fold) => fold.scores);
  const { accuracy, logLoss, brier, confidence } = isCrossValidation ? foldMeans(scores) : scores[0]!;
  return {
    method: isCrossValidation ? 'cross-validation' : 'holdout',
    folds: folds.length,
    accuracy: estimate(accuracy),
    logLoss: estimate(logLoss),
    brier: estimate(brier),
    confidence: estimate(confidence),
    balancedAccuracy: estimate(folds.map((fold) => balancedAccuracy(confusionOf([fold], classCount)))),
    rocAuc: estimateAuc(folds, classCount),
    calibrationError: reliability.expectedCalibrationError(),
    reliability: reliability.bins().filter(({ count }) => count > 0),
    confusionMatrix: confusionOf(folds, classCount),
  };
}

function confusionOf(folds: readonly FoldResult[], classCount: number): number[][] {
  const matrix = createConfusionMatrix(classCount);
  for (const { labels, classIndexes } of folds) {
    for (let row = 0; row < labels.length; row++) matrix[labels[row]!]![classIndexes[row]!]! += 1;
  }
  return matrix;
}

function estimateAuc(folds: readonly FoldResult[], classCount: number): Estimate | null {
  const areas = folds.map(({ labels, classProbabilities }) => meanRocAuc(labels, classProbabilities, classCount));
  return areas.some(Number.isNaN) ? null : estimate(areas);
}

/** One value per fold: the mean of its samples' scores. */
function foldMeans(folds: readonly SampleScores[]): SampleScores {
  return {
    accuracy: folds.map(({ accuracy }) => mean(accuracy)),
    logLoss: folds.map(({ logLoss }) => mean(logLoss)),
    brier: folds.map(({ brier }) => mean(brier)),
    confidence: folds.map(({ confidence }) => mean(confidence)),
  };
}
