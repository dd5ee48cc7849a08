export type { LogisticRegressionParameters, ModelKind, ModelParameters, RandomForestParameters, ScalerParameters, SupportVectorParameters } from './parameters.ts';
