/** Flattens the object trees of `ml-cart` into the node table of a model file. */

/** A node as `ml-cart` builds it: inner nodes have both children, leaves a distribution. */
export interface CartNode {
  readonly left?: CartNode;
  readonly right?: CartNode;
  /** Position in the tree's own column subset. */
  readonly splitColumn?: number;
  readonly splitValue?: number;
  /** Matrix of one row: the share of each class, up to the highest class in the leaf. */
  readonly distribution?: { getRow(index: 0): readonly number[] };
}

/** All trees of a forest: the arrays of `RandomForestParameters`, still growing. */
export interface NodeTable {
  readonly roots: number[];
  readonly featureIndexes: number[];
  readonly thresholds: number[];
  readonly leftChildren: number[];
  readonly rightChildren: number[];
  readonly leafClasses: number[];
}

/** An empty table. */
export function createNodeTable(): NodeTable {
  return { roots: [], featureIndexes: [], thresholds: [], leftChildren: [], rightChildren: [], leafClasses: [] };
}

/**
 * Appends a tree in pre-order, so that children stand after their parent.
 *
 * @param columns the real column of each position in the tree's column subset.
 */
export function appendTree(table: NodeTable, root: CartNode, columns: readonly number[]): void {
  table.roots.push(appendNode(table, root, columns));
}

function appendNode(table: NodeTable, node: CartNode, columns: readonly number[]): number {
  if (!node.left || !node.right) return pushNode(table, -1, 0, leafClass(node));
  const index = pushNode(table, columns[node.splitColumn!]!, node.splitValue!, -1);
  table.leftChildren[index] = appendNode(table, node.left, columns);
  table.rightChildren[index] = appendNode(table, node.right, columns);
  return index;
}

function pushNode(table: NodeTable, featureIndex: number, threshold: number, classIndex: number): number {
  table.leftChildren.push(-1);
  table.rightChildren.push(-1);
  table.thresholds.push(threshold);
  table.leafClasses.push(classIndex);
  return table.featureIndexes.push(featureIndex) - 1;
}

// Ties go to the lowest class, as everywhere in this project.
function leafClass(node: CartNode): number {
  const shares = node.distribution!.getRow(0);
  return shares.indexOf(Math.max(...shares));
}
