/** Compares live rows with the training data, column by column, as they stream in. */
import { type CategoricalFeature, createLevelIndex, type Feature, type Sample } from '@iris/dataset';
import { type Column, type Comparison, categoricalColumn, dateColumn, numericColumn } from './column.ts';
import type { Distribution } from './distribution.ts';
import { holm } from './holm.ts';
import type { ColumnDrift, DriftReport, Verdict } from './report.ts';
import { ALPHA, MIN_EFFECT, MIN_ROWS } from './thresholds.ts';

/** Distinct live values of a column that are kept one by one: what people measure and count has fewer. */
const MAX_DISTINCT = 5000;
/** Of all columns together, some 5 MB: a pod's memory does not grow with the columns of somebody's dataset. */
const MAX_DISTINCT_IN_ALL = 100_000;

/** What live rows are compared with. */
export interface DriftReference {
  readonly features: readonly Feature[];
  /** Training rows, values in the order of `features`. */
  readonly samples: readonly Sample[];
  /** Name of the predicted column. */
  readonly target: string;
  readonly classes: readonly string[];
  /** How often the model predicts each class on rows that it has not seen; need not be whole. */
  readonly predictedCounts: readonly number[];
}

export interface DriftOptions {
  /** Least number of values on either side of a column; `MIN_ROWS` unless given. */
  readonly minRows?: number;
  /** Distinct values of each numeric column that are kept one by one; by the number of columns unless given. */
  readonly maxDistinct?: number;
}

/** Takes rows, gives a verdict. Memory does not grow with the rows. */
export interface DriftDetector {
  /**
   * Counts one prediction.
   *
   * @param features value by feature name; null where the log has none
   * @param label predicted class
   */
  add(features: Readonly<Record<string, unknown>> | null, label: string): void;
  /**
   * The verdict over all rows so far.
   *
   * @param pause awaited before each column, which takes up to 75 ms where it has drifted far (1,000 against 10,000 values), else a few
   */
  report(pause?: () => Promise<unknown>): Promise<DriftReport>;
}

interface Watched {
  readonly name: string;
  readonly role: ColumnDrift['role'];
  readonly column: Column;
}

/** What was found in a column, before the correction over all. */
interface Seen {
  readonly comparison: Comparison | undefined;
  readonly distribution: Distribution;
}

/**
 * An alarm of a column needs a p-value, corrected over all columns, of at most `ALPHA` *and* an effect of at least `MIN_EFFECT`: with many rows every
 * test finds a difference, with few any effect is chance.
 */
export function createDriftDetector(reference: DriftReference, options: DriftOptions = {}): DriftDetector {
  const numericCount = reference.features.filter(({ kind }) => kind !== 'categorical').length;
  const { minRows = MIN_ROWS, maxDistinct = Math.min(MAX_DISTINCT, Math.floor(MAX_DISTINCT_IN_ALL / numericCount)) } = options;
  const features = reference.features.map((feature, index): Watched => {
    const values = reference.samples.map((sample) => sample[index]!);
    return { name: feature.name, role: 'feature', column: columnOf(feature, values, maxDistinct) };
  });
  const prediction: Watched = {
    name: reference.target,
    role: 'prediction',
    column: categoricalColumn({ levels: reference.classes }, reference.predictedCounts),
  };
  let rows = 0;
  return {
    add(values, label) {
      rows++;
      for (const { name, column } of features) column.add(values?.[name]);
      prediction.column.add(label);
    },
    async report(pause = async () => undefined) {
      const columns = await judge([...features, prediction], Math.max(1, minRows), pause);
      return { verdict: overall(columns), alpha: ALPHA, minEffect: MIN_EFFECT, minRows, rows, columns };
    },
  };
}

function columnOf(feature: Feature, values: Sample, maxDistinct: number): Column {
  const present = values.filter((value) => value !== null);
  switch (feature.kind) {
    case 'numeric':
      return numericColumn(present as readonly number[], maxDistinct);
    case 'date':
      return dateColumn(present as readonly string[], maxDistinct);
    case 'categorical':
      return categoricalColumn(feature, countLevels(feature, present as readonly string[]));
  }
}

function countLevels(feature: CategoricalFeature, values: readonly string[]): number[] {
  const indexOf = createLevelIndex(feature);
  const counts = feature.levels.map(() => 0);
  for (const value of values) {
    const index = indexOf(value);
    if (!Number.isNaN(index)) counts[index]!++;
  }
  return counts;
}

async function judge(watched: readonly Watched[], minRows: number, pause: () => Promise<unknown>): Promise<ColumnDrift[]> {
  const seen: Seen[] = [];
  for (const { column } of watched) {
    await pause();
    const isTooFew = Math.min(column.nReference, column.nCurrent) < minRows;
    seen.push({ comparison: isTooFew ? undefined : column.compare(), distribution: column.distribution() });
  }
  const adjusted = holm(seen.flatMap(({ comparison }) => comparison?.pValue ?? []));
  return watched.map((own, index) => describe(own, seen[index]!, seen[index]!.comparison && adjusted.shift()!));
}

function describe(
  { name, role, column }: Watched,
  { comparison, distribution }: Seen,
  pAdjusted: number | undefined,
): ColumnDrift {
  const { type, nReference, nCurrent, missing } = column;
  const isNumeric = type === 'num';
  return {
    name,
    role,
    type,
    test: isNumeric ? 'ks' : 'chisquare',
    statistic: comparison?.statistic ?? null,
    pValue: comparison?.pValue ?? null,
    pAdjusted: pAdjusted ?? null,
    effectName: isNumeric ? 'wasserstein' : 'jensenshannon',
    effect: comparison?.effect ?? null,
    effectError: comparison?.effectError ?? 0,
    missingShare: nCurrent + missing === 0 ? 0 : missing / (nCurrent + missing),
    nReference,
    nCurrent,
    distribution,
    verdict: verdictOf(comparison, pAdjusted),
  };
}

function verdictOf(comparison: Comparison | undefined, pAdjusted = 1): Verdict {
  if (!comparison) return 'too few';
  return pAdjusted <= ALPHA && comparison.effect >= MIN_EFFECT ? 'drift' : 'none';
}

function overall(columns: readonly ColumnDrift[]): Verdict {
  const verdicts = columns.map(({ verdict }) => verdict);
  if (verdicts.includes('drift')) return 'drift';
  return verdicts.includes('none') ? 'none' : 'too few';
}
