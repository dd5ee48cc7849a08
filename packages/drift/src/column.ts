/** A column under watch: takes live values, compares them with the reference's. */
import { type CategoricalFeature, createLevelIndex, dayOf } from '@iris/dataset';
import { chiSquareContingency } from './chi-squared.ts';
import { categoricalDistribution, type Distribution, numericDistribution } from './distribution.ts';
import { jensenShannonDistance } from './jensen-shannon.ts';
import { ksPValue } from './kolmogorov-smirnov.ts';
import { LiveValues } from './live-values.ts';
import { referenceValues, timesOfReference } from './reference-values.ts';

/** Divides the effect where all reference values are equal, so that any other value is a large effect; as Evidently has it. */
const LEAST_DEVIATION = 0.001;

/** What a test and an effect say of a column. */
export interface Comparison {
  readonly statistic: number;
  readonly pValue: number;
  readonly effect: number;
  readonly effectError: number;
}

/** One column. */
export interface Column {
  readonly type: 'num' | 'cat';
  readonly nReference: number;
  nCurrent: number;
  missing: number;
  /** Counts a live value; one of another type, or none, is missing. */
  add(value: unknown): void;
  /** Needs a value on both sides. */
  compare(): Comparison;
  /** Both sides over the same bins. */
  distribution(): Distribution;
}

/**
 * A column of finite numbers.
 *
 * @param maxDistinct live values that are kept one by one; beyond, they are counted in cells
 */
export function numericColumn(numbers: readonly number[], maxDistinct: number): Column {
  const reference = referenceValues(numbers);
  const live = new LiveValues(reference, maxDistinct);
  return {
    type: 'num',
    nReference: reference.count,
    nCurrent: 0,
    missing: 0,
    add(value) {
      if (typeof value !== 'number' || !Number.isFinite(value)) this.missing++;
      else {
        this.nCurrent++;
        live.add(value);
      }
    },
    compare() {
      const { statistic, count } = live.ks();
      const { distance, error } = live.wasserstein();
      const scale = reference.standardDeviation || LEAST_DEVIATION;
      const pValue = ksPValue(statistic, reference.count, count);
      return { statistic, pValue, effect: distance / scale, effectError: error / scale };
    },
    distribution: () => numericDistribution(timesOfReference(reference), live.times()),
  };
}

/** A column of days, `yyyy-mm-dd`: compared as the numbers of days since 1970-01-01. */
export function dateColumn(days: readonly string[], maxDistinct: number): Column {
  const column = numericColumn(
    days.map((day) => dayOf(day)),
    maxDistinct,
  );
  const { add } = column;
  return Object.assign(column, {
    add(this: Column, value: unknown) {
      add.call(this, typeof value === 'string' ? dayOf(value) : undefined);
    },
  });
}

/**
 * A column of levels or classes. A level that the reference does not know is counted with all others of its kind.
 *
 * @param counts of the reference, by index of the level; need not be whole
 */
export function categoricalColumn(feature: Pick<CategoricalFeature, 'levels' | 'other'>, counts: readonly number[]): Column {
  const { levels } = feature;
  const indexOf = createLevelIndex(feature);
  const live = new Array<number>(levels.length + 1).fill(0);
  const reference = [...counts, 0];
  return {
    type: 'cat',
    nReference: Math.round(reference.reduce((sum, count) => sum + count, 0)),
    nCurrent: 0,
    missing: 0,
    add(value) {
      if (typeof value !== 'string') this.missing++;
      else {
        this.nCurrent++;
        const index = indexOf(value);
        live[Number.isNaN(index) ? levels.length : index]!++;
      }
    },
    compare: () => ({
      ...chiSquareContingency(reference, live),
      effect: jensenShannonDistance(reference, live),
      effectError: 0,
    }),
    distribution: () => categoricalDistribution(levels, reference, live),
  };
}
