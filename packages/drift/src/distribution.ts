/** What a picture of a column shows: shares of the reference and of the live values over the same bins. */

/** Bins within the reference's range; categories that are shown one by one. */
const MAX_BINS = 20;
/** Widths of bins are these times a power of ten: their edges are numbers that people read. */
const NICE_STEPS = [1, 2, 5, 10, 20];
/** Digits of an edge: what a double holds, without the error of its computation. */
const EDGE_DIGITS = 15;

/** Shares from 0 to 1. They sum to 1 on a side that has values, and are all 0 on one that has none. */
interface Shares {
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** Of numbers. */
export interface NumericDistribution extends Shares {
  /**
   * n + 1 ascending edges of n bins over the reference's range; a bin holds its lower edge. Shares are n + 2, placed as `numpy.digitize` does: below the first
   * edge, in each bin, from the last edge on.
   */
  readonly edges: readonly number[];
}

/** Of levels or classes. */
export interface CategoricalDistribution extends Shares {
  /** k names in the reference's order. Shares are k + 1: the last is of all others, those that the reference does not know among them. */
  readonly categories: readonly string[];
}

export type Distribution = NumericDistribution | CategoricalDistribution;

/** A value and how often it is there. */
export type Times = readonly [value: number, count: number];

/** @param reference at least one value, ascending */
export function numericDistribution(reference: readonly Times[], current: readonly Times[]): NumericDistribution {
  const isWhole = reference.every(([value]) => Number.isInteger(value));
  const edges = binEdges(reference[0]![0], reference.at(-1)![0], isWhole ? 1 : 0);
  return { edges, reference: sharesOf(countBins(edges, reference)), current: sharesOf(countBins(edges, current)) };
}

/**
 * The most frequent categories of either side, and all others in one.
 *
 * @param reference, current counts by place in `names`; the last is of all that have no name
 */
export function categoricalDistribution(
  names: readonly string[],
  reference: readonly number[],
  current: readonly number[],
): CategoricalDistribution {
  const sides = [sharesOf(reference), sharesOf(current)] as const;
  const weight = (place: number) => Math.max(sides[0][place]!, sides[1][place]!);
  const places = [...names.keys()].sort((a, b) => weight(b) - weight(a)).slice(0, MAX_BINS);
  const shown = places.sort((a, b) => a - b);
  const withOthers = (shares: readonly number[]) => {
    const own = shown.map((place) => shares[place]!);
    const others = shares.reduce((sum, share, place) => (shown.includes(place) ? sum : sum + share), 0);
    return [...own, others];
  };
  return { categories: shown.map((place) => names[place]!), reference: withOthers(sides[0]), current: withOthers(sides[1]) };
}

/**
 * Edges of at most 20 bins of equal width that hold a range.
 *
 * @param low, high finite, low at most high
 * @param leastWidth of a bin, 0 or 1: whole numbers have none narrower
 */
export function binEdges(low: number, high: number, leastWidth: 0 | 1 = 0): number[] {
  // Divided before the difference, which may be more than a double can hold.
  const least = Math.max(leastWidth, high / MAX_BINS - low / MAX_BINS || Math.abs(low) / MAX_BINS || 1);
  const power = 10 ** Math.floor(Math.log10(least));
  for (const width of NICE_STEPS.map((step) => step * power)) {
    const [first, last] = [Math.floor(low / width), Math.floor(high / width) + 1];
    const edges = last - first <= MAX_BINS ? multiples(first, last, width) : [];
    if (edges.length > 0 && edges[0]! <= low && edges.at(-1)! >= high && edges.every(Number.isFinite)) return edges;
  }
  // At the ends of what a double can hold.
  return low === high ? [low] : [low, high];
}

function multiples(first: number, last: number, width: number): number[] {
  const edges = Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * width).toPrecision(EDGE_DIGITS)),
  );
  // Where the range is close to a double's last digits, neighbours become equal.
  return edges.filter((edge, index) => edge !== edges[index - 1]);
}

function countBins(edges: readonly number[], values: readonly Times[]): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (const [value, count] of values) counts[placeOf(edges, value)]! += count;
  return counts;
}

/** How many edges are at most the value. */
function placeOf(edges: readonly number[], value: number): number {
  const place = edges.findIndex((edge) => edge > value);
  return place < 0 ? edges.length : place;
}

function sharesOf(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total === 0 ? 0 : count / total));
}
