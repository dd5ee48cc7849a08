/** Inference in plain TypeScript: `parseModel` proves the parameters sound, then predictions cannot fail. */
export { ModelError, type ModelErrorCode, type ModelErrorDetails } from './errors.ts';
export {
  MAX_BOOSTED_TREES,
  MAX_CLASS_COUNT,
  MAX_INPUT_SIZE,
  MAX_MAGNITUDE,
  MAX_NODES,
  MAX_SUPPORT_VECTORS,
  MAX_TREES,
} from './limits.ts';
export type { BatchPrediction, Model, Prediction } from './model.ts';
export type {
  GradientBoostingParameters,
  HistogramForestParameters,
  InputParameters,
  LogisticRegressionParameters,
  ModelKind,
  ModelParameters,
  RandomForestParameters,
  ScalerParameters,
  SupportVectorParameters,
} from './parameters.ts';
export { parseModel, parseSupportVectorDecisionFunction } from './parse-model.ts';
export { predictionSet } from './prediction-set.ts';
export { type DividedLeaf, type PreorderTrees, storeLeaves, storeTrees } from './trees/store-trees.ts';
export { writeFloats as storeFloats } from './trees/stored-integers.ts';
