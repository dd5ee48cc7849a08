/** What a person wants to know of a model beside its figures: which features matter, how it follows them, and how sure it may be. */
import { createEncoder } from '@iris/dataset';
import type { ConformalSets, FeatureImportance, PartialDependence, UnsealedDocument } from '@iris/model-file';
import {
  CONFORMAL_LEVEL,
  conformalThresholds,
  engineOf,
  type FoldResult,
  featureImportance,
  measureCoverage,
  partialDependence,
  type TrainingRows,
} from '@iris/training';

/** Features whose partial dependence is kept. */
const MAX_FOLLOWED = 30;
/** Digits that a picture can show. */
const DIGITS = 4;

/** The members of a model file that say so. */
export type ModelDescription = Required<Pick<UnsealedDocument, 'importance' | 'partialDependence'>> & {
  readonly conformal?: ConformalSets;
};

/**
 * Describes a model that has been fitted.
 *
 * @param rows the trusted ones.
 * @param folds of the evaluation; none where nothing was measured.
 */
export async function describeModel(
  document: UnsealedDocument,
  rows: TrainingRows,
  folds: readonly FoldResult[],
): Promise<ModelDescription> {
  const importance = await measureImportance(document, rows);
  return {
    importance,
    partialDependence: followFeatures(document, importance),
    ...(folds.length > 0 && { conformal: conformalSets(folds, rows.classCount) }),
  };
}

async function measureImportance(document: UnsealedDocument, rows: TrainingRows): Promise<FeatureImportance[]> {
  const { dataset, model: kind, training } = document;
  const { columnFeatures } = createEncoder(dataset);
  const { options, seed } = training;
  const estimates = await featureImportance({ kind, rows, options, seed, columnFeatures, engine: engineOf(training.engine) });
  return estimates.map(({ feature, mean, low, high }) => ({
    feature: dataset.features[feature]!.name,
    mean: rounded(mean),
    low: rounded(low),
    high: rounded(high),
  }));
}

function followFeatures(
  { dataset: schema, parameters, reference: { samples } }: UnsealedDocument,
  importance: readonly FeatureImportance[],
): PartialDependence[] {
  return importance.slice(0, MAX_FOLLOWED).map(({ feature }) => {
    const index = schema.features.findIndex(({ name }) => name === feature);
    const points = partialDependence({ schema, parameters, samples }, index);
    return { feature, points: points.map((point) => ({ ...point, probabilities: point.probabilities.map(rounded) })) };
  });
}

/** Of repeated cross-validation the first round: every row once. */
function conformalSets(folds: readonly FoldResult[], classCount: number): ConformalSets {
  const round = firstRound(folds);
  const labels = round.flatMap((fold) => Array.from(fold.labels));
  const classProbabilities = Float64Array.from(round.flatMap((fold) => [...fold.classProbabilities]));
  const { byClass, overall, setSize } = measureCoverage({ labels, classProbabilities }, classCount);
  return {
    level: CONFORMAL_LEVEL,
    thresholds: conformalThresholds({ labels, classProbabilities }, classCount),
    coverage: { byClass: byClass.map((share) => (Number.isNaN(share) ? null : share)), overall, setSize },
  };
}

function firstRound(folds: readonly FoldResult[]): FoldResult[] {
  const seen = new Set<number>();
  const round: FoldResult[] = [];
  for (const fold of folds) {
    if (fold.testRows.some((row) => seen.has(row))) break;
    for (const row of fold.testRows) seen.add(row);
    round.push(fold);
  }
  return round;
}

function rounded(value: number): number {
  return Number(value.toFixed(DIGITS));
}
