/**
 * One classification tree of a forest: CART (Breiman et al., 1984) on binned columns with a draw of features at each node, grown depth
 * first, so that nodes come out in preorder.
 */
import { type BinnedColumns, middleCut } from './bin.ts';
import type { CodedTree } from './coded-tree.ts';
import { GiniSplitter, NO_MISSING, type TreeRows } from './gini-split.ts';
import type { Stream } from './stream.ts';

/** When a node is split no further, and what it may look at. */
export interface TreeLimits {
  /** Features drawn at a node; more where all of them are constant in it. */
  readonly maxFeatures: number;
  readonly maxDepth: number;
  readonly minSamplesSplit: number;
  readonly minSamplesLeaf: number;
}

/** A grown tree; `values` of a leaf is its class, or `classCount` + its place among the divided leaves. */
export interface GrownTree extends CodedTree {
  readonly columns: Uint16Array;
  readonly values: Int32Array;
  readonly missingLeft: Uint8Array;
  readonly divided: DividedLeaves;
}

/** Leaves that are not of one class. */
export interface DividedLeaves {
  /** First entry of each in the other two, and their number. */
  readonly starts: readonly number[];
  /** Ascending in a leaf. */
  readonly classes: readonly number[];
  readonly weights: readonly number[];
}

/** Rows of a node that is still to come. */
interface PendingNode {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  /** The node whose right child it is, -1 for the root and for left children. */
  readonly parent: number;
}

/** A tree that grows; it has fewer leaves than rows. */
interface GrowingTree {
  count: number;
  readonly columns: Uint16Array;
  readonly values: Int32Array;
  readonly missingLeft: Uint8Array;
  readonly right: Int32Array;
  readonly divided: { readonly starts: number[]; readonly classes: number[]; readonly weights: number[] };
}

/** Grows trees from binned rows; buffers are shared by all of them. */
export class TreeGrower {
  private readonly binned: BinnedColumns;
  private readonly labels: Int32Array;
  private readonly limits: TreeLimits;
  private readonly rows: TreeRows;
  private readonly splitter: GiniSplitter;
  private readonly features: Int32Array;

  /** @param labels class of each row, below `classCount`. */
  constructor(binned: BinnedColumns, labels: Int32Array, classCount: number, limits: TreeLimits) {
    const { rowCount, columnCount } = binned;
    this.binned = binned;
    this.labels = labels;
    this.limits = limits;
    this.rows = {
      rowIds: new Int32Array(rowCount),
      labels: new Int32Array(rowCount),
      weights: new Float64Array(rowCount),
      totals: new Float64Array(classCount),
    };
    this.splitter = new GiniSplitter(binned, this.rows, limits.minSamplesLeaf);
    this.features = new Int32Array(columnCount);
  }

  /** Grows a tree from the rows with a weight above 0; the same stream draws the same features. */
  grow(weights: Float64Array, random: Stream): GrownTree {
    // Each tree begins with the same order, so that it does not depend on those before it.
    for (let column = 0; column < this.features.length; column++) this.features[column] = column;
    const count = this.collectRows(weights);
    const tree = createTree(count);
    const pending: PendingNode[] = [{ start: 0, end: count, depth: 0, parent: -1 }];
    for (let next = pending.pop(); next; next = pending.pop()) this.growNode(tree, next, pending, random);
    return finishTree(tree);
  }

  private growNode(tree: GrowingTree, { start, end, depth, parent }: PendingNode, pending: PendingNode[], random: Stream): void {
    const { limits, splitter, rows } = this;
    const node = tree.count++;
    if (parent >= 0) tree.right[parent] = node;
    const isPure = this.sumClasses(start, end);
    const maySplit = !isPure && end - start >= limits.minSamplesSplit && depth < limits.maxDepth;
    if (maySplit && this.findSplit(start, end, random)) {
      const { column, missing } = splitter;
      const bin = middleCut(this.binned, column, splitter.lower, splitter.upper);
      const middle = this.partition(start, end, column, bin, missing === 1);
      tree.columns[node] = column + 1;
      tree.values[node] = bin;
      // Nothing missing here: a missing value will go where most rows go.
      tree.missingLeft[node] = missing === NO_MISSING ? Number(middle - start >= end - middle) : missing;
      pending.push({ start: middle, end, depth: depth + 1, parent: node }, { start, end: middle, depth: depth + 1, parent: -1 });
    } else if (isPure) tree.values[node] = rows.labels[start]!;
    else {
      tree.values[node] = rows.totals.length + tree.divided.starts.length - 1;
      this.divideLeaf(tree.divided, start, end);
    }
    for (let at = start; at < end; at++) rows.totals[rows.labels[at]!] = 0;
  }

