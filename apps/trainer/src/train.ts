/** Evaluates and fits as a command says; writes nothing. */
import { appendRows, type Dataset, samplesOf, selectRows } from '@iris/dataset';
import type { ModelDocument, UnsealedDocument } from '@iris/model-file';
import {
  type Evaluation,
  type EvaluationRequest,
  type FoldResult,
  fit,
  type Measurement,
  measure,
  type TrainingRows,
  trainingRows,
} from '@iris/training';
import type { TrainCommand } from './command-line.ts';
import { findObstacle } from './gates.ts';
import type { TrainingSet } from './training-set.ts';

/** Samples kept in the model file for plots, drift and explanation. */
const REFERENCE_MAX_SAMPLES = 1000;

/** What training came to. */
export interface TrainingOutcome {
  readonly evaluation: Evaluation;
  /** What the evaluation is the summary of, and the trusted rows, which it was made on. */
  readonly folds: readonly FoldResult[];
  readonly rows: TrainingRows;
  /** Absent when a gate is not passed: what nobody may ship is not fitted. */
  readonly document?: UnsealedDocument;
  /** Which gate, and why. */
  readonly obstacle?: string;
}

/**
 * Measures first, then fits all samples if the floor lets it pass. A candidate for a registry is fitted in any case: there the gate judges, and its verdict
 * stands beside the model.
 *
 * @param measured what a comparison measured of the model on these rows: then it is not measured again.
 */
export async function train(
  command: TrainCommand,
  set: TrainingSet,
  onProgress: NonNullable<EvaluationRequest['onProgress']>,
  measured?: Measurement,
): Promise<TrainingOutcome> {
  const { model: kind, engine, hyperparameters, seed, evaluate: method } = command;
  const { schema } = set.base;
  const rows = trainingRows(set.base);
  const beside = set.feedback && trainingRows(set.feedback.dataset);
  const request = { kind, rows, engine, options: hyperparameters, seed, method, onProgress, beside };
  const measurement = { rows, ...(measured ?? (await measure(request))) };
  const { evaluation } = measurement;
  const obstacle = command.registry === undefined ? findObstacle(command, evaluation, schema.classes) : undefined;
  if (obstacle !== undefined) return { ...measurement, obstacle };
  const all = beside ? appendRows(rows, beside) : rows;
  const fitted = await fit(kind, all, hyperparameters, seed, { engine });
  const document: UnsealedDocument = {
    formatVersion: 2,
    model: kind,
    version: command.version,
    dataset: schema,
    // Never of the feedback: these samples are shown to callers.
    reference: pickReference(set.base),
    parameters: fitted.parameters,
    metrics: evaluation,
    training: { sampleCount: all.labels.length, seed, engine: fitted.engine, options: fitted.options },
  };
  return { ...measurement, document };
}

/** All samples, or evenly spaced ones where there are too many. */
export function pickReference(dataset: Dataset): ModelDocument['reference'] {
  const { length } = dataset.labels;
  const count = Math.min(length, REFERENCE_MAX_SAMPLES);
  const rows = Array.from({ length: count }, (_, position) => Math.floor((position * length) / count));
  const picked = selectRows(dataset, rows);
  return { samples: samplesOf(picked), labels: [...picked.labels] };
}
