/** One's own data: reads a CSV file against a schema document into a dataset, or tells everything that is wrong with it. */
import { parse } from 'csv-parse/sync';
import { foreignSeparator } from './csv-separator.ts';
import { DatasetError, type DatasetProblem } from './errors.ts';
import { observedRange } from './observed-range.ts';
import { parseDatasetSchemaDraft } from './parse-schema.ts';
import type { CategoricalFeature, Dataset, Feature, FeatureValue, Range } from './schema.ts';
import type { DatasetSchemaDraft, NumericFeatureDraft } from './schema-consistency.ts';

/** How far the plausible range reaches beyond the observed one, in observed widths, where the schema gives none. */
const DEFAULT_PLAUSIBLE_WIDTHS = 10;

interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

type Report = (problem: DatasetProblem) => void;
type Column = (row: CsvRow) => FeatureValue | undefined;

/**
 * Parses CSV text (RFC 4180, UTF-8, header row; columns by name in any order, others ignored).
 *
 * @param schemaDocument parsed JSON; numeric ranges may be absent and then come from the rows.
 * @throws DatasetError with every problem found: the schema's, or each missing or unknown value with line and column.
 */
export function parseCsvDataset(csvText: string, schemaDocument: unknown): Dataset {
  const draft = parseDatasetSchemaDraft(schemaDocument);
  const separator = foreignSeparator(csvText, draft.target);
  if (separator !== undefined) {
    const detail = `columns are separated by ${separator}: save the file with commas, and numbers with decimal points`;
    throw new DatasetError('DATASET_ROWS_INVALID', [{ where: 'file', line: 1, detail }]);
  }
  const problems: DatasetProblem[] = [];
  const dataset = readRows(readCsv(csvText), draft, (problem) => problems.push(problem));
  if (problems.length > 0) throw new DatasetError('DATASET_ROWS_INVALID', problems);
  return dataset;
}

function readRows([header, ...rows]: readonly CsvRow[], draft: DatasetSchemaDraft, report: Report): Dataset {
  if (rows.length === 0) report({ where: 'file', line: 1, detail: 'there is no row below the header' });
  const names = header?.cells ?? [];
  const readFeatures = draft.features.map((feature) => createColumn(feature, names, report));
  const readLabel = createColumn({ kind: 'categorical', name: draft.target, levels: draft.classes }, names, report);
  const samples: FeatureValue[][] = [];
  const labels: number[] = [];
  for (const row of rows) {
    if (row.cells.length !== names.length) {
      report({ where: 'row', line: row.line, detail: `has ${row.cells.length} cells where the header has ${names.length}` });
      continue;
    }
    samples.push(readFeatures.map((read) => read(row) ?? Number.NaN));
    labels.push(draft.classes.indexOf(String(readLabel(row))));
  }
  reportAbsentClasses(draft, labels, report);
  return {
    schema: { ...draft, features: draft.features.map((feature, index) => complete(feature, samples, index)) },
    samples,
    labels,
  };
}

function readCsv(csvText: string): CsvRow[] {
  try {
    const records = parse(csvText, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as {
      record: string[];
      info: { lines: number };
    }[];
    return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    const { message, lines } = error as Error & { lines?: number };
    throw new DatasetError('DATASET_ROWS_INVALID', [{ where: 'file', line: lines ?? 1, detail: `is not CSV: ${message}` }]);
  }
}

function createColumn(feature: NumericFeatureDraft | CategoricalFeature, header: readonly string[], report: Report): Column {
  const index = header.indexOf(feature.name);
  if (index < 0) report({ where: feature.name, line: 1, detail: 'the header lacks this column' });
  if (header.indexOf(feature.name, index + 1) > index && index >= 0) {
    report({ where: feature.name, line: 1, detail: 'the header has this column twice' });
  }
  if (index < 0) return () => undefined;
  return function readCell({ line, cells }) {
    const cell = cells[index]!;
    const problem =
      cell === ''
        ? 'is missing'
        : feature.kind === 'numeric'
          ? numberProblem(cell, feature.plausible)
          : levelProblem(cell, feature.levels);
    if (problem) report({ where: feature.name, line, detail: problem });
    if (problem) return undefined;
    return feature.kind === 'numeric' ? Number(cell) : cell;
  };
}

function numberProblem(cell: string, plausible: Range | undefined): string | undefined {
  const value = Number(cell);
  if (!Number.isFinite(value)) return `${JSON.stringify(cell)} is not a number`;
  if (plausible && (value < plausible.min || value > plausible.max)) {
    return `${cell} is outside the plausible range ${plausible.min} to ${plausible.max}`;
  }
  return undefined;
}

function levelProblem(cell: string, levels: readonly string[]): string | undefined {
  return levels.includes(cell) ? undefined : `${JSON.stringify(cell)} is none of ${levels.join(', ')}`;
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
  return { min: min >= 0 ? Math.max(0, min - margin) : min - margin, max: max + margin };
}
