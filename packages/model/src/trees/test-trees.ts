/** Trees by hand and by chance, for this package's tests. */
import fc from 'fast-check';
import type { GradientBoostingParameters, HistogramForestParameters } from '../parameters.ts';
import { type DividedLeaf, type PreorderTrees, storeLeaves, storeTrees } from './store-trees.ts';
import { writeFloats } from './stored-integers.ts';

/** An inner node of a tree in a test. */
interface Inner {
  readonly column: number;
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly left: Tree;
  readonly right: Tree;
}

/** A leaf is its number. */
export type Tree = number | Inner;

/** A forest as a test describes it. */
export interface TestForest {
  readonly classCount: number;
  readonly cuts: readonly (readonly number[])[];
  readonly trees: readonly Tree[];
  readonly leaves: readonly DividedLeaf[];
}

/** Puts trees in preorder. */
export function preorder(trees: readonly Tree[], cuts: readonly (readonly number[])[]): PreorderTrees {
  const columns: number[] = [];
  const values: number[] = [];
  const missingLeft: number[] = [];
  function add(tree: Tree): void {
    const isLeaf = typeof tree === 'number';
    columns.push(isLeaf ? 0 : tree.column + 1);
    values.push(isLeaf ? tree : tree.bin);
    missingLeft.push(isLeaf ? 0 : Number(tree.missingLeft));
    if (isLeaf) return;
    add(tree.left);
    add(tree.right);
  }
  trees.forEach(add);
  return { treeCount: trees.length, cuts, columns, values, missingLeft };
}

/** The parameters of a forest; without a change, its probabilities are the votes with an even prior. */
export function storeForest(
  { classCount, cuts, trees, leaves }: TestForest,
  change: Partial<HistogramForestParameters> = {},
): HistogramForestParameters {
  return {
    kind: 'rf',
    inputSize: cuts.length,
    classCount,
    trees: storeTrees(preorder(trees, cuts), classCount + leaves.length),
    leaves: storeLeaves(leaves, classCount),
    prior: Array(classCount).fill(1 / classCount),
    temperature: 1,
    ...change,
  };
}

/** The leaf that a row reaches: what the stored form must give, said by the definition. */
export function leafOf(tree: Tree, cuts: readonly (readonly number[])[], row: ArrayLike<number>): number {
  if (typeof tree === 'number') return tree;
  const value = row[tree.column]!;
  const goesLeft = Number.isNaN(value)
    ? tree.missingLeft
    : tree.bin === cuts[tree.column]!.length || value < cuts[tree.column]![tree.bin]!;
  return leafOf(goesLeft ? tree.left : tree.right, cuts, row);
}

const COLUMNS = 3;
/** Few values, so that rows hit cuts exactly; one is missing. */
export const anyRow = fc.tuple(...Array.from({ length: COLUMNS }, () => fc.constantFrom(-1, -0, 0, 0.5, 1, 1.5, 2, Number.NaN)));

const anyCuts = fc.array(
  fc.uniqueArray(fc.constantFrom(-1, 0, 0.5, 1, 1.5, 2), { maxLength: 5 }).map((values) => values.toSorted((a, b) => a - b)),
  { minLength: COLUMNS, maxLength: COLUMNS },
);

function anyTree(leafCount: number, cuts: readonly (readonly number[])[]): fc.Arbitrary<Tree> {
  return fc.letrec<{ tree: Tree; leaf: number; inner: Inner }>((tie) => ({
    tree: fc.oneof({ maxDepth: 4, depthSize: 'max' }, tie('leaf'), tie('inner')),
    leaf: fc.nat(leafCount - 1),
    inner: fc.nat(COLUMNS - 1).chain((column) =>
      fc.record({
        column: fc.constant(column),
        bin: fc.nat(cuts[column]!.length),
        missingLeft: fc.boolean(),
        left: tie('tree'),
        right: tie('tree'),
      }),
    ),
  })).tree;
}

function anyLeaf(classCount: number): fc.Arbitrary<DividedLeaf> {
  return fc.uniqueArray(fc.nat(classCount - 1), { minLength: 2, maxLength: classCount }).chain((classes) =>
    fc.array(fc.constantFrom(1, 2, 3, 0.5), { minLength: classes.length, maxLength: classes.length }).map((weights) => ({
      classes,
      weights,
    })),
  );
}

/** Forests of three columns, two to five classes and one to twelve trees. */
export function anyForest(maxDividedLeaves: number): fc.Arbitrary<TestForest> {
  return fc.tuple(fc.integer({ min: 2, max: 5 }), anyCuts).chain(([classCount, cuts]) =>
    fc.array(anyLeaf(classCount), { maxLength: maxDividedLeaves }).chain((leaves) =>
      fc.record({
        classCount: fc.constant(classCount),
        cuts: fc.constant(cuts),
        trees: fc.array(anyTree(classCount + leaves.length, cuts), { minLength: 1, maxLength: 12 }),
        leaves: fc.constant(leaves),
      }),
    ),
  );
}

/** Forests as stored, with any prior and temperature. */
export const anyForestParameters: fc.Arbitrary<HistogramForestParameters> = anyForest(3).chain((forest) =>
  fc
    .record({
      weights: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: forest.classCount, maxLength: forest.classCount }),
      temperature: fc.oneof(fc.double({ min: 0.2, max: 3, noNaN: true }), fc.constantFrom(0.01, 100)),
    })
    .map(({ weights, temperature }) => {
      const sum = weights.reduce((total, weight) => total + weight, 0);
      const prior = sum > 0 ? weights.map((weight) => weight / sum) : weights.map(() => 1 / weights.length);
      return storeForest(forest, { prior, temperature });
    }),
);

/** Boosted trees as stored; with leaf values as large as single precision goes. */
export const anyBoostingParameters: fc.Arbitrary<GradientBoostingParameters> = fc
  .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 3 }), anyCuts)
  .chain(([classCount, rounds, cuts]) => {
    const scoreCount = classCount === 2 ? 1 : classCount;
    const trees = fc.array(anyTree(1, cuts), { minLength: rounds * scoreCount, maxLength: rounds * scoreCount });
    const number = fc.oneof(fc.double({ min: -5, max: 5, noNaN: true }), fc.constantFrom(3e38, -3e38, 0));
    return trees.chain((grown) => {
      const nodes = preorder(grown, cuts);
      const leafCount = (nodes.columns.length + grown.length) / 2;
      return fc.record({
        kind: fc.constant('gbt' as const),
        inputSize: fc.constant(COLUMNS),
        classCount: fc.constant(classCount),
        trees: fc.constant(storeTrees(nodes, 1)),
        leafValues: fc.array(number, { minLength: leafCount, maxLength: leafCount }).map(writeFloats),
        baseline: fc.array(number, { minLength: scoreCount, maxLength: scoreCount }),
      });
    });
  });
