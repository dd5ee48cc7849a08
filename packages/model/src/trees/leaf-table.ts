/**
 * Evaluates a forest without walking it: one bit per leaf, one bit set per feature and rank, and an AND of them.
 *
 * A leaf is reached exactly when, for every feature, the row's value lies in the leaf's interval, or is missing and missing values
 * come there. For each feature and each interval between neighbouring cuts, and once for missing, the table holds the set of leaves
 * that agree; the intersection over the features holds the one leaf of each tree. No branch depends on the data, so nothing is
 * mispredicted: about five times as fast as walking 100 small trees, and exact, for only comparisons with the same cuts are made.
 * The idea is QuickScorer's (Lucchese et al., SIGIR 2015), with ranks looked up instead of scanned.
 */
import type { BatchScorer } from '../model.ts';
import { addVotes, type LeafVotes } from './leaf-votes.ts';
import { binOf, NODE_WORDS, splitAt, type TreeEnsemble, type TreeSplit } from './tree-ensemble.ts';

// A quarter of a megabyte stays in a second-level cache.
const MAX_TABLE_WORDS = 65_536;
// Beyond so many ANDs per tree a walk, whose length grows with the logarithm of the leaves, is the shorter way.
const MAX_WORDS_PER_TREE = 8;
const WORD_BITS = 32;

/** A feature that the forest splits on. */
interface SplitFeature {
  readonly column: number;
  /** The cuts that it splits at. */
  readonly cuts: Float64Array;
  /** Table row of rank 0; the rank of a value is the number of these cuts at or below it. */
  readonly firstRow: number;
  /** Table row of a missing value, after those of all ranks. */
  readonly missingRow: number;
}

interface Layout {
  readonly features: readonly SplitFeature[];
  readonly rowCount: number;
  /** First word of each leaf's places in the trees, and the number of words as last entry: a word holds places of one leaf only. */
  readonly leafStarts: Int32Array;
}

/** Builds what writes the votes of each class, or gives `undefined` where a walk needs less memory or time. */
export function createLeafTable(trees: TreeEnsemble, votes: LeafVotes): BatchScorer | undefined {
  const layout = planLayout(trees, votes.leafCount);
  const wordCount = layout.leafStarts[votes.leafCount]!;
  const words = wordCount * layout.features.length;
  if (words === 0 || words > MAX_WORDS_PER_TREE * trees.roots.length || wordCount * layout.rowCount > MAX_TABLE_WORDS)
    return undefined;
  return createCounter(layout, buildTable(trees, layout), trees, votes);
}

function planLayout(trees: TreeEnsemble, leafCount: number): Layout {
  const leafCounts = new Int32Array(leafCount);
  const binsOf = new Map<number, Set<number>>();
  for (let word = 0; word < trees.nodes.length; word += NODE_WORDS) {
    const split = splitAt(trees, word);
    if (split) binsOf.set(split.column, (binsOf.get(split.column) ?? new Set()).add(split.bin));
    else leafCounts[~trees.nodes[word + 1]!]! += 1;
  }
  const features: SplitFeature[] = [];
  let rowCount = 0;
  for (const [column, bins] of [...binsOf].sort(([a], [b]) => a - b)) {
    const all = trees.cuts[column]!;
    const cuts = all.filter((_, bin) => bins.has(bin));
    const missingRow = rowCount + cuts.length + 1;
    features.push({ column, cuts, firstRow: rowCount, missingRow });
    rowCount = missingRow + 1;
  }
  const leafStarts = new Int32Array(leafCount + 1);
  leafCounts.forEach((count, leaf) => {
    leafStarts[leaf + 1] = leafStarts[leaf]! + Math.ceil(count / WORD_BITS);
  });
  return { features, rowCount, leafStarts };
}

/** The table rows that lead to a node: of each feature those from `first` to `end`, and the one for missing where it is 1. */
interface Reach {
  readonly first: Int32Array;
  readonly end: Int32Array;
  readonly missing: Uint8Array;
}

