/** Loads the samples that a command names. */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type Dataset, DatasetError, type DatasetProblem } from '@iris/dataset';
import { type CsvDataset, readCsvDataset } from '@iris/dataset/csv';
import { decodeText, type TableFormat } from '@iris/dataset/table';
import type { DataSource } from './options.ts';
import { UsageError } from './usage-error.ts';

/** A file with hundreds of bad rows is shown by its first ones. */
const SHOWN_PROBLEMS = 20;

/** A dataset, and how its file is written; those that come with the project have none. */
export type LoadedDataset = Dataset & Partial<Pick<CsvDataset, 'format' | 'unlabelled'>>;

/**
 * Loads a dataset.
 *
 * @throws UsageError when a file cannot be read or used; its message has one line per problem, with file, line and column.
 */
export async function loadDataset(source: DataSource): Promise<LoadedDataset> {
  if (source.kind === 'files') return await loadFiles(source.dataPath, source.schemaPath);
  if (source.name === 'iris') return (await import('@iris/dataset/iris')).loadIris();
  return (await import('@iris/dataset/churn')).generateChurn();
}

async function loadFiles(dataPath: string, schemaPath: string): Promise<LoadedDataset> {
  const schemaDocument = parseJson(
    decodeText(await readFile(schemaPath).catch((error) => cannotRead(schemaPath, error))),
    schemaPath,
  );
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

const SEPARATOR_NAMES = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' } as const;

/** How a file was read, where that is not what CSV is elsewhere: `windows-1252, semicolons between columns, decimal commas`. */
export function describeFormat({
  encoding,
  separator,
  decimalSign,
}: Pick<TableFormat, 'encoding' | 'separator' | 'decimalSign'>): string | undefined {
  const found = [
    ...(encoding === 'utf-8' ? [] : [encoding]),
    ...(separator === ',' ? [] : [`${SEPARATOR_NAMES[separator]} between columns`]),
    ...(decimalSign === '.' ? [] : ['decimal commas']),
  ];
  return found.length > 0 ? found.join(', ') : undefined;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is not JSON: ${(error as Error).message}`);
  }
}

/** One line per problem, such as `rows.csv:7:petal_width: "x" is not a number`, and how many more there are. */
export function describeProblems(path: string, problems: readonly DatasetProblem[]): string {
  const lines = problems.slice(0, SHOWN_PROBLEMS).map(({ line, where, detail }) => {
    return `${path}:${line === undefined ? '' : `${line}:`}${where}: ${detail}`;
  });
  const hidden = problems.length - lines.length;
  return [...lines, ...(hidden > 0 ? [`and ${hidden} more`] : [])].join('\n');
}
