/** Fits one of the algorithms. */
import type { ModelKind, ModelParameters } from '@iris/model';
import { TrainingError } from './errors.ts';
import { OPTION_TABLES } from './option-tables.ts';
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
  readonly options: Readonly<Record<string, number>>;
}

/**
 * Fits an algorithm to all rows. The same arguments give the same parameters, bit for bit.
 *
 * @param options hyperparameters by name; `OPTION_TABLES` lists them and their defaults.
 * @param seed integer from 0 to `MAX_SEED`; logistic regression draws nothing from it.
 * @throws TrainingError `TRAINING_OPTION` for an unusable option or seed, `TRAINING_ROWS` when a class has no row or a number
 *   is too large.
 */
export async function fit(kind: ModelKind, rows: TrainingRows, options: GivenOptions = {}, seed = 0): Promise<Fit> {
  if (!Number.isInteger(seed) || seed < 0 || seed > MAX_SEED) {
    throw new TrainingError('TRAINING_OPTION', `seed must be an integer from 0 to ${MAX_SEED}, is ${seed}`, { seed });
  }
  requireRowsPerClass(rows, 1, 'fitting');
  requireModerateRows(rows);
  const fitted = await ALGORITHMS[kind](rows, options, seed);
  requireFiniteParameters(fitted.parameters);
  return fitted;
}

// Imported on use: TensorFlow.js alone takes 180 ms, and nobody trains all three at once.
const ALGORITHMS: Readonly<Record<ModelKind, (rows: TrainingRows, options: GivenOptions, seed: number) => Promise<Fit>>> = {
  async rf(rows, given, seed) {
    const options = checkOptions(OPTION_TABLES.rf, given);
    const { fitMlRandomForest } = await import('./engines/ml-random-forest.ts');
    return fitMlRandomForest(rows, options, seed);
  },
  async svm(rows, given, seed) {
    const options = checkOptions(OPTION_TABLES.svm, given);
    const { fitSupportVector } = await import('./support-vector/fit-support-vector.ts');
    return await fitSupportVector(rows, options, seed);
  },
  async logreg(rows, given) {
    const options = checkOptions(OPTION_TABLES.logreg, given);
    const { fitLogisticRegression } = await import('./logistic/fit-logistic-regression.ts');
    return await fitLogisticRegression(rows, options);
  },
};
