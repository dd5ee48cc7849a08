/** Answers samples: predicts, counts, and hands the prediction to the log without waiting for it. */
import { extrapolationWarnings, type Sample } from '@iris/dataset';
import { predictionSet } from '@iris/model';
import type { AppDependencies, PredictionLog } from '../../dependencies.ts';
import { ApiError } from '../../errors.ts';
import type { Served, ServedModel } from '../../models/served-model.ts';

/** The answer to one sample, as it leaves the API. */
export interface Answer {
  readonly prediction: string;
  readonly class_index: number;
  readonly probabilities: Readonly<Record<string, number>>;
  /** Classes that the sample's own is among as often as the model file states; where it was asked for. */
  readonly prediction_set?: readonly string[];
  readonly model: string;
  readonly version: string;
  readonly request_id: string;
  readonly warnings?: readonly string[];
}

/** What a request says of all its rows. */
export interface RowOptions {
  /** False keeps the prediction out of the log. */
  readonly logged: boolean;
  /** Whether answers have a `prediction_set`. */
  readonly withSet?: boolean;
}

interface AnswerOptions extends RowOptions {
  /** The caller's id; one is made if absent. */
  readonly requestId?: string | undefined;
}

/**
 * Answers one valid sample, given in schema order.
 *
 * @throws ApiError `PREDICTION_SET_UNAVAILABLE` when a set is asked of a model that has no thresholds.
 */
export type Predictor = (sample: Sample, options: AnswerOptions) => Answer;

/** Makes the predictor of an app; without a log predictions are not kept. */
export function createPredictor(dependencies: AppDependencies, served: Served, log: PredictionLog | undefined): Predictor {
  const { now, newId } = dependencies;
  let service = putInService(dependencies, served());

  return function answer(sample, { requestId, logged, withSet = false }) {
    if (service.model !== served()) service = putInService(dependencies, served());
    const { model, classes, counters, source } = service;
    const thresholds = withSet ? thresholdsOf(model) : undefined;
    const { classIndex, classProbabilities } = model.predict(sample);
    const id = newId();
    const answered = {
      prediction: classes[classIndex]!,
      class_index: classIndex,
      probabilities: byClass(classes, classProbabilities),
      ...(thresholds && { prediction_set: predictionSet(classProbabilities, thresholds).map((index) => classes[index]!) }),
      model: model.name,
      version: model.version,
      request_id: requestId ?? id,
    };
    counters[classIndex]!();
    if (log && logged) {
      log.writer.record({
        recordId: id,
        requestId: answered.request_id,
        createdAt: now(),
        source,
        classIndex,
        features: sample,
        probabilities: classProbabilities,
      });
    }
    const warnings = extrapolationWarnings(model.schema, sample);
    return warnings.length === 0 ? answered : { ...answered, warnings };
  };
}

/**
 * The thresholds of a model's prediction sets.
 *
 * @throws ApiError `PREDICTION_SET_UNAVAILABLE` for a model without.
 */
export function thresholdsOf({ name, version, document: { conformal } }: ServedModel): readonly number[] {
  if (conformal) return conformal.thresholds;
  const detail = `The model ${name} ${version} has no thresholds for prediction sets: it was not evaluated when it was trained, or by an older program. Train it anew.`;
  throw new ApiError('PREDICTION_SET_UNAVAILABLE', detail);
}

function putInService({ metrics, instance }: AppDependencies, model: ServedModel) {
  const { classes, features } = model.schema;
  const source = { model: model.name, version: model.version, instance, featureNames: features.map(({ name }) => name), classes };
  return { model, classes, source, counters: classes.map((label) => metrics.predictionCounter(label, model.version)) };
}

/** Numbers by class name. */
export function byClass(classes: readonly string[], probabilities: ArrayLike<number>): Record<string, number> {
  const named: Record<string, number> = {};
  for (let index = 0; index < classes.length; index++) named[classes[index]!] = probabilities[index]!;
  return named;
}
