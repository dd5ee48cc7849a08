/** Training rows: encoded samples with their class indexes. */
import { createEncoder, type Dataset, encodeSamples } from '@iris/dataset';
import { TrainingError } from './errors.ts';

/** A numeric learning problem. */
export interface TrainingRows {
  /** (number of rows) × `inputSize`, row-major, finite. */
  readonly features: Float64Array;
  /** Class index of each row. */
  readonly labels: Int32Array;
  /** Columns of a row. */
  readonly inputSize: number;
  /** Number of classes, at least two. */
  readonly classCount: number;
}

/** Encodes a dataset for training. */
export function encodeDataset(dataset: Dataset): TrainingRows {
  const encoder = createEncoder(dataset.schema);
  return {
    features: encodeSamples(encoder, dataset.samples),
    labels: Int32Array.from(dataset.labels),
    inputSize: encoder.size,
    classCount: dataset.schema.classes.length,
  };
}

/** The rows at the given indexes, in that order; an index may come twice. */
export function selectRows(rows: TrainingRows, indexes: ArrayLike<number>): TrainingRows {
  const { inputSize } = rows;
  const features = new Float64Array(indexes.length * inputSize);
  const labels = new Int32Array(indexes.length);
  for (let position = 0; position < indexes.length; position++) {
    const index = indexes[position]!;
    features.set(rows.features.subarray(index * inputSize, (index + 1) * inputSize), position * inputSize);
    labels[position] = rows.labels[index]!;
  }
  return { ...rows, features, labels };
}

/** Each row as an array of its own, which is what the libraries take. */
export function toArrays({ features, labels, inputSize }: TrainingRows): number[][] {
  return Array.from(labels, (_, index) => Array.from(features.subarray(index * inputSize, (index + 1) * inputSize)));
}

/** Row indexes of each class, ascending. */
export function indexesByClass({ labels, classCount }: TrainingRows): number[][] {
  const indexes: number[][] = Array.from({ length: classCount }, () => []);
  labels.forEach((label, index) => {
    indexes[label]!.push(index);
  });
  return indexes;
}

/**
 * Refuses rows in which a class has too few examples.
 *
 * @throws TrainingError `TRAINING_ROWS` naming the first such class by its index.
 */
export function requireRowsPerClass(rows: TrainingRows, minimum: number, purpose: string): void {
  indexesByClass(rows).forEach(({ length }, classIndex) => {
    if (length >= minimum) return;
    const message = `class ${classIndex} has ${length} row${length === 1 ? '' : 's'}, ${purpose} needs at least ${minimum}`;
    throw new TrainingError('TRAINING_ROWS', message, { classIndex, count: length, minimum });
  });
}
