/** The best split of a node by Gini impurity, one feature at a time. */
import type { BinnedColumns } from './bin.ts';
import { createCodeSorter } from './code-order.ts';

const CODES = 256;
/** `missing` of a split of rows without a missing value. */
export const NO_MISSING = 2;

/** The rows of a tree, those of a node together, and what is read of them for every feature. */
export interface TreeRows {
  readonly rowIds: Int32Array;
  readonly labels: Int32Array;
  readonly weights: Float64Array;
  /** Weight of each class in the node that is looked at. */
  readonly totals: Float64Array;
}

/**
 * Looks for the best split of a node. The score of a split is the sum of squared class weights over the weight, of both sides: the
 * greater, the purer. One that gains nothing is taken too, as the next one may gain (exclusive or).
 */
export class GiniSplitter {
  /** Of the best split: the column, -1 where there is none. */
  column = -1;
  /** The last bin with rows that goes left, and the first that goes right. */
  lower = 0;
  upper = 0;
  /** 1: missing values go left; 0: right; `NO_MISSING`: there are none. */
  missing = NO_MISSING;

  private readonly sortCodes = createCodeSorter();
  private readonly binned: BinnedColumns;
  private readonly rows: TreeRows;
  /** Rows that each side must have. */
  private readonly minLeaf: number;
  /** Of the rows of the node: their bins in the column that is looked at, and their places in the order of these. */
  private readonly codes: Uint8Array;
  private readonly order: Int32Array;
  /** Class weights of the left side; all 0 between two scans. */
  private readonly left: Float64Array;
  private readonly histogram: Float64Array;
  private readonly binRows = new Int32Array(CODES);
  private readonly binWeights = new Float64Array(CODES);
  private start = 0;
  private end = 0;
  private weight = 0;
  private squares = 0;
  private bestScore = 0;

  constructor(binned: BinnedColumns, rows: TreeRows, minLeaf: number) {
    const classCount = rows.totals.length;
    this.binned = binned;
    this.rows = rows;
    this.minLeaf = minLeaf;
    this.codes = new Uint8Array(binned.rowCount);
    this.order = new Int32Array(binned.rowCount);
    this.left = new Float64Array(classCount);
    this.histogram = new Float64Array(CODES * classCount);
  }

  /** Begins with the node of the rows from `start` to `end`, whose class weights are in `totals`. */
  begin(start: number, end: number): void {
    this.start = start;
    this.end = end;
    this.column = -1;
    this.bestScore = Number.NEGATIVE_INFINITY;
    this.weight = 0;
    this.squares = 0;
    for (const total of this.rows.totals) {
      this.weight += total;
      this.squares += total * total;
    }
  }

  /** Looks at all splits on a column. */
  consider(column: number): void {
    const { codes, order, binned } = this;
    const count = this.end - this.start;
    const { lowest, highest } = this.readCodes(column);
    if (lowest === highest) return;
    const anyMissing = binned.hasMissing[column] === 1 && highest === binned.binCounts[column]!;
    // Adding up by bin costs every bin and class, sorting only rows: deep in a tree rows are few.
    if (count * 2 > (highest - lowest + 1) * this.left.length) {
      this.fillHistogram(lowest, highest);
      this.scanBins(column, lowest, highest, anyMissing ? 0 : NO_MISSING, -1);
      if (anyMissing) this.scanBins(column, lowest, highest - 1, 1, highest);
      return;
    }
    this.sortCodes(codes, count, lowest, highest, order);
    this.scanRows(column, 0, anyMissing ? 0 : NO_MISSING);
    if (anyMissing) this.scanRows(column, this.bringMissingToFront(highest), 1);
  }

  private readCodes(column: number): { lowest: number; highest: number } {
    const { start, end, codes, binned, rows } = this;
    const { rowIds } = rows;
    const all = binned.codes;
    const base = column * binned.rowCount;
    let lowest = CODES;
    let highest = 0;
    for (let at = start; at < end; at++) {
      const code = all[base + rowIds[at]!]!;
      codes[at - start] = code;
      if (code < lowest) lowest = code;
      if (code > highest) highest = code;
    }
    return { lowest, highest };
  }

