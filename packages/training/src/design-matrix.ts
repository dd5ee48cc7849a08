/**
 * The expanded rows of a linear model, never written out: numbers and indicators column by column, a category as the index of its
 * level. A category of 50 levels costs two bytes a row and one addition a class.
 */
import type { InputParameters, ScalerParameters } from '@iris/model';
import { fitColumnScale } from './column-scale.ts';
import type { TrainingRows } from './rows.ts';

/** A column that is multiplied by a coefficient. */
export interface DenseColumn {
  /** Its place in the expanded row. */
  readonly column: number;
  /** One value a row: standardized numbers, 0 and 1 of an indicator. */
  readonly values: Float64Array;
}

/** A category, as one-hot columns side by side, and perhaps the indicator behind them. */
export interface OneHotColumns {
  /** Place of its first level in the expanded row. */
  readonly column: number;
  /**
   * Level index of each row. Where the category has an indicator, a row without a value has the indicator's place, one behind the
   * last level, and counts for both that and `fill`: see `joinFills`.
   */
  readonly codes: Uint16Array;
  readonly levelCount: number;
  /** The level that stands in for a missing one, where the category has an indicator. */
  readonly fill: number | undefined;
}

/** Rows × expanded columns. */
export interface DesignMatrix {
  readonly rowCount: number;
  /** Expanded columns. */
  readonly columnCount: number;
  readonly dense: readonly DenseColumn[];
  readonly oneHot: readonly OneHotColumns[];
}

/** A design matrix with the scaler that its dense columns went through. */
export interface StandardizedDesign {
  readonly design: DesignMatrix;
  /** One entry for each expanded column: mean 0 and scale 1 for one-hot columns and indicators. */
  readonly scaler: ScalerParameters;
}

/**
 * Expands rows: missing values filled, numbers standardized, categories as codes, indicators where `inputs` asks for them.
 *
 * @param inputs undefined where all columns are numbers without a missing value.
 * @throws TrainingError `TRAINING_ROWS` for a column whose values differ by less than a model can tell.
 */
export function createDesign(
  { columns, labels }: Pick<TrainingRows, 'columns' | 'labels'>,
  inputs?: InputParameters,
): StandardizedDesign {
  const dense: DenseColumn[] = [];
  const oneHot: OneHotColumns[] = [];
  const scaler = { mean: [] as number[], scale: [] as number[] };
  columns.forEach((values, index) => {
    const column = scaler.mean.length;
    const levelCount = inputs?.levelCounts[index] ?? 0;
    const fill = inputs?.fills[index] ?? Number.NaN;
    const hasIndicator = inputs?.indicators[index] ?? false;
    if (levelCount > 0) {
      const codes = encodeLevels(values, hasIndicator ? levelCount : fill);
      oneHot.push({ column, codes, levelCount, fill: hasIndicator ? fill : undefined });
      for (let level = 0; level < levelCount; level++) addScale(scaler, 0, 1);
    } else {
      const filled = fillMissing(values, fill);
      const { mean, scale } = fitColumnScale(filled, index);
      dense.push({ column, values: standardize(filled, mean, scale) });
      addScale(scaler, mean, scale);
      if (hasIndicator) dense.push({ column: column + 1, values: markMissing(values) });
    }
    if (hasIndicator) addScale(scaler, 0, 1);
  });
  return { design: { rowCount: labels.length, columnCount: scaler.mean.length, dense, oneHot }, scaler };
}

function addScale(scaler: { mean: number[]; scale: number[] }, mean: number, scale: number): void {
  scaler.mean.push(mean);
  scaler.scale.push(scale);
}

function encodeLevels(values: Float64Array, missing: number): Uint16Array {
  const codes = new Uint16Array(values.length);
  for (let row = 0; row < values.length; row++) codes[row] = Number.isNaN(values[row]!) ? missing : values[row]!;
  return codes;
}

function fillMissing(values: Float64Array, fill: number): Float64Array {
  const filled = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) filled[row] = Number.isNaN(values[row]!) ? fill : values[row]!;
  return filled;
}

function markMissing(values: Float64Array): Float64Array {
  const marks = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) marks[row] = Number(Number.isNaN(values[row]!));
  return marks;
}

function standardize(values: Float64Array, mean: number, scale: number): Float64Array {
  for (let row = 0; row < values.length; row++) values[row] = (values[row]! - mean) / scale;
  return values;
}

/**
 * Turns coefficients of expanded columns, in place, into those of codes: a missing value's is the indicator's plus its stand-in's.
 *
 * @param offset where the coefficients begin.
 */
export function joinFills({ oneHot }: DesignMatrix, coefficients: Float64Array, offset: number): void {
  for (const { column, levelCount, fill } of oneHot) {
    if (fill !== undefined) coefficients[offset + column + levelCount]! += coefficients[offset + column + fill]!;
  }
}

/** The transpose of `joinFills`: turns sums by code, in place, into sums by expanded column. */
export function shareFills({ oneHot }: DesignMatrix, sums: Float64Array, offset: number): void {
  for (const { column, levelCount, fill } of oneHot) {
    if (fill !== undefined) sums[offset + column + fill]! += sums[offset + column + levelCount]!;
  }
}

/** The rows at the given indexes, in that order. */
export function selectDesign(design: DesignMatrix, rows: readonly number[]): DesignMatrix {
  return {
    ...design,
    rowCount: rows.length,
    dense: design.dense.map(({ column, values }) => ({ column, values: gather(values, rows, new Float64Array(rows.length)) })),
    oneHot: design.oneHot.map((one) => ({ ...one, codes: gather(one.codes, rows, new Uint16Array(rows.length)) })),
  };
}

// Not `from`, which goes through the iterator protocol: with many classes there are many small selections.
function gather<Values extends Float64Array | Uint16Array>(values: Values, rows: readonly number[], out: Values): Values {
  for (let index = 0; index < rows.length; index++) out[index] = values[rows[index]!]!;
  return out;
}

/** One row written out. */
export function expandRow({ dense, oneHot, columnCount }: DesignMatrix, row: number): number[] {
  const expanded = new Array<number>(columnCount).fill(0);
  // Adding 0 turns -0, which JSON cannot keep, into 0.
  for (const { column, values } of dense) expanded[column] = values[row]! + 0;
  for (const { column, codes, levelCount, fill } of oneHot) {
    const code = codes[row]!;
    expanded[column + code] = 1;
    if (code === levelCount) expanded[column + fill!] = 1;
  }
  return expanded;
}
