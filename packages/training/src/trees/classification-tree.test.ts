import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binColumns } from './bin.ts';
import { TreeGrower, type TreeLimits } from './classification-tree.ts';
import { leafOfRow } from './coded-tree.ts';
import { createStream } from './stream.ts';

const LIMITS: TreeLimits = { maxFeatures: 1000, maxDepth: 1000, minSamplesSplit: 2, minSamplesLeaf: 1 };

function grow(
  columns: readonly (readonly number[])[],
  labels: readonly number[],
  classCount: number,
  limits: Partial<TreeLimits> = {},
) {
  const binned = binColumns(
    columns.map((column) => Float64Array.from(column)),
    labels.length,
  );
  const weights = new Float64Array(labels.length).fill(1);
  const grower = new TreeGrower(binned, Int32Array.from(labels), classCount, { ...LIMITS, ...limits });
  return { binned, tree: grower.grow(weights, createStream(1, 1)), grower, weights };
}

/** Sum of squared class counts over the count, of both sides. */
function scoreOf(labels: readonly number[], goesLeft: (row: number) => boolean): number {
  return [true, false].reduce((sum, side) => {
    const counts = new Map<number, number>();
    const rows = labels.filter((_, row) => goesLeft(row) === side);
    for (const label of rows) counts.set(label, (counts.get(label) ?? 0) + 1);
    return rows.length === 0
      ? Number.NaN
      : sum + [...counts.values()].reduce((squares, count) => squares + count ** 2, 0) / rows.length;
  }, 0);
}

/** The best score that any cut and way of missing values reaches. */
function bestScore(columns: readonly (readonly number[])[], labels: readonly number[]): number {
  let best = Number.NEGATIVE_INFINITY;
  for (const column of columns) {
    for (const cut of [...column.filter((value) => !Number.isNaN(value)), Number.POSITIVE_INFINITY]) {
      for (const missingLeft of [true, false]) {
        const score = scoreOf(labels, (row) => (Number.isNaN(column[row]!) ? missingLeft : column[row]! < cut));
        if (score > best) best = score;
      }
    }
  }
  return best;
}

/** `count` rows; the more rows, bins and classes, the other ways of adding up are taken. */
function problem(count: fc.Arbitrary<number>, values: fc.Arbitrary<number>, classCount: number) {
  return count.chain((rows) =>
    fc.record({
      columns: fc.array(fc.array(values, { minLength: rows, maxLength: rows }), { minLength: 2, maxLength: 2 }),
      labels: fc.array(fc.nat(classCount - 1), { minLength: rows, maxLength: rows }),
    }),
  );
}

const withMissing = (most: number) =>
  fc.oneof({ weight: 5, arbitrary: fc.nat(most) }, { weight: 1, arbitrary: fc.constant(Number.NaN) });

