/** Collects the rows of a table into a dataset, and everything that is wrong with them. */
import type { Dataset } from './dataset.ts';
import { isoDay } from './days.ts';
import { createEncoder, type Encoder } from './encoder.ts';
import { DatasetError, type DatasetProblem } from './errors.ts';
import { GrowingArray } from './growing-array.ts';
import { observedRange, plausibleRange } from './observed-range.ts';
import type { DatasetSchemaDraft, Feature, FeatureDraft, FeatureValue, Range } from './schema.ts';
import { MAX_MAGNITUDE } from './schema-document.ts';
import type { TableRow } from './table/index.ts';

/** More problems than anybody reads, and no more than memory holds. */
const MAX_PROBLEMS = 1000;

/** Takes rows whose values are in the order of the schema's features, the class last. */
export interface DatasetBuilder {
  add(row: TableRow): void;
  /**
   * The dataset of all rows, ranges filled in.
   *
   * @throws DatasetError `DATASET_ROWS_INVALID` with the first thousand problems.
   */
  finish(): Dataset & { readonly unlabelled: number };
}

/** Builds a dataset of a schema. */
export function createDatasetBuilder(draft: DatasetSchemaDraft): DatasetBuilder {
  const encoder = createEncoder(draft);
  const columns = Array.from({ length: encoder.size }, () => new GrowingArray());
  const labels = new GrowingArray();
  const classes = new Map<unknown, number>(draft.classes.map((name, index) => [name, index]));
  const row = new Float64Array(encoder.size);
  const problems: DatasetProblem[] = [];
  let [rows, unlabelled] = [0, 0];

  function report(problem: DatasetProblem): void {
    if (problems.length < MAX_PROBLEMS) problems.push(problem);
  }

  function add({ line, values, faults }: TableRow): void {
    rows++;
    for (const { column, detail } of faults) report({ where: column ?? 'row', line, detail });
    if (values.length === 0) return;
    reportNumbers(draft, line, values, report);
    if (faults.length > 0 || problems.length > 0) return;
    const label = values[draft.features.length];
    if (label === null) {
      unlabelled++;
      return;
    }
    encoder.encode(values as readonly FeatureValue[], row, 0);
    for (let column = 0; column < row.length; column++) columns[column]!.push(row[column]!);
    labels.push(classes.get(label)!);
  }

  function finish() {
    if (rows === 0) report({ where: 'file', line: 1, detail: 'there is no row below the header' });
    const classIndexes = Int32Array.from(labels.toArray());
    if (problems.length === 0) reportAbsentClasses(draft, classIndexes, report);
    const arrays = columns.map((column) => column.toArray());
    if (problems.length === 0) reportEmptyColumns(draft, encoder, arrays, report);
    if (problems.length > 0) throw new DatasetError('DATASET_ROWS_INVALID', problems);
    const features = draft.features.map((feature, index) => complete(feature, arrays[lastColumn(encoder, index)]!));
    return { schema: { ...draft, features }, columns: arrays, labels: classIndexes, unlabelled };
  }

  return { add, finish };
}

type Report = (problem: DatasetProblem) => void;

function reportNumbers({ features }: DatasetSchemaDraft, line: number, values: TableRow['values'], report: Report): void {
  for (let index = 0; index < features.length; index++) {
    const feature = features[index]!;
    const value = values[index];
    if (feature.kind !== 'numeric' || typeof value !== 'number') continue;
    const detail = numberProblem(value, feature.plausible);
    if (detail) report({ where: feature.name, line, detail });
  }
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

function reportAbsentClasses({ classes, target }: DatasetSchemaDraft, labels: Int32Array, report: Report): void {
  const present = new Set(labels);
  for (const name of classes.filter((_, index) => !present.has(index))) {
    report({ where: target, detail: `no row has the class ${JSON.stringify(name)}` });
  }
}

function reportEmptyColumns(
  { features }: DatasetSchemaDraft,
  encoder: Encoder,
  columns: readonly Float64Array[],
  report: Report,
) {
  features.forEach(({ name }, index) => {
    const isEmpty = columns[lastColumn(encoder, index)]!.every(Number.isNaN);
    if (isEmpty) report({ where: name, detail: 'no row has a value here: leave the column out' });
  });
}

/** Of a date, the column of days. */
function lastColumn({ columnFeatures }: Encoder, feature: number): number {
  return columnFeatures.lastIndexOf(feature);
}

function complete(feature: FeatureDraft, column: Float64Array): Feature {
  if (feature.kind === 'categorical') return feature;
  const observed = observedRange(column);
  if (feature.kind === 'date') return { ...feature, observed: { min: isoDay(observed.min), max: isoDay(observed.max) } };
  return { ...feature, observed, plausible: feature.plausible ?? plausibleRange(observed) };
}
