/**
 * Evaluates a forest without walking it: one bit per leaf, one bit set per feature and rank, and an AND of them.
 *
 * A leaf is reached exactly when, for every feature, the row's value lies in the leaf's interval. For each feature and each
 * interval between neighbouring thresholds the table holds the set of leaves that agree; the intersection over the features
 * holds the one leaf of each tree. No branch depends on the data, so nothing is mispredicted: about five times as fast as
 * walking 100 small trees, and exact, for only comparisons with the same thresholds are made. The idea is QuickScorer's
 * (Lucchese et al., SIGIR 2015), with ranks looked up instead of scanned.
 */
import type { ForestNodes } from './forest-nodes.ts';
import type { RowScorer } from './model.ts';

// A quarter of a megabyte stays in a second-level cache.
const MAX_TABLE_WORDS = 65_536;
// Beyond so many ANDs per tree a walk, whose length grows with the logarithm of the leaves, is the shorter way.
const MAX_WORDS_PER_TREE = 8;
const WORD_BITS = 32;

/** A feature that the forest splits on. */
interface SplitFeature {
  readonly column: number;
  /** Ascending, without repetition. */
  readonly thresholds: Float64Array;
  /** Table row of rank 0; the rank of a value is the number of thresholds at or below it. */
  readonly firstRow: number;
}

interface Layout {
  readonly features: readonly SplitFeature[];
  readonly rowCount: number;
  /** First word of each class's leaves, and the number of words as last entry: a word holds leaves of one class only. */
  readonly classStarts: Int32Array;
}

/** Builds the scorer, or gives `undefined` where a walk needs less memory or time. */
export function createLeafTableScorer(nodes: ForestNodes, classCount: number): RowScorer | undefined {
  const layout = planLayout(nodes, classCount);
  const wordCount = layout.classStarts[classCount]!;
  const words = wordCount * layout.features.length;
  if (words === 0 || words > MAX_WORDS_PER_TREE * nodes.roots.length || wordCount * layout.rowCount > MAX_TABLE_WORDS)
    return undefined;
  return createScorer(layout, buildTable(nodes, layout), nodes.roots.length);
}

function planLayout(nodes: ForestNodes, classCount: number): Layout {
  const features: SplitFeature[] = [];
  let rowCount = 0;
  for (const [column, values] of [...groupThresholds(nodes)].sort(([a], [b]) => a - b)) {
    const thresholds = Float64Array.from(values).sort();
    features.push({ column, thresholds, firstRow: rowCount });
    rowCount += thresholds.length + 1;
  }
  const leafCounts = new Int32Array(classCount);
  for (const references of [nodes.roots, nodes.left, nodes.right]) {
    for (const reference of references) if (reference < 0) leafCounts[~reference]!++;
  }
  const classStarts = new Int32Array(classCount + 1);
  leafCounts.forEach((count, index) => {
    classStarts[index + 1] = classStarts[index]! + Math.ceil(count / WORD_BITS);
  });
  return { features, rowCount, classStarts };
}

function groupThresholds({ features, thresholds }: ForestNodes): Map<number, Set<number>> {
  const byColumn = new Map<number, Set<number>>();
  features.forEach((column, node) => {
    const values = byColumn.get(column) ?? new Set();
    byColumn.set(column, values.add(thresholds[node]!));
  });
  return byColumn;
}

/** `rowCount` × words, row-major. Children stand after their parents, so one pass in node order knows every node's intervals. */
function buildTable(nodes: ForestNodes, { features, rowCount, classStarts }: Layout): Int32Array {
  const featureCount = features.length;
  const wordCount = classStarts.at(-1)!;
  const table = new Int32Array(rowCount * wordCount);
  const placeOf = new Map(features.map(({ column }, place) => [column, place]));
  const ranks = features.map(({ thresholds }) => new Map(Array.from(thresholds, (threshold, index) => [threshold, index + 1])));
  // Table rows that each inner node is reached from: first (inclusive) and end (exclusive) for each feature.
  const first = new Int32Array(nodes.features.length * featureCount);
  const end = new Int32Array(nodes.features.length * featureCount);
  const nextBit = classStarts.map((word) => word * WORD_BITS);

  function place(reference: number, firsts: Int32Array, ends: Int32Array): void {
    if (reference >= 0) {
      first.set(firsts, reference * featureCount);
      end.set(ends, reference * featureCount);
      return;
    }
    const bit = nextBit[~reference]!++;
    for (let feature = 0; feature < featureCount; feature++) {
      for (let row = firsts[feature]!; row < ends[feature]!; row++) table[row * wordCount + (bit >> 5)]! |= 1 << (bit & 31);
    }
  }

  const allFirst = Int32Array.from(features, ({ firstRow }) => firstRow);
  const allEnd = Int32Array.from(features, ({ firstRow, thresholds }) => firstRow + thresholds.length + 1);
  for (const root of nodes.roots) place(root, allFirst, allEnd);
  for (let node = 0; node < nodes.features.length; node++) {
    const firsts = first.slice(node * featureCount, (node + 1) * featureCount);
    const ends = end.slice(node * featureCount, (node + 1) * featureCount);
    const feature = placeOf.get(nodes.features[node]!)!;
    const split = features[feature]!.firstRow + ranks[feature]!.get(nodes.thresholds[node]!)!;
    place(nodes.left[node]!, firsts, ends.with(feature, Math.min(ends[feature]!, split)));
    place(nodes.right[node]!, firsts.with(feature, Math.max(firsts[feature]!, split)), ends);
  }
  return table;
}

function createScorer({ features, classStarts }: Layout, table: Int32Array, treeCount: number): RowScorer {
  const featureCount = features.length;
  const wordCount = classStarts.at(-1)!;
  const lastClass = classStarts.length - 2;
  const positions = new Int32Array(featureCount);

  return function scoreRow(rows, offset, out, outOffset) {
    for (let index = 0; index < featureCount; index++) {
      const feature = features[index]!;
      positions[index] = (feature.firstRow + rankOf(rows[offset + feature.column]!, feature.thresholds)) * wordCount;
    }
    let others = 0;
    for (let index = 0; index < lastClass; index++) {
      const votes = countLeaves(table, positions, classStarts[index]!, classStarts[index + 1]!);
      out[outOffset + index] = votes / treeCount;
      others += votes;
    }
    // Every tree votes once, so the last class has the rest.
    out[outOffset + lastClass] = (treeCount - others) / treeCount;
  };
}

function rankOf(value: number, thresholds: Float64Array): number {
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value >= thresholds[middle]!) low = middle + 1;
    else high = middle;
  }
  return low;
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
