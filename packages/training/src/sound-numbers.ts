/** Keeps numbers that overflow out of a fit, and out of its parameters. */
import { MAX_MAGNITUDE } from '@iris/dataset';
import { TrainingError } from './errors.ts';
import type { TrainingRows } from './rows.ts';

/**
 * Refuses rows whose squares would overflow: the libraries go on with infinities, or never end.
 *
 * @throws TrainingError `TRAINING_ROWS` naming the first such value.
 */
export function requireModerateRows({ columns }: TrainingRows): void {
  for (const [column, values] of columns.entries()) {
    const row = firstTooLarge(values);
    if (row < 0) continue;
    const value = values[row]!;
    const message = `row ${row} has ${value} in column ${column}: numbers to learn from go up to ${MAX_MAGNITUDE}`;
    throw new TrainingError('TRAINING_ROWS', message, { row, column, value });
  }
}

// Not `findIndex`, which calls a function for each of millions of values.
function firstTooLarge(values: Float64Array): number {
  for (let row = 0; row < values.length; row++) {
    if (Math.abs(values[row]!) > MAX_MAGNITUDE) return row;
  }
  return -1;
}

/**
 * Refuses parameters that are no numbers.
 *
 * @throws TrainingError `TRAINING_ROWS`.
 */
export function requireFiniteParameters(parameters: object): void {
  if (hasFiniteNumbers(parameters)) return;
  throw new TrainingError('TRAINING_ROWS', 'the fit gave a number that is not finite: the columns differ too much in size', {});
}

function hasFiniteNumbers(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(hasFiniteNumbers);
}
