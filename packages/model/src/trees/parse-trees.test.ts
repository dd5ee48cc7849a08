import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createParameterReader } from '../parameter-reader.ts';
import type { TreeParameters } from '../parameters.ts';
import { parseTrees, type TreesShape } from './parse-trees.ts';
import { storeTrees } from './store-trees.ts';
import { writeIntegers } from './stored-integers.ts';
import { anyForest, anyRow, leafOf, preorder, type Tree } from './test-trees.ts';
import { splitAt } from './tree-ensemble.ts';
import { createWalk } from './walk.ts';

/** A split on column 1 with a split on column 0 at its left, and a lone leaf. */
const TREES: readonly Tree[] = [
  {
    column: 1,
    bin: 1,
    missingLeft: true,
    left: { column: 0, bin: 0, missingLeft: false, left: 2, right: 0 },
    right: 1,
  },
  2,
];
const CUTS = [[0.5], [1, 2, 3]];
const LEAVES = 3;

function parse(change: Partial<Record<keyof TreeParameters, unknown>> = {}, shape: Partial<TreesShape> = {}) {
  const trees = { ...storeTrees(preorder(TREES, CUTS), LEAVES), ...change };
  return parseTrees(createParameterReader({ trees }), { inputSize: 2, maxTrees: 10, namedLeaves: LEAVES, ...shape });
}

/** The nodes in their order, as one byte each. */
function bytes(...values: number[]): string {
  return writeIntegers(values, 255);
}

/** The leaf of each row in each tree: `[row][tree]`. */
function walkAll(trees: ReturnType<typeof parse>, rows: readonly (readonly number[])[]): number[][] {
  const found: number[][] = rows.map(() => []);
  createWalk(trees)(Float64Array.from(rows.flat()), 0, rows.length, (tree, leaves, first, count) => {
    for (let row = 0; row < count; row++) found[first + row]![tree] = leaves[row]!;
  });
  return found;
}

describe('stored trees', () => {
  it('link each node to the right child that stands after its left subtree', () => {
    const trees = parse();
    expect([...trees.roots]).toEqual([0, 10]);
    expect([...trees.nodes].filter((_, word) => word % 2 === 1)).toEqual([8, 6, ~2, ~0, ~1, ~2]);
    expect(splitAt(trees, 0)).toEqual({ column: 1, bin: 1, missingLeft: true });
    expect(splitAt(trees, 2)).toEqual({ column: 0, bin: 0, missingLeft: false });
    expect(splitAt(trees, 4)).toBeUndefined();
  });

  it('lead every row, missing values too, to the leaf that their definition says', () => {
    fc.assert(
      fc.property(anyForest(0), fc.array(anyRow, { minLength: 1, maxLength: 150 }), ({ trees, cuts, classCount }, rows) => {
        const stored = { trees: storeTrees(preorder(trees, cuts), classCount) };
        const parsed = parseTrees(createParameterReader(stored), { inputSize: 3, maxTrees: 12, namedLeaves: classCount });
        expect(walkAll(parsed, rows)).toEqual(rows.map((row) => trees.map((tree) => leafOf(tree, cuts, row))));
      }),
    );
  });

  it('number leaves as they stand where they name none', () => {
    const zeros = { values: bytes(1, 0, 0, 0, 0, 0) };
    expect(
      walkAll(parse(zeros, { namedLeaves: undefined }), [
        [0, 0],
        [1, 0],
        [0, 5],
      ]),
    ).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
    ]);
  });

  it('take as many bytes a number as the greatest possible needs', () => {
    const columnCount = 300;
    const cuts = Array.from({ length: columnCount }, () => [0]);
    const tree: Tree = { column: 299, bin: 0, missingLeft: true, left: 0, right: 70_000 };
    const stored = storeTrees(preorder([tree], cuts), 70_001);
    expect([stored.columns.length, stored.values.length]).toEqual([8, 16]);
    const shape = { inputSize: columnCount, maxTrees: 1, namedLeaves: 70_001 };
    const row = Array<number>(columnCount).fill(1);
    expect(walkAll(parseTrees(createParameterReader({ trees: stored }), shape), [row, row.with(299, -1)])).toEqual([
      [70_000],
      [0],
    ]);
  });

  it('of a single chain 500,000 nodes deep are read and walked to their end', () => {
    const inner = 250_000;
    const columns = Array.from({ length: 2 * inner + 1 }, (_, node) => Number(node < inner));
    const zeros = new Uint8Array(columns.length);
    const values = Uint8Array.from(columns, (_, node) => Number(node === inner));
    const stored = { trees: storeTrees({ treeCount: 1, cuts: [[0]], columns, values, missingLeft: zeros }, 2) };
    const trees = parseTrees(createParameterReader(stored), { inputSize: 1, maxTrees: 1, namedLeaves: 2 });
    expect(walkAll(trees, [[-1], [1], [Number.NaN]])).toEqual([[1], [0], [0]]);
  });

  it.each([
    ['a column that there is not', { columns: bytes(3, 1, 0, 0, 0, 0) }, 'names column 2 of 2'],
    ['a bin beyond the cuts', { values: bytes(4, 0, 2, 0, 1, 2) }, 'names bin 4 of column 1, which has 3 cuts'],
    ['a leaf that there is not', { values: bytes(1, 0, 3, 0, 1, 2) }, 'names leaf 3 of 3'],
    ['a tree too few', { treeCount: 4 }, 'the trees are not complete'],
    ['a tree too many', { columns: bytes(2, 0, 0, 0, 0, 0) }, 'is left over after 2 trees'],
    ['a tree that does not end', { columns: bytes(2, 2, 2, 2, 0, 0) }, 'the trees are not complete'],
    ['a number of nodes that no trees have', { nodeCount: 7 }, '2 trees of two children a node cannot have 7 nodes'],
    ['equal cuts', { cuts: [0.5, 1, 1, 3] }, 'the cuts of column 1 do not ascend'],
    ['falling cuts', { cuts: [0.5, 1, 3, 2] }, 'the cuts of column 1 do not ascend'],
  ])('with %s are refused', (_, change, rule) => {
    expect(() => parse(change)).toThrow(expect.objectContaining({ code: 'MODEL_TREE', message: expect.stringContaining(rule) }));
  });

  it.each([
    ['no tree', { treeCount: 0 }],
    ['more trees than nodes', { treeCount: 7 }],
    ['more nodes than any model may have', { nodeCount: 5_000_001 }],
    ['half a node', { nodeCount: 5.5 }],
    ['more cuts than a node can name', { cutCounts: [1, 65_536] }],
    ['a negative number of cuts', { cutCounts: [-1, 3] }],
    ['a cut that is no number', { cuts: [0.5, 1, 2, null] }],
    ['a cut beyond any value', { cuts: [0.5, 1, 2, 1e51] }],
  ])('with %s are refused by their number', (_, change) => {
    expect(() => parse(change)).toThrow(expect.objectContaining({ code: 'MODEL_NUMBER' }));
  });

  it.each([
    ['columns', 'AAAA'],
    ['columns', null],
    ['values', `${bytes(1, 0, 2, 0, 1)}`],
    ['values', 'A?AAAAAA'],
    ['missingLeft', ''],
    ['missingLeft', 7],
  ])('with %s of %j are refused, before anything is allocated for them', (field, value) => {
    expect(() => parse({ [field]: value })).toThrow(
      expect.objectContaining({ code: 'MODEL_BYTES', details: expect.objectContaining({ field: `trees.${field}` }) }),
    );
  });
});
