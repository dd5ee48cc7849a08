/** What `parseTrees` reads, written: from nodes in preorder to the parameters of a model file. */
import type { LeafParameters, TreeParameters } from '../parameters.ts';
import { encodeBase64 } from './base64.ts';
import { writeFloats, writeIntegers } from './stored-integers.ts';

/** Trees in preorder, as arrays of one entry a node. */
export interface PreorderTrees {
  readonly treeCount: number;
  /** Of each column, ascending. */
  readonly cuts: readonly ArrayLike<number>[];
  /** 0 for a leaf, else 1 + column. */
  readonly columns: ArrayLike<number>;
  /** Bin of an inner node, leaf of a leaf. */
  readonly values: ArrayLike<number>;
  /** 1 where an inner node sends missing values left; the entries of leaves are not read. */
  readonly missingLeft: ArrayLike<number>;
}

/** The classes of a leaf with more than one, and their weights. */
export interface DividedLeaf {
  readonly classes: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

/**
 * Writes trees.
 *
 * @param namedLeaves how many leaves a value may name; 1 where leaves are numbered as they stand and their values are 0.
 */
export function storeTrees(
  { treeCount, cuts, columns, values, missingLeft }: PreorderTrees,
  namedLeaves: number,
): TreeParameters {
  const longest = cuts.reduce((max, { length }) => Math.max(max, length), 0);
  return {
    treeCount,
    nodeCount: columns.length,
    cutCounts: cuts.map(({ length }) => length),
    cuts: cuts.flatMap((column) => Array.from(column)),
    columns: writeIntegers(columns, cuts.length),
    values: writeIntegers(values, Math.max(longest, namedLeaves - 1)),
    missingLeft: writeBits(columns, missingLeft, (columns.length - treeCount) / 2),
  };
}

/** Writes what divided leaves vote for. */
export function storeLeaves(leaves: readonly DividedLeaf[], classCount: number): LeafParameters {
  const sizes = leaves.map(({ classes }) => classes.length);
  return {
    count: leaves.length,
    sizes: writeIntegers(sizes, classCount),
    classes: writeIntegers(
      leaves.flatMap(({ classes }) => Array.from(classes)),
      classCount - 1,
    ),
    weights: writeFloats(leaves.flatMap(({ weights }) => Array.from(weights))),
  };
}

function writeBits(columns: ArrayLike<number>, bits: ArrayLike<number>, innerCount: number): string {
  const bytes = new Uint8Array(Math.ceil(innerCount / 8));
  for (let node = 0, inner = 0; node < columns.length; node++) {
    if (columns[node]! === 0) continue;
    if (bits[node]! === 1) bytes[inner >> 3]! |= 1 << (inner & 7);
    inner += 1;
  }
  return encodeBase64(bytes);
}
