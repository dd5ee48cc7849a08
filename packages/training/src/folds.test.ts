import { describe, expect, it } from 'vitest';
import { stratifiedFolds, stratifiedHoldout } from './folds.ts';
import { createRandom } from './random.ts';

function rowsOf(...counts: readonly number[]) {
  const labels = Int32Array.from(counts.flatMap((count, label) => new Array<number>(count).fill(label)));
  return { labels, classCount: counts.length };
}

function countByClass(rows: ReturnType<typeof rowsOf>, indexes: readonly number[]): number[] {
  const counts = new Array<number>(rows.classCount).fill(0);
  for (const index of indexes) counts[rows.labels[index]!]! += 1;
  return counts;
}

describe('stratifiedFolds', () => {
  it('tests every row once and never on a fit that saw it', () => {
    const rows = rowsOf(23, 31, 9);
    const splits = stratifiedFolds(rows, 10, createRandom(1));
    const tested = splits.flatMap(({ test }) => test);
    expect(tested.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 63 }, (_, index) => index));
    for (const { train, test } of splits) expect(new Set([...train, ...test]).size).toBe(63);
  });

  it('keeps class counts and fold sizes within one of each other', () => {
    const rows = rowsOf(50, 50, 50);
    for (const { test } of stratifiedFolds(rows, 10, createRandom(2))) expect(countByClass(rows, test)).toEqual([5, 5, 5]);
    const uneven = stratifiedFolds(rowsOf(7, 6, 8), 4, createRandom(2)).map(({ test }) => test.length);
    expect(Math.max(...uneven) - Math.min(...uneven)).toBeLessThanOrEqual(1);
  });

  it('leaves each class with two rows at least one to fit on, however few rows there are', () => {
    const rows = rowsOf(2, 2);
    const splits = stratifiedFolds(rows, 10, createRandom(3));
    expect(splits).toHaveLength(4);
    for (const { train } of splits) expect(Math.min(...countByClass(rows, train))).toBeGreaterThanOrEqual(1);
  });

  it('depends on the random stream only', () => {
    const rows = rowsOf(20, 20);
    expect(stratifiedFolds(rows, 5, createRandom(4))).toEqual(stratifiedFolds(rows, 5, createRandom(4)));
    expect(stratifiedFolds(rows, 5, createRandom(4))).not.toEqual(stratifiedFolds(rows, 5, createRandom(5)));
  });
});

describe('stratifiedHoldout', () => {
  it('holds out the share of each class', () => {
    const rows = rowsOf(400, 100);
    const { train, test } = stratifiedHoldout(rows, 0.25, createRandom(1));
    expect(countByClass(rows, test)).toEqual([100, 25]);
    expect(train.length + test.length).toBe(500);
  });

  it('holds out one of two rows of a rare class', () => {
    const rows = rowsOf(400, 2);
    expect(countByClass(rows, stratifiedHoldout(rows, 0.25, createRandom(1)).test)).toEqual([100, 1]);
  });
});