  /** Writes the weights of the classes in a leaf: only of these, as there may be many others. */
  private divideLeaf({ starts, classes, weights }: GrowingTree['divided'], start: number, end: number): void {
    const { labels, totals } = this.rows;
    const found: number[] = [];
    for (let at = start; at < end; at++) {
      const label = labels[at]!;
      if (totals[label]! < 0) continue;
      // The sign tells that it is found.
      totals[label] = -totals[label]!;
      found.push(label);
    }
    for (const label of found.sort((a, b) => a - b)) {
      classes.push(label);
      weights.push(-totals[label]!);
    }
    starts.push(classes.length);
  }

  /** Puts the rows of a tree together; gives their number. */
  private collectRows(weights: Float64Array): number {
    const { rows, labels } = this;
    let count = 0;
    for (let row = 0; row < weights.length; row++) {
      if (weights[row]! === 0) continue;
      rows.rowIds[count] = row;
      rows.labels[count] = labels[row]!;
      rows.weights[count] = weights[row]!;
      count += 1;
    }
    return count;
  }

  /** Adds up the weights of each class; tells whether there is one class alone. */
  private sumClasses(start: number, end: number): boolean {
    const { labels, weights, totals } = this.rows;
    const first = labels[start]!;
    let isPure = true;
    for (let at = start; at < end; at++) {
      const label = labels[at]!;
      totals[label]! += weights[at]!;
      if (label !== first) isPure = false;
    }
    return isPure;
  }

  /** Tries features in random order: as many as are to be drawn, and on until one of them is not constant. */
  private findSplit(start: number, end: number, random: Stream): boolean {
    const { features, splitter, limits } = this;
    splitter.begin(start, end);
    for (let drawn = 0; drawn < features.length; drawn++) {
      if (drawn >= limits.maxFeatures && splitter.column >= 0) break;
      const place = drawn + random.below(features.length - drawn);
      const column = features[place]!;
      features[place] = features[drawn]!;
      features[drawn] = column;
      splitter.consider(column);
    }
    return splitter.column >= 0;
  }

  /** Moves the rows that go left to the front; gives the first place of the others. */
  private partition(start: number, end: number, column: number, bin: number, missingLeft: boolean): number {
    const { codes, rowCount, binCounts } = this.binned;
    const { rowIds, labels, weights } = this.rows;
    const base = column * rowCount;
    const missing = binCounts[column]!;
    let left = start;
    let right = end - 1;
    while (left <= right) {
      const row = rowIds[left]!;
      const code = codes[base + row]!;
      if (code === missing ? missingLeft : code <= bin) {
        left += 1;
        continue;
      }
      const label = labels[left]!;
      const weight = weights[left]!;
      rowIds[left] = rowIds[right]!;
      labels[left] = labels[right]!;
      weights[left] = weights[right]!;
      rowIds[right] = row;
      labels[right] = label;
      weights[right] = weight;
      right -= 1;
    }
    return left;
  }
}

function createTree(rowCount: number): GrowingTree {
  const capacity = 2 * rowCount;
  return {
    count: 0,
    columns: new Uint16Array(capacity),
    values: new Int32Array(capacity),
    missingLeft: new Uint8Array(capacity),
    right: new Int32Array(capacity),
    divided: { starts: [0], classes: [], weights: [] },
  };
}

function finishTree({ count, columns, values, missingLeft, right, divided }: GrowingTree): GrownTree {
  return {
    columns: columns.slice(0, count),
    values: values.slice(0, count),
    missingLeft: missingLeft.slice(0, count),
    right: right.slice(0, count),
    divided,
  };
}
