import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BatchScorer } from '../model.ts';
import { createParameterReader } from '../parameter-reader.ts';
import { forestOfLeaves, SMALL_FOREST } from '../test-parameters.ts';
import { createLeafTable } from './leaf-table.ts';
import { createVoteWalk, parseForest } from './random-forest.ts';
import { anyForest, anyRow, storeForest, type TestForest, type Tree } from './test-trees.ts';

function scorersOf(forest: TestForest): { table: BatchScorer | undefined; walk: BatchScorer } {
  const shape = { inputSize: forest.cuts.length, classCount: forest.classCount };
  const { trees, votes } = parseForest(createParameterReader(storeForest(forest)), shape);
  return { table: createLeafTable(trees, votes), walk: createVoteWalk(trees, votes) };
}

function votesOf(scorer: BatchScorer, rows: readonly (readonly number[])[], classCount: number): number[] {
  // What stood there before is no vote.
  const out = new Float64Array(rows.length * classCount + 1).fill(9);
  scorer(Float64Array.from(rows.flat()), 0, rows.length, out, 1);
  return [...out.subarray(1)];
}

const rows = fc.array(anyRow, { minLength: 20, maxLength: 20 });
const stump: Tree = { column: 0, bin: 0, missingLeft: true, left: 0, right: 1 };
const forestOf = (...trees: Tree[]): TestForest => ({ classCount: 2, cuts: [[0]], trees, leaves: [] });

describe('the leaf table', () => {
  it('gives bit for bit what walking the trees gives, on any forest of pure leaves and row', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyForest(0), rows, (forest, samples) => {
        const { table, walk } = scorersOf(forest);
        if (!table) return;
        expect(votesOf(table, samples, forest.classCount)).toEqual(votesOf(walk, samples, forest.classCount));
        compared += 1;
      }),
      { numRuns: 500 },
    );
    // A table that always declines would pass the comparison.
    expect(compared).toBeGreaterThan(100);
  });

  it('gives within 1e-12 what walking gives where leaves divide their vote', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyForest(3), rows, (forest, samples) => {
        const { table, walk } = scorersOf(forest);
        if (!table) return;
        const expected = votesOf(walk, samples, forest.classCount);
        votesOf(table, samples, forest.classCount).forEach((votes, index) => {
          expect(votes).toBeCloseTo(expected[index]!, 12);
        });
        compared += 1;
      }),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(50);
  });

  it('holds more leaves of a class than a word has bits', () => {
    const { table } = scorersOf(forestOf(...Array<Tree>(70).fill(stump)));
    expect(votesOf(table!, [[-1], [0], [Number.NaN]], 2)).toEqual([70, 0, 0, 70, 70, 0]);
  });

  it('declines a forest that splits on nothing', () => {
    const { trees, votes } = parseForest(createParameterReader(forestOfLeaves(3, [0, 1])), { inputSize: 2, classCount: 3 });
    expect(createLeafTable(trees, votes)).toBeUndefined();
  });

  it('declines a forest of large trees, where walking takes fewer steps', () => {
    const cuts = Array.from({ length: 10 }, (_, bin) => bin);
    const large = (depth: number): Tree =>
      depth === 0 ? 0 : { column: 0, bin: depth, missingLeft: false, left: large(depth - 1), right: large(depth - 1) };
    expect(scorersOf({ classCount: 2, cuts: [cuts], trees: [large(9)], leaves: [] }).table).toBeUndefined();
  });

  it('declines, before it allocates, a table of more than 65,536 words', () => {
    const cuts = Array.from({ length: 2_000 }, (_, bin) => bin);
    const trees = cuts.map((bin): Tree => ({ ...(stump as object as Exclude<Tree, number>), bin }));
    expect(scorersOf({ classCount: 2, cuts: [cuts], trees, leaves: [] }).table).toBeUndefined();
  });

  it('is taken for a small forest of either version', () => {
    expect(scorersOf(forestOf(stump)).table).toBeDefined();
    const { trees, votes } = parseForest(createParameterReader(SMALL_FOREST), { inputSize: 2, classCount: 3 });
    expect(createLeafTable(trees, votes)).toBeDefined();
  });
});
