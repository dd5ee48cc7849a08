/** Fits one of the algorithms. */
import type { ModelKind, ModelParameters } from '@iris/model';
import { TrainingError } from './errors.ts';
import { balancedWeights, type FitContext } from './fit-context.ts';
import {
  type Engine,
  LOGISTIC_REGRESSION_OPTIONS,
  ML_RANDOM_FOREST_OPTIONS,
  optionTable,
  SUPPORT_VECTOR_OPTIONS,
  TENSORFLOW_REGRESSION_OPTIONS,
} from './option-tables.ts';
import { checkOptions, type GivenOptions } from './options.ts';
import { MAX_SEED } from './random.ts';
import { requireRowsPerClass, type TrainingRows } from './rows.ts';
import { requireFiniteParameters, requireModerateRows } from './sound-numbers.ts';

/** What a fit gives. */
export interface Fit {
  /** Accepted by `parseModel` of `@iris/model`. */
  readonly parameters: ModelParameters;
  /** Library and version that fitted the parameters, such as `ml-random-forest 2.1.0`. */
  readonly engine: string;
  /** The hyperparameters as used: words such as `auto` are replaced by the numbers they stood for. */
  readonly options: Readonly<Record<string, number | string>>;
}

/** What a fit takes besides rows, options and seed. */
export interface FitSurroundings extends Pick<FitContext, 'onProgress'> {
  /** What fits; our own code unless given. */
  readonly engine?: Engine | undefined;
}

/**
 * Fits an algorithm to all rows. The same arguments give the same parameters, bit for bit.
 *
 * @param given hyperparameters by name; `OPTION_TABLES` lists them and their defaults.
 * @param seed integer from 0 to `MAX_SEED`; logistic regression draws nothing from it.
 * @throws TrainingError `TRAINING_OPTION` for an unusable option, seed or engine, `TRAINING_ROWS` when a class has no row or a number
 *   is too large.
 */
export async function fit(
  kind: ModelKind,
  rows: TrainingRows,
  given: GivenOptions = {},
  seed = 0,
  { engine = 'iris', onProgress }: FitSurroundings = {},
): Promise<Fit> {
  if (!Number.isInteger(seed) || seed < 0 || seed > MAX_SEED) {
    throw new TrainingError('TRAINING_OPTION', `seed must be an integer from 0 to ${MAX_SEED}, is ${seed}`, { seed });
  }
  const table = optionTable(kind, engine);
  if (!table) throw new TrainingError('TRAINING_OPTION', `${engine} does not fit ${kind}`, { engine, kind });
  const { classWeight, ...options } = checkOptions(table, given) as GivenOptions;
  requireRowsPerClass(rows, 1, 'fitting');
  requireModerateRows(rows);
  const classWeights = classWeight === 'balanced' ? balancedWeights(rows) : undefined;
  const fitted = await ALGORITHMS[kind](rows, options, seed, { classWeights, onProgress }, engine);
  requireFiniteParameters(fitted.parameters);
  return classWeights ? { ...fitted, options: { ...fitted.options, classWeight: 'balanced' } } : fitted;
}

type Algorithm = (rows: TrainingRows, options: GivenOptions, seed: number, context: FitContext, engine: Engine) => Promise<Fit>;

// Imported on use: TensorFlow.js alone takes 180 ms, and nobody trains all at once.
const ALGORITHMS: Readonly<Record<ModelKind, Algorithm>> = {
  async rf(rows, given, seed, context, engine) {
    if (engine === 'ml-random-forest') {
      const { fitMlRandomForest } = await import('./engines/ml-random-forest.ts');
      return fitMlRandomForest(rows, checkOptions(ML_RANDOM_FOREST_OPTIONS, given), seed);
    }
    const { fitForest } = await import('./trees/forest.ts');
    return await fitForest(rows, given, seed, context);
  },
  async gbt(rows, given, seed, context) {
    const { fitBoosting } = await import('./trees/boosting.ts');
    return await fitBoosting(rows, given, seed, context);
  },
  async svm(rows, given, seed, context) {
    const { fitSupportVector } = await import('./support-vector/fit-support-vector.ts');
    return await fitSupportVector(rows, checkOptions(SUPPORT_VECTOR_OPTIONS, given), seed, context);
  },
  async logreg(rows, given, _seed, context, engine) {
    if (engine === 'tensorflow') {
      const { fitTensorFlowRegression } = await import('./engines/tensorflow-regression.ts');
      return await fitTensorFlowRegression(rows, checkOptions(TENSORFLOW_REGRESSION_OPTIONS, given));
    }
    const { fitLogisticRegression } = await import('./logistic/fit-logistic-regression.ts');
    return await fitLogisticRegression(rows, checkOptions(LOGISTIC_REGRESSION_OPTIONS, given), context);
  },
};
