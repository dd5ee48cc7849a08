/** Walks rows through trees: any ensemble, no memory beyond its nodes. */
import { binRow, type TreeEnsemble } from './tree-ensemble.ts';

/** Rows that go through one tree before the next: their bins and that tree stay in the processor's nearest cache. */
const BLOCK_ROWS = 64;

/** Takes the leaf that each of `count` rows reaches in a tree; `first` is the index of the first of these rows. */
type LeafVisitor = (tree: number, leaves: Int32Array, first: number, count: number) => void;

/** Walks `count` rows from `rows[offset…]` on. A row's trees are visited in their order, whichever rows are beside it. */
export type Walk = (rows: Float64Array, offset: number, count: number, visit: LeafVisitor) => void;

/** Prepares the walk; it reuses its buffers, which is safe because no call suspends. */
export function createWalk(ensemble: TreeEnsemble): Walk {
  const { inputSize, roots } = ensemble;
  const bins = new Int32Array(BLOCK_ROWS * 2 * inputSize);
  const leaves = new Int32Array(BLOCK_ROWS);
  return function walk(rows, offset, count, visit) {
    for (let first = 0; first < count; first += BLOCK_ROWS) {
      const block = Math.min(BLOCK_ROWS, count - first);
      for (let row = 0; row < block; row++) {
        binRow(ensemble, rows, offset + (first + row) * inputSize, bins, row * 2 * inputSize);
      }
      for (let tree = 0; tree < roots.length; tree++) {
        walkTree(ensemble, tree, bins, block, leaves);
        visit(tree, leaves, first, block);
      }
    }
  };
}

/** Writes the leaf of each of `count` binned rows to `leaves`. */
function walkTree(ensemble: TreeEnsemble, tree: number, bins: Int32Array, count: number, leaves: Int32Array): void {
  const { nodes, binBits, inputSize } = ensemble;
  const root = ensemble.roots[tree]!;
  const binMask = 2 ** binBits - 1;
  for (let row = 0, offset = 0; row < count; row++, offset += 2 * inputSize) {
    let at = root;
    let right = nodes[at + 1]!;
    while (right >= 0) {
      const split = nodes[at]!;
      at = bins[offset + (split >>> binBits)]! <= (split & binMask) ? at + 2 : right;
      right = nodes[at + 1]!;
    }
    leaves[row] = ~right;
  }
}
