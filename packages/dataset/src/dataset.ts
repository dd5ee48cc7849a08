/** A dataset as a value: rows in columns, as every algorithm reads them. */
import { createEncoder } from './encoder.ts';
import type { DatasetSchema, Sample } from './schema.ts';

/** Rows with their classes. */
export interface Dataset {
  readonly schema: DatasetSchema;
  /** One for each column of the schema's encoder; NaN where a value is missing. */
  readonly columns: readonly Float64Array[];
  /** Class index of each row, `0 <= label < classes.length`. */
  readonly labels: Int32Array;
}

/** A dataset of samples in schema order, each valid; `labels` holds the class index of each. */
export function datasetOf(schema: DatasetSchema, samples: readonly Sample[], labels: ArrayLike<number>): Dataset {
  const encoder = createEncoder(schema);
  const columns = Array.from({ length: encoder.size }, () => new Float64Array(samples.length));
  const row = new Float64Array(encoder.size);
  samples.forEach((sample, index) => {
    encoder.encode(sample, row, 0);
    for (let column = 0; column < row.length; column++) columns[column]![index] = row[column]!;
  });
  return { schema, columns, labels: Int32Array.from(labels) };
}

/** All rows as samples: for datasets of some thousand rows. */
export function samplesOf({ schema, columns, labels }: Dataset): Sample[] {
  const { decode } = createEncoder(schema);
  return Array.from(labels, (_, row) => decode((column) => columns[column]![row]!));
}

/** Rows in columns, whatever else belongs to them. */
type Rows = Pick<Dataset, 'columns' | 'labels'>;

/** The rows at the given indexes, in that order; an index may come twice. */
export function selectRows<T extends Rows>(rows: T, indexes: ArrayLike<number>): T {
  const chosen = Int32Array.from(indexes);
  const columns = rows.columns.map((column) => Float64Array.from(chosen, (row) => column[row]!));
  return { ...rows, columns, labels: chosen.map((row) => rows.labels[row]!) };
}

/** The rows of both, in order; both are of one dataset schema. */
export function appendRows<T extends Rows>(rows: T, more: Rows): T {
  const columns = rows.columns.map((column, index) => concatenate(column, more.columns[index]!));
  return { ...rows, columns, labels: concatenate(rows.labels, more.labels) };
}

/** Both in one array of the same type. */
function concatenate<T extends Float64Array | Int32Array>(first: T, second: T): T {
  const joined = new (first.constructor as new (length: number) => T)(first.length + second.length);
  joined.set(first, 0);
  joined.set(second, first.length);
  return joined;
}
