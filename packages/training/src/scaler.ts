/** Standardization of columns, fitted on training rows only. */
import { MAX_MAGNITUDE, type ScalerParameters } from '@iris/model';
import { TrainingError } from './errors.ts';
import type { ExpandedRows } from './inputs.ts';

/** The smallest that a model takes. */
const MIN_SCALE = 1 / MAX_MAGNITUDE;

/**
 * Mean and population standard deviation of each column; a constant column gets scale 1.
 *
 * @throws TrainingError `TRAINING_ROWS` for a column whose values differ by less than a model can tell.
 */
export function fitScaler({ features, labels, inputSize }: ExpandedRows): ScalerParameters {
  const mean = columnMeans(features, inputSize, labels.length, (value) => value);
  const variance = columnMeans(features, inputSize, labels.length, (value, column) => (value - mean[column]!) ** 2);
  return { mean, scale: variance.map((value, column) => scaleOf(value, mean[column]!, column)) };
}

/** The rows with every column standardized. */
export function standardize(rows: ExpandedRows, { mean, scale }: ScalerParameters): ExpandedRows {
  const features = rows.features.map((value, index) => {
    const column = index % rows.inputSize;
    return (value - mean[column]!) / scale[column]!;
  });
  return { ...rows, features };
}

// The mean of equal values can miss them by a rounding error; dividing by such a deviation would blow noise up to size one.
function scaleOf(variance: number, mean: number, column: number): number {
  const deviation = Math.sqrt(variance);
  const isConstant = deviation <= 10 * Number.EPSILON * Math.abs(mean);
  // The squares of tiny values vanish: such a column is not constant, it only seems so.
  if (isConstant && (mean === 0 || Math.abs(mean) >= MIN_SCALE)) return 1;
  if (deviation < MIN_SCALE) throw tooSmall(column);
  return deviation;
}

function tooSmall(column: number): TrainingError {
  const message = `the values of column ${column} differ by less than ${MIN_SCALE.toPrecision(1)}: give them in a smaller unit`;
  return new TrainingError('TRAINING_ROWS', message, { column });
}

function columnMeans(
  features: Float64Array,
  size: number,
  count: number,
  measure: (value: number, column: number) => number,
): number[] {
  const sums = new Array<number>(size).fill(0);
  features.forEach((value, index) => {
    sums[index % size]! += measure(value, index % size);
  });
  return sums.map((sum) => sum / count);
}
