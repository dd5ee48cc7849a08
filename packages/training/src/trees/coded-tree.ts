/** A tree over binned rows, in preorder: what both learners grow. */
import type { BinnedColumns } from './bin.ts';

/** One entry a node. */
export interface CodedTree {
  /** 0 for a leaf, else 1 + column. */
  readonly columns: ArrayLike<number>;
  /** Bin of an inner node: it and those below go left. Of a leaf: which leaf it is, as the learner says. */
  readonly values: ArrayLike<number>;
  /** 1 where an inner node sends missing values left. */
  readonly missingLeft: ArrayLike<number>;
  /** Node of the right child of an inner node; the left one is the next node. */
  readonly right: ArrayLike<number>;
}

/** The leaf that a row reaches, as a node. */
export function leafOfRow(tree: CodedTree, { codes, rowCount, binCounts }: BinnedColumns, row: number): number {
  const { columns, values, missingLeft, right } = tree;
  let node = 0;
  for (let column = columns[0]!; column > 0; column = columns[node]!) {
    const code = codes[(column - 1) * rowCount + row]!;
    const goesLeft = code === binCounts[column - 1]! ? missingLeft[node] === 1 : code <= values[node]!;
    node = goesLeft ? node + 1 : right[node]!;
  }
  return node;
}
