import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ForestNodes, parseForestNodes } from './forest-nodes.ts';
import { createLeafTableScorer } from './leaf-table.ts';
import type { RowScorer } from './model.ts';
import { createParameterReader } from './parameter-reader.ts';
import { createWalkScorer } from './random-forest.ts';
import { forestOfLeaves, SMALL_FOREST } from './test-parameters.ts';

const COLUMNS = 3;
// Few values, so that thresholds repeat, contradict each other on a path, and are hit exactly by rows.
const value = fc.constantFrom(-1, -0, 0, 0.5, 1, 1.5, 2);

interface Split {
  readonly column: number;
  readonly threshold: number;
  readonly left: Tree;
  readonly right: Tree;
}
type Tree = number | Split;

/** Packs trees by hand; a child is appended after its parent. */
function pack(trees: readonly Tree[]): ForestNodes {
  const nodes = { features: [] as number[], thresholds: [] as number[], left: [] as number[], right: [] as number[] };
  function add(tree: Tree): number {
    if (typeof tree === 'number') return ~tree;
    const node = nodes.features.push(tree.column) - 1;
    nodes.thresholds.push(tree.threshold);
    nodes.left[node] = add(tree.left);
    nodes.right[node] = add(tree.right);
    return node;
  }
  const roots = Int32Array.from(trees, add);
  const { features, thresholds, left, right } = nodes;
  return {
    roots,
    features: Int32Array.from(features),
    thresholds: Float64Array.from(thresholds),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
  };
}

function anyTree(classCount: number): fc.Arbitrary<Tree> {
  return fc.letrec<{ tree: Tree; leaf: number; split: Split }>((tie) => ({
    tree: fc.oneof({ maxDepth: 4, depthSize: 'max' }, tie('leaf'), tie('split')),
    leaf: fc.nat(classCount - 1),
    split: fc.record({ column: fc.nat(COLUMNS - 1), threshold: value, left: tie('tree'), right: tie('tree') }),
  })).tree;
}

const anyForest = fc
  .integer({ min: 2, max: 5 })
  .chain((classCount) => fc.tuple(fc.constant(classCount), fc.array(anyTree(classCount), { minLength: 1, maxLength: 12 })));

function score(scorer: RowScorer, row: readonly number[], classCount: number): number[] {
  const out = new Float64Array(classCount);
  scorer(Float64Array.from(row), 0, out, 0);
  return [...out];
}

describe('the leaf table', () => {
  it('gives bit for bit what walking the trees gives, on any forest and row', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        anyForest,
        fc.array(fc.tuple(value, value, value), { minLength: 20, maxLength: 20 }),
        ([classCount, trees], rows) => {
          const nodes = pack(trees);
          const table = createLeafTableScorer(nodes, classCount);
          if (!table) return;
          const walk = createWalkScorer(nodes, classCount);
          for (const row of rows) expect(score(table, row, classCount)).toEqual(score(walk, row, classCount));
          compared += 1;
        },
      ),
      { numRuns: 500 },
    );
    // A table that always declines would pass the comparison.
    expect(compared).toBeGreaterThan(100);
  });

  it('holds more leaves of a class than a word has bits', () => {
    const stump: Tree = { column: 0, threshold: 0, left: 0, right: 1 };
    const table = createLeafTableScorer(pack(Array(70).fill(stump)), 2)!;
    expect(score(table, [-1, 0, 0], 2)).toEqual([1, 0]);
    expect(score(table, [0, 0, 0], 2)).toEqual([0, 1]);
  });

  it('declines a forest that splits on nothing', () => {
    const nodes = parseForestNodes(createParameterReader(forestOfLeaves(3, [0, 1])), 2, 3);
    expect(createLeafTableScorer(nodes, 3)).toBeUndefined();
  });

  it('declines a forest of large trees, where walking takes fewer steps', () => {
    const large = (depth: number): Tree =>
      depth === 0 ? 0 : { column: 0, threshold: depth, left: large(depth - 1), right: large(depth - 1) };
    expect(createLeafTableScorer(pack([large(9)]), 2)).toBeUndefined();
  });

  it('declines, before it allocates, a table of more than 65,536 words', () => {
    const stumps = Array.from({ length: 2_000 }, (_, tree): Tree => ({ column: 0, threshold: tree, left: 0, right: 1 }));
    expect(createLeafTableScorer(pack(stumps), 2)).toBeUndefined();
  });

  it('is taken for a small forest', () => {
    expect(createLeafTableScorer(parseForestNodes(createParameterReader(SMALL_FOREST), 2, 3), 3)).toBeDefined();
  });
});
