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
  /** Names of the classes, for messages. */
  readonly classes?: readonly string[];
}

/** Encodes a dataset for training. */
export function encodeDataset(dataset: Dataset): TrainingRows {
  const encoder = createEncoder(dataset.schema);
  return {
    features: encodeSamples(encoder, dataset.samples),
    labels: Int32Array.from(dataset.labels),
    inputSize: encoder.size,
    classCount: dataset.schema.classes.length,
    classes: dataset.schema.classes,
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

/** The rows of both, in order: those of one encoded dataset schema. */
export function appendRows(rows: TrainingRows, more: TrainingRows): TrainingRows {
  return {
    ...rows,
    features: Float64Array.from([...rows.features, ...more.features]),
    labels: Int32Array.from([...rows.labels, ...more.labels]),
  };
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
 * @throws TrainingError `TRAINING_ROWS` naming each such class.
 */
export function requireRowsPerClass(rows: TrainingRows, minimum: number, purpose: string): void {
  const counts = indexesByClass(rows).map(({ length }) => length);
  const few = counts.flatMap((count, classIndex) => (count < minimum ? [classIndex] : []));
  const [classIndex] = few;
  if (classIndex === undefined) return;
  const found = few.map((index) => `the class ${nameOf(rows, index)} has ${counts[index]} row${counts[index] === 1 ? '' : 's'}`);
  const message = `${found.join(', ')}: ${purpose} needs at least ${minimum} of each class`;
  throw new TrainingError('TRAINING_ROWS', message, { classIndex, count: counts[classIndex]!, minimum });
}

function nameOf({ classes }: TrainingRows, classIndex: number): string {
  const name = classes?.[classIndex];
  return name === undefined ? String(classIndex) : JSON.stringify(name);
}
