/** What every algorithm offers once its parameters are proven sound: predictions of one row or of many. */
import { argmax } from './argmax.ts';
import { ModelError } from './errors.ts';
import { MAX_MAGNITUDE } from './limits.ts';
import type { ModelKind } from './parameters.ts';

/** Rows that are checked, scored and labelled together: few enough that they stay in the processor's nearest cache meanwhile. */
export const BLOCK_ROWS = 256;

/** The answer for one row. */
export interface Prediction {
  /** Class with the greatest probability; the lowest index among equals. */
  readonly classIndex: number;
  /** One probability per class, in class order; they sum to 1. */
  readonly classProbabilities: readonly number[];
}

/** The answers for many rows. */
export interface BatchPrediction {
  /** One class index per row. */
  readonly classIndexes: Int32Array;
  /** `count` × `classCount`, row-major. */
  readonly classProbabilities: Float64Array;
}

/** A model ready to predict. It reuses buffers of its own between calls, which is safe because no call suspends. */
export interface Model {
  readonly kind: ModelKind;
  /** Columns of an encoded row, as the dataset's encoder writes it. */
  readonly inputSize: number;
  /** Number of classes. */
  readonly classCount: number;
  /**
   * Predicts one row.
   *
   * @param features `inputSize` finite numbers, in the encoder's order; NaN where a value is missing, if the model takes that.
   * @throws ModelError `MODEL_FEATURE_COUNT` or `MODEL_FEATURE_VALUE` when the row is not one of this model's.
   */
  predict(features: ArrayLike<number>): Prediction;
  /**
   * Predicts many rows; each answer equals `predict`'s bit for bit.
   *
   * @param rows at least `count` × `inputSize` numbers, row-major; each as for `predict`.
   * @param count rows to predict, 0 or more.
   * @throws ModelError `MODEL_FEATURE_COUNT` when the matrix is smaller, `MODEL_FEATURE_VALUE` at the first unusable number.
   */
  predictBatch(rows: Float64Array, count: number): BatchPrediction;
}

/** An algorithm: writes the class probabilities of the `count` rows at `rows[offset…]` to `out[outOffset…]`. */
export type BatchScorer = (rows: Float64Array, offset: number, count: number, out: Float64Array, outOffset: number) => void;

/** An algorithm for one row: writes the class probabilities of the row at `rows[offset…]` to `out[outOffset…]`. */
export type RowScorer = (rows: Float64Array, offset: number, out: Float64Array, outOffset: number) => void;

/** Sizes that all kinds share. */
export interface ModelShape {
  readonly inputSize: number;
  readonly classCount: number;
}

/** An algorithm, and which columns it lets be missing. */
export interface Algorithm {
  readonly scoreBatch: BatchScorer;
  readonly mayBeMissing: (column: number) => boolean;
}

/** Builds a model of the algorithm that scores its rows. */
export function createModel(
  kind: ModelKind,
  { inputSize, classCount }: ModelShape,
  { scoreBatch, mayBeMissing }: Algorithm,
): Model {
  const row = new Float64Array(inputSize);
  const probabilities = new Float64Array(classCount);

  function predict(features: ArrayLike<number>): Prediction {
    copyRow(features, row, mayBeMissing);
    scoreBatch(row, 0, 1, probabilities, 0);
    return { classIndex: argmax(probabilities, 0, classCount), classProbabilities: toArray(probabilities) };
  }

  function predictBatch(rows: Float64Array, count: number): BatchPrediction {
    const size = count * inputSize;
    if (rows.length < size) throw featureCountError(size, rows.length);
    const classIndexes = new Int32Array(count);
    const classProbabilities = new Float64Array(count * classCount);
    for (let first = 0; first < count; first += BLOCK_ROWS) {
      const end = Math.min(first + BLOCK_ROWS, count);
      checkFeatures(rows, first * inputSize, end * inputSize, inputSize, mayBeMissing);
      scoreBatch(rows, first * inputSize, end - first, classProbabilities, first * classCount);
      for (let index = first; index < end; index++) {
        classIndexes[index] = argmax(classProbabilities, index * classCount, classCount);
      }
    }
    return { classIndexes, classProbabilities };
  }

  return { kind, inputSize, classCount, predict, predictBatch };
}

/** Makes an algorithm for one row one for many. */
export function scoreEach({ inputSize, classCount }: ModelShape, scoreRow: RowScorer): BatchScorer {
  return function scoreBatch(rows, offset, count, out, outOffset) {
    for (let row = 0; row < count; row++) scoreRow(rows, offset + row * inputSize, out, outOffset + row * classCount);
  };
}

/**
 * Copies one row into the model's own buffer.
 *
 * @throws ModelError `MODEL_FEATURE_COUNT` or `MODEL_FEATURE_VALUE`.
 */
export function copyRow(features: ArrayLike<number>, row: Float64Array, mayBeMissing: Algorithm['mayBeMissing']): void {
  if (features.length !== row.length) throw featureCountError(row.length, features.length);
  for (let index = 0; index < row.length; index++) row[index] = features[index]!;
  checkFeatures(row, 0, row.length, row.length, mayBeMissing);
}

function checkFeatures(
  values: Float64Array,
  from: number,
  end: number,
  inputSize: number,
  mayBeMissing: Algorithm['mayBeMissing'],
): void {
  for (let index = from; index < end; index++) {
    const value = values[index]!;
    // Written so that NaN fails: every comparison with it is false.
    if (Math.abs(value) <= MAX_MAGNITUDE || (Number.isNaN(value) && mayBeMissing((index - from) % inputSize))) continue;
    const message = `feature at ${index} must be a number of magnitude up to ${MAX_MAGNITUDE}, is ${value}`;
    throw new ModelError('MODEL_FEATURE_VALUE', message, { index, actual: String(value) });
  }
}

function featureCountError(expected: number, actual: number): ModelError {
  return new ModelError('MODEL_FEATURE_COUNT', `expected ${expected} feature values, got ${actual}`, { expected, actual });
}

// `Array.from` on a typed array goes through the iterator protocol: ten times the cost of this loop on three classes.
function toArray(values: Float64Array): number[] {
  const out: number[] = [];
  for (let index = 0; index < values.length; index++) out.push(values[index]!);
  return out;
}
