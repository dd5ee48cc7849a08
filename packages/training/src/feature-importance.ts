/** How important each feature is to an algorithm on these rows: permutation importance of models fitted on parts of them. */
import { selectRows } from '@iris/dataset';
import type { ModelKind } from '@iris/model';
import { estimatorOf } from './cross-validation.ts';
import type { FitSurroundings } from './fit.ts';
import { type Split, stratifiedFolds, stratifiedHoldout } from './folds.ts';
import { mean } from './metrics.ts';
import type { GivenOptions } from './options.ts';
import { permutationImportance } from './permutation-importance.ts';
import { createRandom } from './random.ts';
import type { TrainingRows } from './rows.ts';

/** Up to so many rows, five models are fitted, each judged by the fifth that it has not seen; above, one, judged by a quarter. */
const FOLDS_MAX_ROWS = 2000;
const FOLDS = 5;
const HOLDOUT_SHARE = 0.25;
/** Permutations of each feature, in all. */
const VALUES = 5;
/** Student's t for 95 % and four degrees of freedom. */
const T_95 = 2.776;

/** What is measured. */
export interface FeatureImportanceRequest extends FitSurroundings {
  readonly kind: ModelKind;
  readonly rows: TrainingRows;
  readonly options: GivenOptions;
  readonly seed: number;
  /** Index of the feature that each column comes from. */
  readonly columnFeatures: readonly number[];
}

/** The rise of the mean log-loss, with its 95 % interval over five permutations. */
export interface ImportanceEstimate {
  readonly feature: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Measures all features.
 *
 * @returns the most important first.
 * @throws TrainingError as `fit`.
 */
export async function featureImportance(request: FeatureImportanceRequest): Promise<ImportanceEstimate[]> {
  const { kind, rows, options, seed, columnFeatures, ...surroundings } = request;
  const fitPart = estimatorOf(kind, rows, options, seed, surroundings);
  const splits = splitsOf(rows, seed);
  const values: number[][] = [];
  for (const { train, test } of splits) {
    const parameters = await fitPart(train);
    const repeats = VALUES / splits.length;
    values.push(...permutationImportance({ parameters, rows: selectRows(rows, test), columnFeatures, seed, repeats }));
  }
  const estimates = values[0]!.map((_, feature) =>
    estimateOf(
      feature,
      values.map((repeat) => repeat[feature]!),
    ),
  );
  return estimates.sort((a, b) => b.mean - a.mean);
}

function splitsOf(rows: TrainingRows, seed: number): Split[] {
  const random = createRandom(seed);
  return rows.labels.length <= FOLDS_MAX_ROWS
    ? stratifiedFolds(rows, FOLDS, random)
    : [stratifiedHoldout(rows, HOLDOUT_SHARE, random)];
}

function estimateOf(feature: number, values: readonly number[]): ImportanceEstimate {
  const center = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1);
  const reach = T_95 * Math.sqrt(variance / values.length);
  return { feature, mean: center, low: center - reach, high: center + reach };
}
