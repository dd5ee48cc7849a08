/** Rows to predict: like iris flowers, but not the same few over and over. */
import type { TrainingRows } from '@iris/training';
import { createRandom } from '../random.ts';

/** Half the resolution that the flowers were measured to, in cm. */
const JITTER_CM = 0.05;
const SEED = 20_261_121;

/**
 * Draws rows from a dataset and moves each value within its resolution. Drawn at random, because a processor learns the branches of
 * rows that repeat in order, and no client sends such.
 *
 * @returns `count` × `inputSize`, row-major; the same on every run.
 */
export function drawRows({ columns, labels }: TrainingRows, count: number): Float64Array {
  const random = createRandom(SEED);
  const inputSize = columns.length;
  const rows = new Float64Array(count * inputSize);
  for (let row = 0; row < count; row++) {
    const source = Math.floor(random() * labels.length);
    for (let column = 0; column < inputSize; column++) {
      rows[row * inputSize + column] = columns[column]![source]! + (2 * random() - 1) * JITTER_CM;
    }
  }
  return rows;
}

/** Each of the first `count` rows as an array of its own, which is how a request brings it. */
export function splitRows(rows: Float64Array, inputSize: number, count: number): number[][] {
  return Array.from({ length: count }, (_, row) => Array.from(rows.subarray(row * inputSize, (row + 1) * inputSize)));
}
