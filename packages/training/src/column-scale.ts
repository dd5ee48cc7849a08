/** Standardization of a column, fitted on training rows only. */
import { MAX_MAGNITUDE } from '@iris/model';
import { TrainingError } from './errors.ts';

/** The smallest that a model takes. */
const MIN_SCALE = 1 / MAX_MAGNITUDE;

/** A standardized value is `(x - mean) / scale`. */
export interface ColumnScale {
  readonly mean: number;
  readonly scale: number;
}

/**
 * Mean and population standard deviation; a constant column gets scale 1.
 *
 * @param values finite numbers.
 * @param column its index, for the message.
 * @throws TrainingError `TRAINING_ROWS` for a column whose values differ by less than a model can tell.
 */
export function fitColumnScale(values: Float64Array, column: number): ColumnScale {
  let sum = 0;
  for (let row = 0; row < values.length; row++) sum += values[row]!;
  const mean = sum / values.length;
  let squares = 0;
  for (let row = 0; row < values.length; row++) squares += (values[row]! - mean) ** 2;
  return { mean, scale: scaleOf(squares / values.length, mean, column) };
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
