/** Stratified splits: every part has each class in about the proportion of the whole. */
import { type Random, shuffle } from './random.ts';
import { indexesByClass, type TrainingRows } from './rows.ts';

/** What is split: the class of each row is enough. */
type Labelled = Pick<TrainingRows, 'labels' | 'classCount'>;

/** Row indexes to fit on and to judge by, both ascending. */
export interface Split {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/**
 * Splits into folds, each the test part once. A class's rows are shuffled and dealt to the folds in turn; the next class goes on
 * with the next fold, so fold sizes differ by at most one.
 *
 * @param count folds; as many as there are rows at most, so that none is empty.
 */
export function stratifiedFolds(rows: Labelled, count: number, random: Random): Split[] {
  const folds = Math.min(count, rows.labels.length);
  const foldOfRow = new Int32Array(rows.labels.length);
  const order = indexesByClass(rows).flatMap((indexes) => shuffle(indexes, random));
  order.forEach((row, position) => {
    foldOfRow[row] = position % folds;
  });
  return Array.from({ length: folds }, (_, fold) => splitWhere(foldOfRow, (other) => other === fold));
}

/**
 * Holds out a share of every class: at least one row of each, and at least one is left to fit on.
 *
 * @param share between 0 and 1; every class needs two rows.
 */
export function stratifiedHoldout(rows: Labelled, share: number, random: Random): Split {
  const held = new Int32Array(rows.labels.length);
  for (const indexes of indexesByClass(rows)) {
    const count = Math.min(Math.max(Math.round(indexes.length * share), 1), indexes.length - 1);
    for (const row of shuffle(indexes, random).slice(0, count)) held[row] = 1;
  }
  return splitWhere(held, (value) => value === 1);
}

function splitWhere(values: Int32Array, isTest: (value: number) => boolean): Split {
  const train: number[] = [];
  const test: number[] = [];
  values.forEach((value, row) => {
    (isTest(value) ? test : train).push(row);
  });
  return { train, test };
}