  /** Moves the rows of the last bin before all others; gives their number. */
  private bringMissingToFront(code: number): number {
    const { order, codes } = this;
    const count = this.end - this.start;
    let first = count;
    while (codes[order[first - 1]!]! === code) first -= 1;
    const last = order.slice(first, count);
    order.copyWithin(last.length, 0, first);
    order.set(last);
    return last.length;
  }

  /** Takes rows to the left in their order; the first `together` of them are not parted from each other. */
  private scanRows(column: number, together: number, missing: number): void {
    const { start, codes, order, left, weight, minLeaf } = this;
    const { labels, weights, totals } = this.rows;
    const count = this.end - start;
    let leftWeight = 0;
    let leftSquares = 0;
    let rightSquares = this.squares;
    let code = codes[order[0]!]!;
    for (let place = 0; place < count; place++) {
      const at = order[place]!;
      const next = codes[at]!;
      if (next !== code) {
        if (place > together && place >= minLeaf && count - place >= minLeaf) {
          const score = leftSquares / leftWeight + rightSquares / (weight - leftWeight);
          if (score > this.bestScore) this.keep(score, column, code, next, missing);
        }
        code = next;
      }
      const label = labels[start + at]!;
      const moved = weights[start + at]!;
      const onLeft = left[label]!;
      leftSquares += moved * (2 * onLeft + moved);
      rightSquares -= moved * (2 * (totals[label]! - onLeft) - moved);
      left[label] = onLeft + moved;
      leftWeight += moved;
    }
    for (let at = start; at < this.end; at++) left[labels[at]!] = 0;
  }

  private fillHistogram(lowest: number, highest: number): void {
    const { start, end, codes, histogram, binRows, binWeights } = this;
    const { labels, weights, totals } = this.rows;
    const classCount = totals.length;
    histogram.fill(0, lowest * classCount, (highest + 1) * classCount);
    binRows.fill(0, lowest, highest + 1);
    binWeights.fill(0, lowest, highest + 1);
    for (let at = start; at < end; at++) {
      const code = codes[at - start]!;
      const weight = weights[at]!;
      histogram[code * classCount + labels[at]!]! += weight;
      binWeights[code]! += weight;
      binRows[code]! += 1;
    }
  }

  /** Takes bins to the left from `lowest` to `highest`; before them the bin `together`, if there is one. */
  private scanBins(column: number, lowest: number, highest: number, missing: number, together: number): void {
    const { left, histogram, binRows, binWeights, weight, minLeaf } = this;
    const { totals } = this.rows;
    const classCount = totals.length;
    const count = this.end - this.start;
    let rows = 0;
    let leftWeight = 0;
    let leftSquares = 0;
    let rightSquares = this.squares;
    let lower = -1;
    for (let step = together >= 0 ? lowest - 1 : lowest; step <= highest; step++) {
      const code = step < lowest ? together : step;
      if (binRows[code] === 0) continue;
      if (lower >= 0 && rows >= minLeaf && count - rows >= minLeaf) {
        const score = leftSquares / leftWeight + rightSquares / (weight - leftWeight);
        if (score > this.bestScore) this.keep(score, column, lower, code, missing);
      }
      for (let label = 0, at = code * classCount; label < classCount; label++, at++) {
        const moved = histogram[at]!;
        const onLeft = left[label]!;
        leftSquares += moved * (2 * onLeft + moved);
        rightSquares -= moved * (2 * (totals[label]! - onLeft) - moved);
        left[label] = onLeft + moved;
      }
      leftWeight += binWeights[code]!;
      rows += binRows[code]!;
      lower = step < lowest ? -1 : code;
    }
    left.fill(0);
  }

  private keep(score: number, column: number, lower: number, upper: number, missing: number): void {
    this.bestScore = score;
    this.column = column;
    this.lower = lower;
    this.upper = upper;
    this.missing = missing;
  }
}
