/** Evaluates and fits as a command says; writes nothing. */
import type { Dataset } from '@iris/dataset';
import type { ModelDocument, UnsealedDocument } from '@iris/model-file';
import {
  type Evaluation,
  type EvaluationRequest,
  encodeDataset,
  type FoldResult,
  fit,
  measure,
  type TrainingRows,
} from '@iris/training';
import type { TrainCommand } from './command-line.ts';
import { findObstacle } from './gates.ts';

/** Samples kept in the model file for plots, drift and explanation. */
const REFERENCE_MAX_SAMPLES = 1000;

/** What training came to. */
export interface TrainingOutcome {
  readonly evaluation: Evaluation;
  /** What the evaluation is the summary of, and the rows that it was made on. */
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
 */
export async function train(
  command: TrainCommand,
  dataset: Dataset,
  onProgress: NonNullable<EvaluationRequest['onProgress']>,
): Promise<TrainingOutcome> {
  const { model: kind, hyperparameters, seed, evaluate: method } = command;
  const rows = encodeDataset(dataset);
  const measurement = { rows, ...(await measure({ kind, rows, options: hyperparameters, seed, method, onProgress })) };
  const { evaluation } = measurement;
  const obstacle = command.registry === undefined ? findObstacle(command, evaluation, dataset.schema.classes) : undefined;
  if (obstacle !== undefined) return { ...measurement, obstacle };
  const { parameters, engine, options } = await fit(kind, rows, hyperparameters, seed);
  const document: UnsealedDocument = {
    formatVersion: 1,
    model: kind,
    version: command.version,
    dataset: dataset.schema,
    reference: pickReference(dataset),
    parameters,
    metrics: evaluation,
    training: { sampleCount: dataset.samples.length, seed, engine, options },
  };
  return { ...measurement, document };
}

/** All samples, or evenly spaced ones where there are too many. */
export function pickReference({ samples, labels }: Dataset): ModelDocument['reference'] {
  const count = Math.min(samples.length, REFERENCE_MAX_SAMPLES);
  const indexes = Array.from({ length: count }, (_, position) => Math.floor((position * samples.length) / count));
  return { samples: indexes.map((index) => samples[index]!), labels: indexes.map((index) => labels[index]!) };
}
