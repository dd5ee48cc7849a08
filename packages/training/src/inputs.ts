/** What a linear model expands rows by: stand-ins for missing values, as scikit-learn's `SimpleImputer` chooses them. */
import type { InputParameters } from '@iris/model';
import { selectMedian } from './median.ts';
import type { TrainingRows } from './rows.ts';

/**
 * The median of a number, the most frequent level of a category (the lowest among equals), and an indicator where the rows miss values.
 *
 * Every column has a stand-in, as a later row may miss what no training row misses: a fold without the only gap, or a level that is
 * not known. A column without any value is filled with 0. Cost: linear in the rows.
 *
 * @returns undefined where all columns are numbers that are never missing: then rows are taken as they are.
 */
export function fitInputs(rows: Pick<TrainingRows, 'columns' | 'levelCounts' | 'mayBeMissing'>): InputParameters | undefined {
  const { columns, levelCounts, mayBeMissing } = rows;
  const indicators = columns.map(hasMissing);
  const areNumbers = levelCounts.every((count) => count === 0);
  if (areNumbers && !indicators.includes(true) && !mayBeMissing?.includes(true)) return undefined;
  const buffer = new Float64Array(columns[0]!.length);
  const fills = columns.map((values, column) => {
    const known = copyKnown(values, buffer);
    return levelCounts[column] === 0 ? selectMedian(known) : mostFrequent(known, levelCounts[column]!);
  });
  return { levelCounts: [...levelCounts], fills, indicators };
}

function hasMissing(values: Float64Array): boolean {
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row]!)) return true;
  }
  return false;
}

/** Copies the values that are there to the beginning of a buffer, and gives that. */
function copyKnown(values: Float64Array, buffer: Float64Array): Float64Array {
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    buffer[count] = values[row]!;
    count += Number(!Number.isNaN(values[row]!));
  }
  return buffer.subarray(0, count);
}

function mostFrequent(levels: Float64Array, levelCount: number): number {
  const counts = new Int32Array(levelCount);
  for (let row = 0; row < levels.length; row++) counts[levels[row]!]!++;
  return counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0));
}
