/** Standardization of columns, fitted on training rows only. */
import type { ScalerParameters } from '@iris/model';
import type { TrainingRows } from './rows.ts';

/** Mean and population standard deviation of each column; a constant column gets scale 1. */
export function fitScaler({ features, labels, inputSize }: TrainingRows): ScalerParameters {
  const mean = columnMeans(features, inputSize, labels.length, (value) => value);
  const variance = columnMeans(features, inputSize, labels.length, (value, column) => (value - mean[column]!) ** 2);
  return { mean, scale: variance.map((value, column) => scaleOf(value, mean[column]!)) };
}

/** The rows with every column standardized. */
export function standardize(rows: TrainingRows, { mean, scale }: ScalerParameters): TrainingRows {
  const features = rows.features.map((value, index) => {
    const column = index % rows.inputSize;
    return (value - mean[column]!) / scale[column]!;
  });
  return { ...rows, features };
}

// The mean of equal values can miss them by a rounding error; dividing by such a deviation would blow noise up to size one.
function scaleOf(variance: number, mean: number): number {
  const deviation = Math.sqrt(variance);
  return deviation > 10 * Number.EPSILON * Math.abs(mean) ? deviation : 1;
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
