/** Rows for algorithms that compute with numbers alone: levels one-hot, missing values filled in; the model's parameters say how. */
import type { InputParameters } from '@iris/model';
import type { TrainingRows } from './rows.ts';

/** A numeric learning problem in the layout that libraries take. */
export interface ExpandedRows {
  /** (number of rows) × `inputSize`, row-major, finite. */
  readonly features: Float64Array;
  /** Class index of each row. */
  readonly labels: Int32Array;
  /** Columns of an expanded row. */
  readonly inputSize: number;
  readonly classCount: number;
}

/**
 * Median or most frequent level of each column, to stand in for a missing value, and an indicator where the rows have missing values.
 *
 * @returns undefined where all columns are numbers without a missing value: then rows are taken as they are.
 */
export function fitInputs({ columns, levelCounts }: TrainingRows): InputParameters | undefined {
  const indicators = columns.map((column) => column.some(Number.isNaN));
  if (levelCounts.every((count) => count === 0) && !indicators.includes(true)) return undefined;
  const fills = columns.map((column, index) =>
    levelCounts[index]! > 0 ? mostFrequent(column, levelCounts[index]!) : median(column),
  );
  return { levelCounts, fills, indicators };
}

/** The rows as `inputs` expands them: see `InputParameters`. */
export function expandRows(rows: TrainingRows, inputs: InputParameters | undefined): ExpandedRows {
  const { columns, labels, classCount } = rows;
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

/** Of the values that are there; the mean of the two in the middle where their number is even. */
function median(column: Float64Array): number {
  const present = column.filter((value) => !Number.isNaN(value)).sort();
  if (present.length === 0) return 0;
  const middle = present.length >> 1;
  return present.length % 2 === 1 ? present[middle]! : present[middle - 1]! / 2 + present[middle]! / 2;
}

/** The lowest index among equals. */
function mostFrequent(column: Float64Array, levelCount: number): number {
  const counts = new Int32Array(levelCount);
  for (const level of column) if (!Number.isNaN(level)) counts[level]!++;
  return counts.indexOf(Math.max(...counts));
}

/** The expanded rows at the given indexes, in that order; an index may come twice. */
export function selectExpanded(rows: ExpandedRows, indexes: ArrayLike<number>): ExpandedRows {
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
export function toArrays({ features, labels, inputSize }: ExpandedRows): number[][] {
  return Array.from(labels, (_, index) => Array.from(features.subarray(index * inputSize, (index + 1) * inputSize)));
}
