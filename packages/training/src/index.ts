/** Training: `fit` gives parameters, `evaluate` metrics; the same input gives the same bytes. */
export { BY_SIMPLICITY, chooseModel, MAJORITY } from './choose-model.ts';
export { greatestClass, precisionByClass, recallByClass } from './class-figures.ts';
export { CONFORMAL_LEVEL, conformalThresholds, measureCoverage } from './conformal.ts';
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
  type Measurement,
  measure,
  summarizeFolds,
} from './evaluate.ts';
export { featureImportance } from './feature-importance.ts';
export { type Fit, type FitSurroundings, fit } from './fit.ts';
export { fitMajority } from './majority.ts';
export { type Estimate, mean } from './metrics.ts';
export { type Engine, engineOf, OPTION_TABLES, optionTable } from './option-tables.ts';
export { acceptsValue, describeRange, type GivenOptions, type OptionSpec, type OptionTable } from './options.ts';
export { partialDependence } from './partial-dependence.ts';
export { MAX_SEED } from './random.ts';
export { createReliability, type Reliability, type ReliabilityBin } from './reliability.ts';
export { rowMajor, type TrainingRows, trainingRows } from './rows.ts';
