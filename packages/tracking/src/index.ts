/** Tracking: a training run in MLflow over its REST API. */
export type { Artifact } from './artifacts.ts';
export { Connection } from './connection.ts';
export { TrackingError, type TrackingErrorCode, type TrackingErrorDetails } from './errors.ts';
export type { ModelDescription } from './model-description.ts';
export { type ModelUri, parseModelUri } from './model-uri.ts';
export { downloadVersionFile, type ModelVersion, resolveModelUri } from './registered-models.ts';
export type { Metric } from './runs.ts';
export { type RunResult, startRun, type TrackedRun } from './tracked-run.ts';
export { parseServerUrl, parseTrackingUri, readAuthorization, type TrackingTarget } from './tracking-uri.ts';
