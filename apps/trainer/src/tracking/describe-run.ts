/** What MLflow is told of a training: at its start, and once there is a model. */
import { createHash } from 'node:crypto';
import type { Dataset, DatasetSchema } from '@iris/dataset';
import { canonicalJson, checksum, type ModelDocument, serializeModel, type UnsealedDocument } from '@iris/model-file';
import { type Verdict, verdictFiles } from '@iris/registry';
import type { Artifact, Metric, ModelDescription, RunResult } from '@iris/tracking';
import { type Estimate, type Evaluation, recallByClass } from '@iris/training';
import type { TrainCommand } from '../command-line.ts';
import { drawConfusionMatrix } from './confusion-matrix.ts';
import type { FoldRecorder } from './fold-recorder.ts';
import { writeModelCard } from './model-card.ts';
import { drawReliabilityCurve } from './reliability-curve.ts';

/** Characters that MLflow takes in the name of a metric. */
const NOT_IN_KEYS = /[^\w.\- ]/g;

/** Parameters that are known before training: the command's, with the hyperparameters that were given. */
export function describeCommand(command: TrainCommand, { schema, labels }: Dataset): Record<string, string> {
  const { model, version, seed, evaluate, hyperparameters, minAccuracy, minRecall } = command;
  return texts({
    dataset: schema.name,
    samples: labels.length,
    model,
    version,
    seed,
    evaluate,
    ...(minAccuracy !== undefined && { minAccuracy }),
    ...(minRecall !== undefined && { minRecall }),
    ...hyperparameters,
  });
}

/** `sha256:` and 64 hex digits over schema, rows and labels, however the file was written that they come from. */
export function dataChecksum({ schema, columns, labels }: Dataset): string {
  const hash = createHash('sha256').update(canonicalJson(schema));
  for (const column of columns) hash.update(column);
  return `sha256:${hash.update(labels).digest('hex')}`;
}

/** Everything that a finished training gives. */
export function describeOutcome(
  unsealed: UnsealedDocument,
  command: TrainCommand,
  folds: FoldRecorder,
  timestamp: number,
  verdict?: Verdict,
): RunResult {
  const document: ModelDocument = { ...unsealed, checksum: checksum(unsealed) };
  const { dataset, metrics, training, model, version } = document;
  const used = Object.entries(training.options).filter(([name]) => command.hyperparameters[name] === undefined);
  const card = textFile('model-card.md', writeModelCard(document));
  const tags = { algorithm: model, engine: training.engine, model_version: version, checksum: document.checksum };
  return {
    params: texts(Object.fromEntries(used)),
    tags,
    metrics: [...folds.metrics, ...finalMetrics(metrics, dataset, folds, timestamp)],
    artifacts: [card, ...drawPictures(metrics, dataset, folds), ...verdictArtifacts(verdict)],
    model: {
      name: dataset.name,
      tags,
      alias: command.alias,
      files: [textFile('model.json', serializeModel(unsealed)), card],
      description: describeModel(dataset),
    },
  };
}

/** The gate's verdict as it stands beside the model in the registry; nothing where there was no gate. */
export function verdictArtifacts(verdict: Verdict | undefined): Artifact[] {
  return verdict ? Object.entries(verdictFiles(verdict)).map(([path, text]) => textFile(path, text)) : [];
}

function finalMetrics(evaluation: Evaluation, { classes }: DatasetSchema, folds: FoldRecorder, timestamp: number): Metric[] {
  const { accuracy, logLoss, brier, confusionMatrix } = evaluation;
  const recalls = recallByClass(confusionMatrix).map((value, index) => [`recall.${classes[index]}`, value] as const);
  return [
    ...estimateMetrics('accuracy', accuracy),
    ...estimateMetrics('log_loss', logLoss),
    ...estimateMetrics('brier_score', brier),
    ['expected_calibration_error', folds.reliability.expectedCalibrationError()] as const,
    ...recalls,
  ].map(([key, value], index, all) => ({ key: keyOf(key, index, all), value, timestamp }));
}

/** A key that MLflow takes; where an earlier one looks the same without what it does not take, with its position. */
function keyOf(name: string, index: number, all: readonly (readonly [name: string, value: number])[]): string {
  const key = name.replace(NOT_IN_KEYS, '_');
  const isTaken = all.some(([other], at) => at < index && other.replace(NOT_IN_KEYS, '_') === key);
  return isTaken ? `${key}_${index + 1}` : key;
}

function estimateMetrics(key: string, estimate: Estimate | null): (readonly [string, number])[] {
  if (!estimate) return [];
  const { mean, standardError } = estimate;
  return [[key, mean], ...(standardError === null ? [] : [[`${key}_standard_error`, standardError] as const])];
}

function drawPictures(
  { method, confusionMatrix }: Evaluation,
  dataset: DatasetSchema,
  { reliability }: FoldRecorder,
): Artifact[] {
  if (method === 'none') return [];
  const curve = drawReliabilityCurve(reliability.bins(), reliability.expectedCalibrationError());
  return [
    textFile('confusion-matrix.svg', drawConfusionMatrix(confusionMatrix, dataset.classes, dataset.target)),
    textFile('reliability-curve.svg', curve),
  ];
}

/** Columns as `POST /invocations` of the API takes and gives them. */
function describeModel({ features, target }: DatasetSchema): ModelDescription {
  return {
    flavor: { name: 'iris', settings: { model_file: 'model.json', format_version: 2 } },
    inputs: features.map(({ name, kind }) => ({ name, type: kind === 'numeric' ? 'double' : 'string' })),
    outputs: [{ name: target, type: 'string' }],
  };
}

function textFile(path: string, text: string): Artifact {
  return { path, bytes: Buffer.from(text) };
}

function texts(values: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}
