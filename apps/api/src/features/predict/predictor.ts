/** Answers samples: predicts, counts, and hands the prediction to the log without waiting for it. */
import { extrapolationWarnings, type Sample } from '@iris/dataset';
import type { AppDependencies, PredictionLog } from '../../dependencies.ts';
import type { Served, ServedModel } from '../../models/served-model.ts';

/** The answer to one sample, as it leaves the API. */
export interface Answer {
  readonly prediction: string;
  readonly class_index: number;
  readonly probabilities: Readonly<Record<string, number>>;
  readonly model: string;
  readonly version: string;
  readonly request_id: string;
  readonly warnings?: readonly string[];
}

interface AnswerOptions {
  /** The caller's id; one is made if absent. */
  readonly requestId?: string | undefined;
  /** False keeps the prediction out of the log. */
  readonly logged: boolean;
}

/** Answers one valid sample, given in schema order. */
export type Predictor = (sample: Sample, options: AnswerOptions) => Answer;

/** Makes the predictor of an app; without a log predictions are not kept. */
export function createPredictor(dependencies: AppDependencies, served: Served, log: PredictionLog | undefined): Predictor {
  const { now, newId } = dependencies;
  let service = putInService(dependencies, served());

  return function answer(sample, { requestId, logged }) {
    if (service.model !== served()) service = putInService(dependencies, served());
    const { model, classes, counters, source } = service;
    const { classIndex, classProbabilities } = model.predict(sample);
    const id = newId();
    const answered = {
      prediction: classes[classIndex]!,
      class_index: classIndex,
      probabilities: byClass(classes, classProbabilities),
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
