/**
 * From a row of the dataset's columns to the columns that an algorithm computes with: levels one-hot, missing values filled in, and a column that says
 * which were missing.
 */
import { ModelError } from './errors.ts';
import { MAX_INPUT_SIZE } from './limits.ts';
import { type BatchScorer, BLOCK_ROWS } from './model.ts';
import { ANY_NUMBER, checkNumber, type ParameterReader } from './parameter-reader.ts';

/** How rows are expanded. */
export interface Inputs {
  /** Columns of an expanded row. */
  readonly width: number;
  /** Column of the row that each column of an expanded row comes from. */
  readonly sources: readonly number[];
  /** Whether a column may be NaN. */
  readonly mayBeMissing: (column: number) => boolean;
  /**
   * Writes the expanded row of the one at `rows[offset…]` to `out[outOffset…]`.
   *
   * @throws ModelError `MODEL_FEATURE_VALUE` for an index that is no level's.
   */
  readonly expand: (rows: Float64Array, offset: number, out: Float64Array, outOffset: number) => void;
}

interface Column {
  /** Levels; 0 for a number. */
  readonly levelCount: number;
  /** Stands in for a missing value; NaN where it may not be missing. */
  readonly fill: number;
  readonly hasIndicator: boolean;
}

/**
 * Reads `inputs` of the parameters: `InputParameters`.
 *
 * @returns undefined where there are none: then the algorithm takes rows as they are.
 * @throws ModelError when an array has another length than the rows, or holds an unusable value.
 */
export function parseInputs(parameters: ParameterReader, inputSize: number): Inputs | undefined {
  if (parameters.raw('inputs') === undefined) return undefined;
  const reader = parameters.nested('inputs');
  const levelCounts = reader.integers('levelCounts', inputSize, { min: 0, max: MAX_INPUT_SIZE });
  const fills = reader.values('fills', inputSize, (value, field, index) =>
    value === null ? Number.NaN : checkNumber(value, ANY_NUMBER, field, index),
  );
  const indicators = reader.values('indicators', inputSize, checkBoolean);
  const columns = Array.from(levelCounts, (levelCount, index): Column => {
    const fill = fills[index]!;
    if (levelCount > 0 && !Number.isNaN(fill) && !isLevel(fill, levelCount)) throw levelError('inputs.fills', index, fill);
    return { levelCount, fill, hasIndicator: indicators[index]! };
  });
  const widths = columns.map(({ levelCount, hasIndicator }) => (levelCount || 1) + Number(hasIndicator));
  const width = widths.reduce((sum, count) => sum + count, 0);
  if (width > MAX_INPUT_SIZE) {
    const message = `inputs expand to ${width} columns, at most ${MAX_INPUT_SIZE} are allowed`;
    throw new ModelError('MODEL_COUNTS', message, { width, max: MAX_INPUT_SIZE });
  }
  return {
    width,
    sources: widths.flatMap((count, source) => new Array<number>(count).fill(source)),
    mayBeMissing: (column) => !Number.isNaN(fills[column]!),
    expand: createExpand(columns),
  };
}

/** Makes an algorithm of expanded rows one of rows as they come. */
export function scoreExpanded({ width, expand }: Inputs, inputSize: number, classCount: number, score: BatchScorer): BatchScorer {
  const expanded = new Float64Array(BLOCK_ROWS * width);
  return function scoreBatch(rows, offset, count, out, outOffset) {
    for (let first = 0; first < count; first += BLOCK_ROWS) {
      const size = Math.min(BLOCK_ROWS, count - first);
      for (let row = 0; row < size; row++) expand(rows, offset + (first + row) * inputSize, expanded, row * width);
      score(expanded, 0, size, out, outOffset + first * classCount);
    }
  };
}

function createExpand(columns: readonly Column[]): Inputs['expand'] {
  return function expand(rows, offset, out, outOffset) {
    let at = outOffset;
    for (let index = 0; index < columns.length; index++) {
      const { levelCount, fill, hasIndicator } = columns[index]!;
      const given = rows[offset + index]!;
      const isMissing = Number.isNaN(given);
      const value = isMissing ? fill : given;
      if (levelCount === 0) {
        out[at++] = value;
      } else {
        if (!isLevel(value, levelCount)) throw levelError('feature', offset + index, value);
        out.fill(0, at, at + levelCount);
        out[at + value] = 1;
        at += levelCount;
      }
      if (hasIndicator) out[at++] = Number(isMissing);
    }
  };
}

function isLevel(value: number, levelCount: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < levelCount;
}

function levelError(field: string, index: number, value: number): ModelError {
  const actual = String(value);
  return new ModelError('MODEL_FEATURE_VALUE', `${field} at ${index} is no index of a level: ${actual}`, { index, actual });
}

function checkBoolean(value: unknown, field: string, index: number): boolean {
  if (typeof value === 'boolean') return value;
  throw new ModelError('MODEL_NUMBER', `${field}[${index}] must be true or false`, { field, index });
}
