/** Trees in memory, of either kind: how a row is binned and how a node is read. */
import { ModelError } from '../errors.ts';

/** Words of a node. */
export const NODE_WORDS = 2;

/**
 * Trees in preorder, made for walks: a node's left child is the next node, so that it needs no reference.
 *
 * A row has its bins twice: at `column` a missing value has the lowest bin, at `inputSize + column` one above all others. A node
 * where missing values go right compares the second: one comparison decides for all values, without a branch of its own.
 */
export interface TreeEnsemble {
  readonly inputSize: number;
  /** Of each column, ascending. The bin of a value is the number of cuts at or below it. */
  readonly cuts: readonly Float64Array[];
  /** First word of each tree's root. */
  readonly roots: Int32Array;
  /**
   * Two words a node. Inner: `place << binBits | bin` and the first word of the right child; a row whose bin at `place` is at most
   * `bin` goes left. Leaf: 0 and `~leaf`.
   */
  readonly nodes: Int32Array;
  readonly binBits: number;
}

/** An inner node as its parameters have it. */
export interface TreeSplit {
  readonly column: number;
  /** Values with a bin up to it go left. */
  readonly bin: number;
  readonly missingLeft: boolean;
}

/**
 * Bits that a bin may take in a node's first word; the others are the place.
 *
 * @throws ModelError `MODEL_TREE` when a column has more cuts than a node can tell apart: at least 131,069, and 4 million up to 511 columns.
 */
export function binBitsFor(inputSize: number, cuts: readonly Float64Array[]): number {
  const binBits = Math.clz32(2 * inputSize - 1);
  const max = 2 ** binBits - 3;
  const column = cuts.findIndex(({ length }) => length > max);
  if (column < 0) return binBits;
  const actual = cuts[column]!.length;
  const message = `column ${column} has ${actual} thresholds: at most ${max} can be told apart with ${inputSize} columns`;
  throw new ModelError('MODEL_TREE', message, { column, actual, max });
}

/**
 * First word of an inner node.
 *
 * @param missingRight 1 where missing values go right, else 0.
 */
export function packSplit(column: number, missingRight: number, bin: number, inputSize: number, binBits: number): number {
  return ((column + missingRight * inputSize) << binBits) | bin;
}

/** Reads the inner node at a word; `undefined` for a leaf. */
export function splitAt({ nodes, binBits, inputSize }: TreeEnsemble, word: number): TreeSplit | undefined {
  if (nodes[word + 1]! < 0) return undefined;
  const place = nodes[word]! >>> binBits;
  const missingLeft = place < inputSize;
  return { column: missingLeft ? place : place - inputSize, bin: nodes[word]! & (2 ** binBits - 1), missingLeft };
}

/** Number of cuts at or below a value. */
export function binOf(value: number, cuts: Float64Array): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value >= cuts[middle]!) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Writes both copies of the bins of the row at `rows[offset…]`, 2 × `inputSize` numbers, to `bins[binsOffset…]`. */
export function binRow(
  { inputSize, cuts }: TreeEnsemble,
  rows: Float64Array,
  offset: number,
  bins: Int32Array,
  binsOffset: number,
): void {
  for (let column = 0; column < inputSize; column++) {
    const value = rows[offset + column]!;
    const columnCuts = cuts[column]!;
    const at = binsOffset + column;
    if (Number.isNaN(value)) {
      bins[at] = 0;
      bins[at + inputSize] = columnCuts.length + 1;
    } else {
      const bin = binOf(value, columnCuts);
      bins[at] = bin;
      bins[at + inputSize] = bin;
    }
  }
}
