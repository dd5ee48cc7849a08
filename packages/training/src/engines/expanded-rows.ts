/** Rows in the layout that libraries take: one matrix, levels one-hot, missing values filled in. */
import type { InputParameters } from '@iris/model';
import type { TrainingRows } from '../rows.ts';

/** A numeric learning problem. */
export interface ExpandedRows {
  /** (number of rows) × `inputSize`, row-major, finite. */
  readonly features: Float64Array;
  /** Class index of each row. */
  readonly labels: Int32Array;
  /** Columns of an expanded row. */
  readonly inputSize: number;
  readonly classCount: number;
}

/** The rows as `inputs` expands them: see `InputParameters`. */
export function expandRows({ columns, labels, classCount }: TrainingRows, inputs: InputParameters | undefined): ExpandedRows {
  const levelCounts = inputs?.levelCounts ?? columns.map(() => 0);
  const widths = levelCounts.map((count, index) => (count || 1) + Number(inputs?.indicators[index] ?? false));
  const inputSize = widths.reduce((sum, width) => sum + width, 0);
  const features = new Float64Array(labels.length * inputSize);
  let start = 0;
  columns.forEach((column, index) => {
    expandColumn(column, levelCounts[index]!, inputs?.fills[index] ?? Number.NaN, features.subarray(start), inputSize);
    if (inputs?.indicators[index]) markMissing(column, features.subarray(start + widths[index]! - 1), inputSize);
    start += widths[index]!;
  });
  return { features, labels, inputSize, classCount };
}

function expandColumn(column: Float64Array, levelCount: number, fill: number, out: Float64Array, stride: number): void {
  for (let row = 0; row < column.length; row++) {
    const value = Number.isNaN(column[row]!) ? fill : column[row]!;
    if (levelCount === 0) out[row * stride] = value;
    else out[row * stride + value] = 1;
  }
}

function markMissing(column: Float64Array, out: Float64Array, stride: number): void {
  for (let row = 0; row < column.length; row++) out[row * stride] = Number(Number.isNaN(column[row]!));
}

/** The rows at the given indexes, in that order, each as an array of its own; an index may come twice. */
export function rowArrays({ features, inputSize }: ExpandedRows, indexes: readonly number[]): number[][] {
  return indexes.map((row) => Array.from(features.subarray(row * inputSize, (row + 1) * inputSize)));
}
