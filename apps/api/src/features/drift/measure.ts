/** Compares the predictions of a span of time with what their model was trained on. */
import { setImmediate } from 'node:timers/promises';
import {
  type AccuracyEstimate,
  createAccuracyEstimator,
  createDriftDetector,
  type DriftOptions,
  type DriftReport,
} from '@iris/drift';
import type { PredictionStore, ScannedPrediction, ScanQuery } from '@iris/prediction-log';
import type { ServedModel } from '../../models/served-model.ts';
import { driftReference, evaluatedOf } from './reference.ts';

/** Predictions that somebody has judged, and how many of them were right. */
export interface Judged {
  readonly judged: number;
  readonly correct: number;
}

/** What was found. */
export interface DriftMeasurement {
  readonly query: ScanQuery;
  readonly report: DriftReport;
  readonly estimate: AccuracyEstimate;
  /** Null where the question was for one model: feedback is counted by version. */
  readonly feedback: Judged | null;
}

/** How to measure. */
export interface MeasureOptions extends Pick<DriftOptions, 'minRows'> {
  /** Called after each part with the rows so far. */
  readonly onRows?: (rows: number) => void;
}

/**
 * Reads the predictions once, in constant memory.
 *
 * @throws PredictionLogError when the log cannot be read
 */
export async function measureDrift(
  model: ServedModel,
  store: PredictionStore,
  query: ScanQuery,
  options: MeasureOptions = {},
): Promise<DriftMeasurement> {
  const compared = await comparePredictions(model, store.scan(query), options);
  const feedback = query.model === undefined ? await countFeedback(store, query) : null;
  return { query, ...compared, feedback };
}

/**
 * The same without feedback, of rows that come part by part.
 *
 * @throws what reading the parts throws
 */
export async function comparePredictions(
  model: ServedModel,
  parts: AsyncIterable<readonly ScannedPrediction[]> | Iterable<readonly ScannedPrediction[]>,
  { onRows, ...options }: MeasureOptions = {},
): Promise<Pick<DriftMeasurement, 'report' | 'estimate'>> {
  const detector = createDriftDetector(driftReference(model), options);
  const estimator = createAccuracyEstimator(model.schema.classes, evaluatedOf(model));
  let rows = 0;
  for await (const part of parts) {
    for (const { features, probabilities, label } of part) {
      detector.add(features, label);
      estimator.add(probabilities, label);
    }
    rows += part.length;
    onRows?.(rows);
  }
  return { report: await detector.report(() => setImmediate()), estimate: estimator.estimate() };
}

async function countFeedback(store: PredictionStore, { from, to, version }: ScanQuery): Promise<Judged> {
  const counts = (await store.count({ from, to })).filter((count) => version === undefined || count.version === version);
  const total = (figure: keyof Judged) => counts.reduce((sum, count) => sum + count[figure], 0);
  return { judged: total('judged'), correct: total('correct') };
}