describe('a classification tree', () => {
  it.each([
    ['few rows, sorted by insertion', problem(fc.integer({ min: 2, max: 24 }), withMissing(9), 3), 3],
    ['more rows than are sorted so, of many bins and classes', problem(fc.integer({ min: 25, max: 60 }), withMissing(200), 9), 9],
    ['many rows of few bins', problem(fc.integer({ min: 40, max: 120 }), withMissing(4), 2), 2],
  ] as const)('splits where Gini impurity falls most: %s', (_, arbitrary, classCount) => {
    fc.assert(
      fc.property(arbitrary, ({ columns, labels }) => {
        const { tree } = grow(columns, labels, classCount, { maxDepth: 1 });
        const best = bestScore(columns, labels);
        if (tree.columns[0] === 0) {
          // Pure, or no column tells rows apart.
          expect(new Set(labels).size === 1 || !Number.isFinite(best)).toBe(true);
          return;
        }
        const { binned } = grow(columns, labels, classCount, { maxDepth: 1 });
        expect(scoreOf(labels, (row) => leafOfRow(tree, binned, row) === 1)).toBeCloseTo(best, 9);
      }),
      { numRuns: 200 },
    );
  });

  it('grown fully tells all rows apart that differ', () => {
    fc.assert(
      fc.property(problem(fc.integer({ min: 1, max: 60 }), withMissing(30), 4), ({ columns, labels }) => {
        const { tree, binned } = grow(columns, labels, 4, { maxFeatures: 1 });
        labels.forEach((label, row) => {
          const equal = labels.filter((_, other) => columns.every((column) => Object.is(column[other], column[row])));
          const leaf = tree.values[leafOfRow(tree, binned, row)]!;
          if (new Set(equal).size === 1) {
            expect(leaf).toBe(label);
            return;
          }
          const { starts, classes, weights } = tree.divided;
          const [from, end] = [starts[leaf - 4], starts[leaf - 3]];
          const found = [...new Set(equal)].sort((a, b) => a - b);
          expect(classes.slice(from, end)).toEqual(found);
          expect(weights.slice(from, end)).toEqual(found.map((index) => equal.filter((other) => other === index).length));
        });
      }),
      { numRuns: 200 },
    );
  });

  it('takes a split that gains nothing, as the next one may: exclusive or', () => {
    const columns = [
      [0, 0, 1, 1],
      [0, 1, 0, 1],
    ];
    const { tree, binned } = grow(columns, [0, 1, 1, 0], 2);
    expect([0, 1, 2, 3].map((row) => tree.values[leafOfRow(tree, binned, row)])).toEqual([0, 1, 1, 0]);
  });

  it('draws on where the features drawn are constant', () => {
    const constant = Array.from({ length: 30 }, () => [5, 5, 5, 5]);
    const { tree } = grow([...constant, [1, 2, 3, 4]], [0, 0, 1, 1], 2, { maxFeatures: 1 });
    expect(tree.columns[0]).toBe(31);
  });

  it('sends missing values where most rows go, when it has seen none', () => {
    expect([...grow([[1, 2, 3, 4, 5]], [0, 0, 0, 1, 1], 2).tree.missingLeft]).toEqual([1, 0, 0]);
    expect([...grow([[1, 2, 3, 4, 5]], [0, 0, 1, 1, 1], 2).tree.missingLeft]).toEqual([0, 0, 0]);
  });

  it.each([
    ['maxDepth', { maxDepth: 2 }],
    ['minSamplesSplit', { minSamplesSplit: 5 }],
    ['minSamplesLeaf', { minSamplesLeaf: 4 }],
  ])('keeps to %s', (name, limits) => {
    const values = Array.from({ length: 64 }, (_, row) => row);
    const labels = values.map((value) => (value * value) % 7);
    const { tree, binned } = grow([values], labels, 7, limits);
    const rowsOf = new Int32Array(tree.columns.length);
    for (const row of values) rowsOf[leafOfRow(tree, binned, row)]! += 1;
    const leaves = [...tree.columns.keys()].filter((node) => tree.columns[node] === 0);
    expect(leaves.length).toBeGreaterThan(2);
    // Backwards, children come before their parents.
    for (const node of [...tree.columns.keys()].reverse()) {
      if (tree.columns[node] !== 0) rowsOf[node] = rowsOf[node + 1]! + rowsOf[tree.right[node]!]!;
    }
    if (name === 'maxDepth') expect(leaves.length).toBeLessThanOrEqual(4);
    if (name === 'minSamplesLeaf') expect(Math.min(...leaves.map((node) => rowsOf[node]!))).toBeGreaterThanOrEqual(4);
    if (name === 'minSamplesSplit') {
      expect(Math.min(...rowsOf.filter((_, node) => tree.columns[node] !== 0))).toBeGreaterThanOrEqual(5);
    }
  });

  it('does not depend on the trees grown before it', () => {
    const columns = Array.from({ length: 9 }, (_, column) => Array.from({ length: 50 }, (_, row) => (row * (column + 3)) % 17));
    const labels = Array.from({ length: 50 }, (_, row) => (row * row) % 3);
    const { tree, grower, weights } = grow(columns, labels, 3, { maxFeatures: 3 });
    grower.grow(weights, createStream(5, 5));
    expect(grower.grow(weights, createStream(1, 1))).toEqual(tree);
  });

  it('counts a row as often as it weighs, and leaves out what weighs nothing', () => {
    const { binned } = grow([[1, 2, 3]], [0, 1, 0], 2);
    const grower = new TreeGrower(binned, Int32Array.of(0, 1, 0), 2, { ...LIMITS, maxDepth: 1, minSamplesSplit: 4 });
    const { divided } = grower.grow(Float64Array.of(3, 0.5, 0), createStream(1, 1));
    expect(divided).toEqual({ starts: [0, 2], classes: [0, 1], weights: [3, 0.5] });
  });
});
