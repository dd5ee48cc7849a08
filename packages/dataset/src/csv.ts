/** One's own data: reads a CSV file against a schema document into a dataset, or tells everything that is wrong with it. */
import { DatasetError, type DatasetProblem } from './errors.ts';
import { observedRange } from './observed-range.ts';
import { parseDatasetSchemaDraft } from './parse-schema.ts';
import type { CategoricalFeature, Dataset, Feature, FeatureValue, Range } from './schema.ts';
import type { DatasetSchemaDraft, NumericFeatureDraft } from './schema-consistency.ts';
import { MAX_MAGNITUDE } from './schema-document.ts';
import { createTableReader, readInParts, TableError, type TableFormat, type TableReader, type TableRow } from './table/index.ts';

/** How far the plausible range reaches beyond the observed one, in observed widths, where the schema gives none. */
const DEFAULT_PLAUSIBLE_WIDTHS = 10;

type Report = (problem: DatasetProblem) => void;

/** A dataset, and how its file is written. */
export interface CsvDataset extends Dataset {
  readonly format: TableFormat;
}

/**
 * Parses a CSV file by the rules of `@iris/dataset/table` (header row; columns by name in any order, others ignored).
 *
 * @param schemaDocument parsed JSON; numeric ranges may be absent and then come from the rows.
 * @throws DatasetError with every problem found: the schema's, or each missing or unknown value with line and column.
 */
export function parseCsvDataset(file: Uint8Array, schemaDocument: unknown): CsvDataset {
  const draft = parseDatasetSchemaDraft(schemaDocument);
  const reader = createTableReader([...draft.features, { kind: 'categorical', name: draft.target, levels: draft.classes }]);
  const rows = readRows(reader, file);
  const problems: DatasetProblem[] = [];
  const dataset = toDataset(rows, draft, (problem) => problems.push(problem));
  if (problems.length > 0) throw new DatasetError('DATASET_ROWS_INVALID', problems);
  return { ...dataset, format: reader.format()! };
}

function readRows(reader: TableReader, file: Uint8Array): TableRow[] {
  try {
    return [...readInParts(reader, file)].flat();
  } catch (error) {
    if (error instanceof TableError) throw new DatasetError('DATASET_ROWS_INVALID', tableProblems(error));
    throw error;
  }
}

function tableProblems({ columns, message }: TableError): DatasetProblem[] {
  if (columns.length === 0) return [{ where: 'file', line: 1, detail: message }];
  return columns.map(({ column, detail }) => ({ where: column, line: 1, detail }));
}

function toDataset(rows: readonly TableRow[], draft: DatasetSchemaDraft, report: Report): Dataset {
  if (rows.length === 0) report({ where: 'file', line: 1, detail: 'there is no row below the header' });
  const samples: FeatureValue[][] = [];
  const labels: number[] = [];
  for (const row of rows) {
    for (const { column, detail } of row.faults) report({ where: column ?? 'row', line: row.line, detail });
    if (row.values.length === 0) continue;
    reportNumbers(row, draft, report);
    samples.push(draft.features.map((_, index) => row.values[index] ?? Number.NaN));
    labels.push(draft.classes.indexOf(String(row.values[draft.features.length])));
  }
  reportAbsentClasses(draft, labels, report);
  return {
    schema: { ...draft, features: draft.features.map((feature, index) => complete(feature, samples, index)) },
    samples,
    labels,
  };
}

function reportNumbers({ line, values }: TableRow, { features }: DatasetSchemaDraft, report: Report): void {
  features.forEach((feature, index) => {
    const value = values[index];
    if (feature.kind === 'categorical' || typeof value !== 'number') return;
    const detail = numberProblem(value, feature.plausible);
    if (detail) report({ where: feature.name, line, detail });
  });
}

function numberProblem(value: number, plausible: Range | undefined): string | undefined {
  if (Math.abs(value) > MAX_MAGNITUDE) {
    return `${value} is too large to learn from: numbers go up to ${MAX_MAGNITUDE}, so that their squares can be summed`;
  }
  if (plausible && (value < plausible.min || value > plausible.max)) {
    return `${value} is outside the plausible range ${plausible.min} to ${plausible.max}`;
  }
  return undefined;
}

function reportAbsentClasses({ classes, target }: DatasetSchemaDraft, labels: readonly number[], report: Report): void {
  const present = new Set(labels);
  if (labels.length === 0 || present.has(-1)) return;
  for (const name of classes.filter((_, index) => !present.has(index))) {
    report({ where: target, detail: `no row has the class ${JSON.stringify(name)}` });
  }
}

function complete(feature: NumericFeatureDraft | CategoricalFeature, samples: readonly FeatureValue[][], index: number): Feature {
  if (feature.kind === 'categorical') return feature;
  const observed = observedRange(samples.map((sample) => sample[index] as number));
  return { ...feature, observed, plausible: feature.plausible ?? widen(observed) };
}

// A quantity that was never negative stays so: most measures are lengths, counts and durations.
function widen({ min, max }: Range): Range {
  const margin = DEFAULT_PLAUSIBLE_WIDTHS * (max - min || Math.abs(max) || 1);
  const [low, high] = [Math.max(min - margin, -MAX_MAGNITUDE), Math.min(max + margin, MAX_MAGNITUDE)];
  return { min: min >= 0 ? Math.max(0, low) : low, max: high };
}
