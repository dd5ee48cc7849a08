/** Checks that the parts of a document speak of the same columns and classes. */
import { createEncoder, type Feature, isValueOf, type Sample } from '@iris/dataset';
import type { ModelDocument } from './document.ts';
import { ModelFileError } from './errors.ts';

/**
 * Checks a document whose members are each sound.
 *
 * @throws ModelFileError `MODEL_FILE_DISAGREES` naming the first contradiction.
 */
export function checkAgreement(document: ModelDocument): void {
  const { model, dataset, parameters, reference, metrics } = document;
  const classCount = dataset.classes.length;
  requireEqual('parameters.kind', parameters.kind, 'model', model);
  requireEqual('parameters.inputSize', parameters.inputSize, 'encoded columns of the dataset', createEncoder(dataset).size);
  if ('inputs' in parameters && parameters.inputs)
    checkLevelCounts(parameters.inputs.levelCounts, createEncoder(dataset).levelCounts);
  requireEqual('parameters.classCount', parameters.classCount, 'classes of the dataset', classCount);
  requireEqual('reference.labels', reference.labels.length, 'reference.samples', reference.samples.length);
  reference.labels.forEach((label, index) => {
    if (label >= classCount)
      throw disagreement(`reference.labels[${index}] is ${label}, the dataset has ${classCount} classes`, { index, label });
  });
  reference.samples.forEach((sample, index) => {
    checkSample(sample, index, dataset.features);
  });
  checkConfusionMatrix(metrics.confusionMatrix, classCount);
  checkFigures(document, classCount);
}

function checkLevelCounts(given: readonly number[], expected: readonly number[]): void {
  given.forEach((count, column) => {
    requireEqual(`parameters.inputs.levelCounts[${column}]`, count, 'levels of the dataset', expected[column]!);
  });
}

function checkSample(sample: Sample, index: number, features: readonly Feature[]): void {
  requireEqual(`reference.samples[${index}]`, sample.length, 'features of the dataset', features.length);
  features.forEach((feature, column) => {
    if (isValueOf(feature, sample[column])) return;
    throw disagreement(`reference.samples[${index}] has no value that ${feature.name} can take`, {
      index,
      feature: feature.name,
    });
  });
}

function checkConfusionMatrix(matrix: ModelDocument['metrics']['confusionMatrix'], classCount: number): void {
  if (matrix.length === 0) return;
  requireEqual('metrics.confusionMatrix', matrix.length, 'classes of the dataset', classCount);
  matrix.forEach((row, index) => {
    requireEqual(`metrics.confusionMatrix[${index}]`, row.length, 'classes of the dataset', classCount);
  });
}

/** Figures by class, of documents that have them. */
function checkFigures({ comparison, conformal, partialDependence = [] }: ModelDocument, classCount: number): void {
  const arrays = [
    ...(comparison?.models.flatMap(({ recall, precision }) => [recall, precision]) ?? []),
    ...(conformal ? [conformal.thresholds, conformal.coverage.byClass] : []),
    ...partialDependence.flatMap(({ points }) => points.map(({ probabilities }) => probabilities)),
  ];
  for (const { length } of arrays) requireEqual('figures by class', length, 'classes of the dataset', classCount);
}

function requireEqual(what: string, actual: number | string, against: string, expected: number | string): void {
  if (actual !== expected) throw disagreement(`${what}: ${actual}, but ${against}: ${expected}`, { what, actual, expected });
}

function disagreement(text: string, details: Readonly<Record<string, string | number>>): ModelFileError {
  return new ModelFileError('MODEL_FILE_DISAGREES', `the model file contradicts itself: ${text}`, details);
}
