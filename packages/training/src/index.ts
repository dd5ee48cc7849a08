/** Training: `fit` gives parameters, `evaluate` metrics; the same input gives the same bytes. */
export { greatestClass, recallByClass } from './class-figures.ts';
export { TrainingError, type TrainingErrorCode } from './errors.ts';
export {
  CROSS_VALIDATION_MAX_ROWS,
  type Evaluation,
  type EvaluationMethod,
  type EvaluationProgress,
  type EvaluationRequest,
  evaluate,
  type FoldResult,
} from './evaluate.ts';
export { type Fit, fit } from './fit.ts';
export { type Estimate, mean } from './metrics.ts';
export { OPTION_TABLES } from './option-tables.ts';
export { acceptsValue, describeRange, type GivenOptions, type OptionSpec, type OptionTable } from './options.ts';
export { MAX_SEED } from './random.ts';
export { encodeDataset, type TrainingRows } from './rows.ts';
