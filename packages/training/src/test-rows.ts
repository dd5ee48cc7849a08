/** Training rows for tests. */
import type { TrainingRows } from './rows.ts';

/** Rows of numbers from a row-major matrix. */
export function numericRows(
  features: ArrayLike<number>,
  labels: ArrayLike<number>,
  classCount = Math.max(1, ...Array.from(labels)) + 1,
): TrainingRows {
  const width = features.length / labels.length;
  const columns = Array.from({ length: width }, (_, column) =>
    Float64Array.from(labels, (_, row) => features[row * width + column]!),
  );
  return { columns, labels: Int32Array.from(labels), levelCounts: columns.map(() => 0), classCount };
}
