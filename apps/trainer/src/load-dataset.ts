/** Loads the samples that a command names. */
import { readFile } from 'node:fs/promises';
import { type Dataset, DatasetError, type DatasetProblem } from '@iris/dataset';
import { parseCsvDataset } from '@iris/dataset/csv';
import type { DataSource } from './command-line.ts';
import { UsageError } from './usage-error.ts';

/** A file with hundreds of bad rows is shown by its first ones. */
const SHOWN_PROBLEMS = 20;

/**
 * Loads a dataset.
 *
 * @throws UsageError when a file cannot be read or used; its message has one line per problem, with file, line and column.
 */
export async function loadDataset(source: DataSource): Promise<Dataset> {
  if (source.kind === 'files') return await loadFiles(source.dataPath, source.schemaPath);
  if (source.name === 'iris') return (await import('@iris/dataset/iris')).loadIris();
  return (await import('@iris/dataset/churn')).generateChurn();
}

async function loadFiles(dataPath: string, schemaPath: string): Promise<Dataset> {
  const [csvText, schemaText] = await Promise.all([readText(dataPath), readText(schemaPath)]);
  const schemaDocument = parseJson(schemaText, schemaPath);
  try {
    return parseCsvDataset(csvText, schemaDocument);
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    const path = error.code === 'DATASET_SCHEMA_INVALID' ? schemaPath : dataPath;
    throw new UsageError(describeProblems(path, error.problems));
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${(error as NodeJS.ErrnoException).code ?? error}`);
  }
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
