/** Loads the samples that a command names. */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type Dataset, DatasetError } from '@iris/dataset';
import { type CsvDataset, readCsvDataset } from '@iris/dataset/csv';
import { decodeText } from '@iris/dataset/table';
import { describeProblems } from './describe-problems.ts';
import type { DataSource, TableSource } from './options.ts';
import type { Output } from './output.ts';
import { formatDecisions, formatSummary, formatWarnings } from './schema/format.ts';
import { inferFromFile } from './schema/infer-from-file.ts';
import { UsageError } from './usage-error.ts';

/** A dataset, and how its file is written; those that come with the project have none. */
export type LoadedDataset = Dataset & Partial<Pick<CsvDataset, 'format' | 'unlabelled'>>;

/**
 * Loads a dataset; of a file whose schema is inferred it prints what each column is taken for.
 *
 * @throws UsageError when a file cannot be read or used; its message has one line per problem, with file, line and column.
 */
export async function loadDataset(source: DataSource, output: Output): Promise<LoadedDataset> {
  if (source.kind === 'files') return await loadFiles(source.dataPath, source.schemaPath);
  if (source.kind === 'table') return await loadTable(source, output);
  if (source.name === 'iris') return (await import('@iris/dataset/iris')).loadIris();
  return (await import('@iris/dataset/churn')).generateChurn();
}

async function loadFiles(dataPath: string, schemaPath: string): Promise<LoadedDataset> {
  const schemaDocument = parseJson(
    decodeText(await readFile(schemaPath).catch((error) => cannotRead(schemaPath, error))),
    schemaPath,
  );
  return await readRows(dataPath, schemaDocument, schemaPath);
}

async function loadTable(source: TableSource, { stdout, stderr }: Output): Promise<LoadedDataset> {
  const { profile, inference } = await inferFromFile(source, stderr);
  stdout.write(`${formatDecisions(profile, inference)}\n${formatSummary(profile, inference)}\n`);
  stderr.write(formatWarnings(source.dataPath, profile, inference));
  return await readRows(source.dataPath, inference.schema, source.dataPath);
}

async function readRows(dataPath: string, schemaDocument: unknown, schemaPath: string): Promise<LoadedDataset> {
  try {
    return await readCsvDataset(readParts(dataPath), schemaDocument);
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    const path = error.code === 'DATASET_SCHEMA_INVALID' ? schemaPath : dataPath;
    throw new UsageError(describeProblems(path, error.problems));
  }
}

async function* readParts(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path);
  } catch (error) {
    cannotRead(path, error);
  }
}

function cannotRead(path: string, error: unknown): never {
  throw new UsageError(`cannot read ${path}: ${(error as NodeJS.ErrnoException).code ?? error}`);
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is not JSON: ${(error as Error).message}`);
  }
}
