/** Training rows: columns of numbers with the class index of each row. */
import { createEncoder, type Dataset } from '@iris/dataset';
import { TrainingError } from './errors.ts';

/** A numeric learning problem. */
export interface TrainingRows {
  /** Values of each column, as the dataset's encoder writes them: a number, or the index of a level; NaN where it is missing. */
  readonly columns: readonly Float64Array[];
  /** Class index of each row. */
  readonly labels: Int32Array;
  /** Levels of each column; 0 for a number. */
  readonly levelCounts: readonly number[];
  /** Whether a column may hold NaN in rows to come; absent where no row of these does. */
  readonly mayBeMissing?: readonly boolean[];
  /** Number of classes, at least two. */
  readonly classCount: number;
  /** Names of the classes, for messages. */
  readonly classes?: readonly string[];
}

/** The rows of a dataset; nothing is copied. */
export function trainingRows({ schema, columns, labels }: Dataset): TrainingRows {
  const { levelCounts, columnFeatures } = createEncoder(schema);
  const mayBeMissing = columnFeatures.map((feature) => schema.features[feature]!.missing === true);
  return { columns, labels, levelCounts, mayBeMissing, classCount: schema.classes.length, classes: schema.classes };
}

/** All rows side by side: (number of rows) × (columns), row-major, as a model predicts them. */
export function rowMajor({ columns, labels }: TrainingRows): Float64Array<ArrayBuffer> {
  const width = columns.length;
  const rows = new Float64Array(labels.length * width);
  columns.forEach((column, index) => {
    for (let row = 0; row < column.length; row++) rows[row * width + index] = column[row]!;
  });
  return rows;
}

/** Row indexes of each class, ascending. */
export function indexesByClass({ labels, classCount }: Pick<TrainingRows, 'labels' | 'classCount'>): number[][] {
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
