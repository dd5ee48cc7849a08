/**
 * Binned columns: each value becomes one byte, so that a split is found by counting. As LightGBM (Ke et al., 2017) and scikit-learn's
 * histogram boosting do; exact where a column has few distinct values.
 */

/** Bins of values; one byte more tells a missing value. */
export const MAX_BINS = 255;
/** Rows that quantiles are taken from. */
const MAX_SAMPLE = 200_000;

/** Columns in bytes. */
export interface BinnedColumns {
  readonly columnCount: number;
  readonly rowCount: number;
  /** Column-major: the bin of row `r` in column `c` is at `c * rowCount + r`. A missing value has bin `binCounts[c]`. */
  readonly codes: Uint8Array;
  /** Bins of values of each column: one more than its cuts. */
  readonly binCounts: Int32Array;
  /** 1 for a column with a missing value. */
  readonly hasMissing: Uint8Array;
  /** Ascending, of each column; a value belongs to the bin whose number is that of cuts at or below it. */
  readonly cuts: readonly Float64Array[];
  /** Smallest and greatest value seen in each bin of each column. */
  readonly ranges: readonly BinRanges[];
}

/** Smallest and greatest value of each bin of a column. */
interface BinRanges {
  readonly lows: Float64Array;
  readonly highs: Float64Array;
}

/** Bins columns of numbers; NaN is missing. Cost: rows × logarithm of the rows, a column. */
export function binColumns(columns: readonly Float64Array[], rowCount: number): BinnedColumns {
  const codes = new Uint8Array(columns.length * rowCount);
  const hasMissing = new Uint8Array(columns.length);
  const planned = columns.map((values) => planBins(values));
  columns.forEach((values, column) => {
    const cuts = planned[column]!.cuts;
    const missing = cuts.length + 1;
    for (let row = 0, at = column * rowCount; row < rowCount; row++, at++) {
      const value = values[row]!;
      if (Number.isNaN(value)) {
        codes[at] = missing;
        hasMissing[column] = 1;
      } else codes[at] = countAtOrBelow(cuts, value);
    }
  });
  return {
    columnCount: columns.length,
    rowCount,
    codes,
    binCounts: Int32Array.from(planned, ({ cuts }) => cuts.length + 1),
    hasMissing,
    cuts: planned.map(({ cuts }) => cuts),
    ranges: planned,
  };
}

/**
 * The cut between two bins of a column, at or after `lower` and before `upper`, that is nearest to the middle of the gap between the
 * values of both: bins between them hold no row of the node. A node that cut at its lower bin's edge instead would send what falls into
 * the gap right almost always.
 */
export function middleCut(binned: BinnedColumns, column: number, lower: number, upper: number): number {
  // Only missing values go right.
  if (upper >= binned.binCounts[column]!) return binned.cuts[column]!.length;
  if (upper - lower < 2) return lower;
  const cuts = binned.cuts[column]!;
  const { lows, highs } = binned.ranges[column]!;
  const middle = (highs[lower]! + lows[upper]!) / 2;
  let best = lower;
  for (let cut = lower + 1; cut < upper; cut++) {
    if (Math.abs(cuts[cut]! - middle) <= Math.abs(cuts[best]! - middle)) best = cut;
  }
  return best;
}

function planBins(values: Float64Array): BinRanges & { readonly cuts: Float64Array } {
  const { distinct, counts } = countDistinct(values);
  const ends = distinct.length <= MAX_BINS ? distinct.map((_, index) => index) : quantileEnds(counts);
  const bins = ends.length;
  const lows = new Float64Array(bins);
  const highs = new Float64Array(bins);
  const cuts = new Float64Array(Math.max(bins - 1, 0));
  for (let bin = 0; bin < bins; bin++) {
    lows[bin] = distinct[bin === 0 ? 0 : ends[bin - 1]! + 1]!;
    highs[bin] = distinct[ends[bin]!]!;
    if (bin > 0) cuts[bin - 1] = between(highs[bin - 1]!, lows[bin]!);
  }
  return { cuts, lows, highs };
}

/** A number above `low` and at most `high`: their middle, with as few digits as the gap allows, which shortens model files. */
function between(low: number, high: number): number {
  const middle = low + (high - low) / 2;
  const digits = Math.ceil(Math.log10(Math.abs(middle) / (high - low))) + 2;
  const short = digits >= 1 && digits <= 15 ? Number(middle.toPrecision(digits)) : middle;
  if (short > low && short <= high) return short;
  // Between two neighbouring numbers the middle rounds to one of them.
  return middle > low ? middle : high;
}

/** Distinct values, ascending, and how often each comes. */
function countDistinct(values: Float64Array): { readonly distinct: Float64Array; readonly counts: Int32Array } {
  const step = Math.ceil(values.length / MAX_SAMPLE);
  let sampled = step === 1 ? values : values.filter((_, row) => row % step === 0);
  sampled = sampled.filter((value) => !Number.isNaN(value)).sort();
  const distinct = new Float64Array(sampled.length);
  const counts = new Int32Array(sampled.length);
  let last = -1;
  for (const value of sampled) {
    // -0 and 0 are one value.
    if (last < 0 || value !== distinct[last]) distinct[++last] = value + 0;
    counts[last]! += 1;
  }
  return { distinct: distinct.slice(0, last + 1), counts: counts.slice(0, last + 1) };
}

/** Last distinct value of each bin, so that bins hold about as many rows each; a frequent value has a bin of its own. */
function quantileEnds(counts: Int32Array): Float64Array {
  const ends: number[] = [];
  let rowsLeft = counts.reduce((sum, count) => sum + count, 0);
  let inBin = 0;
  for (let index = 0; index < counts.length; index++) {
    inBin += counts[index]!;
    const binsLeft = MAX_BINS - ends.length;
    const next = counts[index + 1] ?? 0;
    // Closed where it has its share, or where the next value would take it further beyond than it is short now.
    const share = rowsLeft / binsLeft;
    const isFull = inBin >= share || inBin + next / 2 > share;
    if (index < counts.length - 1 && binsLeft > 1 && !isFull) continue;
    if (index < counts.length - 1 && binsLeft === 1) continue;
    ends.push(index);
    rowsLeft -= inBin;
    inBin = 0;
  }
  return Float64Array.from(ends);
}

function countAtOrBelow(cuts: Float64Array, value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value >= cuts[middle]!) low = middle + 1;
    else high = middle;
  }
  return low;
}
