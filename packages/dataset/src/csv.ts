/** One's own data: reads a CSV file against a schema document into a dataset, or tells everything that is wrong with it. */
import type { Dataset } from './dataset.ts';
import { createDatasetBuilder } from './dataset-builder.ts';
import { DatasetError, type DatasetProblem } from './errors.ts';
import { parseDatasetSchemaDraft } from './parse-schema.ts';
import type { DatasetSchemaDraft } from './schema.ts';
import { createTableReader, readInParts, TableError, type TableFormat, type TableReader } from './table/index.ts';

/** A dataset, and how its file is written. */
export interface CsvDataset extends Dataset {
  readonly format: TableFormat;
  /** Rows without a class: they are left out. */
  readonly unlabelled: number;
}

/** A file as it comes, part by part. */
export type Parts = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Reads a CSV file by the rules of `@iris/dataset/table` (header row; columns by name in any order, others ignored). Memory is that of the dataset.
 *
 * @param schemaDocument parsed JSON; ranges may be absent and then come from the rows.
 * @throws DatasetError with every problem found: the schema's, or each missing or unknown value with line and column.
 */
export async function readCsvDataset(parts: Parts, schemaDocument: unknown): Promise<CsvDataset> {
  const draft = parseDatasetSchemaDraft(schemaDocument);
  const reader = createReader(draft);
  const builder = createDatasetBuilder(draft);
  try {
    for await (const part of parts) for (const row of reader.read(part)) builder.add(row);
    for (const row of reader.end()) builder.add(row);
  } catch (error) {
    throw asDatasetError(error);
  }
  return { ...builder.finish(), format: reader.format()! };
}

/** Reads a CSV file that is in memory as a whole; as `readCsvDataset` does. */
export function parseCsvDataset(file: Uint8Array, schemaDocument: unknown): CsvDataset {
  const draft = parseDatasetSchemaDraft(schemaDocument);
  const reader = createReader(draft);
  const builder = createDatasetBuilder(draft);
  try {
    for (const rows of readInParts(reader, file)) for (const row of rows) builder.add(row);
  } catch (error) {
    throw asDatasetError(error);
  }
  return { ...builder.finish(), format: reader.format()! };
}

function createReader({ features, target, classes, missingTokens = [] }: DatasetSchemaDraft): TableReader {
  const labels = { kind: 'categorical', name: target, levels: classes, missing: true } as const;
  return createTableReader([...features, labels], { missingTokens });
}

function asDatasetError(error: unknown): unknown {
  return error instanceof TableError ? new DatasetError('DATASET_ROWS_INVALID', tableProblems(error)) : error;
}

function tableProblems({ columns, message }: TableError): DatasetProblem[] {
  if (columns.length === 0) return [{ where: 'file', line: 1, detail: message }];
  return columns.map(({ column, detail }) => ({ where: column, line: 1, detail }));
}
