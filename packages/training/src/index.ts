/** Training: `fit` gives parameters, `evaluate` metrics; the same input gives the same bytes. */
export { greatestClass, recallByClass } from './class-figures.ts';
export {
  CROSS_VALIDATION_MAX_ROWS,
  type Estimator,
  type EvaluationProgress,
  estimatorOf,
  type FoldResult,
  predictFolds,
  predictParts,
  type SplitMethod,
} from './cross-validation.ts';
export { TrainingError, type TrainingErrorCode } from './errors.ts';
export {
  type Evaluation,
  type EvaluationMethod,
  type EvaluationRequest,
  evaluate,
  measure,
  summarizeFolds,
} from './evaluate.ts';
export { type Fit, fit } from './fit.ts';
export { type Estimate, mean } from './metrics.ts';
export { OPTION_TABLES } from './option-tables.ts';
export { acceptsValue, describeRange, type GivenOptions, type OptionSpec, type OptionTable } from './options.ts';
export { MAX_SEED } from './random.ts';
export { createReliability, type Reliability, type ReliabilityBin } from './reliability.ts';
export { appendRows, rowMajor, type TrainingRows, trainingRows } from './rows.ts';
export { fitBoosting } from './trees/boosting.ts';
export { fitForest } from './trees/forest.ts';
