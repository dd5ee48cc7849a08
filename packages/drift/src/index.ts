/** Whether live data still look like the training data, and how good predictions are without labels. Pure. */
export { type AccuracyEstimate, createAccuracyEstimator, type Evaluated } from './accuracy-estimate.ts';
export { createDriftDetector, type DriftDetector, type DriftOptions, type DriftReference } from './detector.ts';
export type { CategoricalDistribution, Distribution, NumericDistribution } from './distribution.ts';
export type { ColumnDrift, DriftReport, Verdict } from './report.ts';
export { MIN_ROWS } from './thresholds.ts';