/** `rowCount` × words, row-major. Children stand after their parents, so one pass in their order knows what leads to every node. */
function buildTable(trees: TreeEnsemble, { features, rowCount, leafStarts }: Layout): Int32Array {
  const wordCount = leafStarts.at(-1)!;
  const table = new Int32Array(rowCount * wordCount);
  const placeOf = new Map(features.map(({ column }, place) => [column, place]));
  const nextBit = leafStarts.map((word) => word * WORD_BITS);
  const reaches = new Map<number, Reach>();

  function setBit(row: number, bit: number): void {
    table[row * wordCount + (bit >> 5)]! |= 1 << (bit & 31);
  }

  function placeLeaf(leaf: number, { first, end, missing }: Reach): void {
    const bit = nextBit[leaf]!++;
    features.forEach(({ missingRow }, place) => {
      for (let row = first[place]!; row < end[place]!; row++) setBit(row, bit);
      if (missing[place] === 1) setBit(missingRow, bit);
    });
  }

  const everything: Reach = {
    first: Int32Array.from(features, ({ firstRow }) => firstRow),
    end: Int32Array.from(features, ({ missingRow }) => missingRow),
    missing: new Uint8Array(features.length).fill(1),
  };
  for (const root of trees.roots) reaches.set(root, everything);
  for (let word = 0; word < trees.nodes.length; word += NODE_WORDS) {
    const reach = reaches.get(word)!;
    reaches.delete(word);
    const split = splitAt(trees, word);
    if (!split) {
      placeLeaf(~trees.nodes[word + 1]!, reach);
      continue;
    }
    const place = placeOf.get(split.column)!;
    const boundary = boundaryRow(split, features[place]!, trees);
    reaches.set(word + NODE_WORDS, goLeft(reach, place, boundary, split.missingLeft));
    reaches.set(trees.nodes[word + 1]!, goRight(reach, place, boundary, split.missingLeft));
  }
  return table;
}

/** First table row of the feature that goes right. */
function boundaryRow({ column, bin }: TreeSplit, { cuts, firstRow, missingRow }: SplitFeature, trees: TreeEnsemble): number {
  const all = trees.cuts[column]!;
  return bin < all.length ? firstRow + binOf(all[bin]!, cuts) : missingRow;
}

function goLeft({ first, end, missing }: Reach, place: number, boundary: number, missingLeft: boolean): Reach {
  return {
    first,
    end: end.with(place, Math.min(end[place]!, boundary)),
    missing: missingLeft ? missing : missing.with(place, 0),
  };
}

function goRight({ first, end, missing }: Reach, place: number, boundary: number, missingLeft: boolean): Reach {
  return {
    first: first.with(place, Math.max(first[place]!, boundary)),
    end,
    missing: missingLeft ? missing.with(place, 0) : missing,
  };
}

function createCounter({ features, leafStarts }: Layout, table: Int32Array, trees: TreeEnsemble, votes: LeafVotes): BatchScorer {
  const { inputSize } = trees;
  const treeCount = trees.roots.length;
  const { classCount, leafCount } = votes;
  const featureCount = features.length;
  const wordCount = leafStarts.at(-1)!;
  const lastClass = classCount - 1;
  const positions = new Int32Array(featureCount);

  function locate(rows: Float64Array, offset: number): void {
    for (let index = 0; index < featureCount; index++) {
      const { column, cuts, firstRow, missingRow } = features[index]!;
      const value = rows[offset + column]!;
      positions[index] = (Number.isNaN(value) ? missingRow : firstRow + binOf(value, cuts)) * wordCount;
    }
  }

  function countPure(out: Float64Array, outOffset: number): void {
    let others = 0;
    for (let index = 0; index < lastClass; index++) {
      const count = countLeaves(table, positions, leafStarts[index]!, leafStarts[index + 1]!);
      out[outOffset + index] = count;
      others += count;
    }
    // Every tree votes once, so the last class has the rest.
    out[outOffset + lastClass] = treeCount - others;
  }

  function countDivided(out: Float64Array, outOffset: number): void {
    out.fill(0, outOffset, outOffset + classCount);
    for (let leaf = 0; leaf < leafCount; leaf++) {
      const count = countLeaves(table, positions, leafStarts[leaf]!, leafStarts[leaf + 1]!);
      if (count > 0) addVotes(votes, leaf, count, out, outOffset);
    }
  }

  const countRow = leafCount === classCount ? countPure : countDivided;
  return function countVotes(rows, offset, count, out, outOffset) {
    for (let row = 0; row < count; row++) {
      locate(rows, offset + row * inputSize);
      countRow(out, outOffset + row * classCount);
    }
  };
}

function countLeaves(table: Int32Array, positions: Int32Array, from: number, to: number): number {
  let count = 0;
  for (let word = from; word < to; word++) {
    let leaves = table[positions[0]! + word]!;
    for (let index = 1; index < positions.length; index++) leaves &= table[positions[index]! + word]!;
    count += populationCount(leaves);
  }
  return count;
}

/** Bits set in a 32-bit word (Warren, Hacker's Delight, 5-1). */
function populationCount(word: number): number {
  let sum = word - ((word >>> 1) & 0x55555555);
  sum = (sum & 0x33333333) + ((sum >>> 2) & 0x33333333);
  return Math.imul((sum + (sum >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
