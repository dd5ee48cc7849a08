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

/** One row as a sample in schema order. */
export function sampleAt({ schema, columns }: Dataset, row: number): Sample {
  return createEncoder(schema).decode((column) => columns[column]![row]!);
}

/** All rows as samples: for datasets of some thousand rows. */
export function samplesOf({ schema, columns, labels }: Dataset): Sample[] {
  const { decode } = createEncoder(schema);
  return Array.from(labels, (_, row) => decode((column) => columns[column]![row]!));
}

/** The rows at the given indexes, in that order; an index may come twice. */
export function selectRows({ schema, columns, labels }: Dataset, rows: ArrayLike<number>): Dataset {
  const indexes = Int32Array.from(rows);
  return {
    schema,
    columns: columns.map((column) => Float64Array.from(indexes, (row) => column[row]!)),
    labels: indexes.map((row) => labels[row]!),
  };
}

/** The rows of both, in order; both have the same schema. */
export function appendRows(dataset: Dataset, more: Dataset): Dataset {
  const columns = dataset.columns.map((column, index) => concatenate(column, more.columns[index]!));
  return { schema: dataset.schema, columns, labels: concatenate(dataset.labels, more.labels) };
}

/** Both in one array of the same type. */
export function concatenate<T extends Float64Array | Int32Array>(first: T, second: T): T {
  const joined = new (first.constructor as new (length: number) => T)(first.length + second.length);
  joined.set(first, 0);
  joined.set(second, first.length);
  return joined;
}
