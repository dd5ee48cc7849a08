/** Live values of a numeric column in constant memory: counted in the cells that the reference's values make. */
import type { Times } from './distribution.ts';
import type { ReferenceValues } from './reference-values.ts';

/** Cells of m reference values: each value by itself, and the gaps before, between and behind them. */
export interface Cells {
  /** Live values equal to each reference value; m. */
  readonly equal: Float64Array;
  /** Live values in the gap before each reference value, and in the one behind the last; m + 1. */
  readonly inGap: Float64Array;
  /** Sum over a gap of the distances to its nearer known end: its lower one; for the gap before the first value, that value. */
  readonly distances: Float64Array;
  count: number;
}

/** Cells without a value. */
export function emptyCells({ values }: ReferenceValues): Cells {
  const size = values.length;
  return { equal: new Float64Array(size), inGap: new Float64Array(size + 1), distances: new Float64Array(size + 1), count: 0 };
}

/** Counts a value `times` times. */
export function addToCells(cells: Cells, { values }: ReferenceValues, value: number, times: number): void {
  const place = firstNotBelow(values, value);
  cells.count += times;
  if (values[place] === value) {
    cells.equal[place]! += times;
    return;
  }
  cells.inGap[place]! += times;
  cells.distances[place]! += times * (place === 0 ? values[0]! - value : value - values[place - 1]!);
}

/** What each cell holds: a gap's values at their mean. */
export function timesOfCells({ equal, inGap, distances }: Cells, { values }: ReferenceValues): Times[] {
  const meanOf = (gap: number) => {
    const distance = distances[gap]! / inGap[gap]!;
    return gap === 0 ? values[0]! - distance : values[gap - 1]! + distance;
  };
  const gaps = [...inGap].map((count, gap): Times => [meanOf(gap), count]);
  return [...gaps, ...[...equal].map((count, index): Times => [values[index]!, count])].filter(([, count]) => count > 0);
}

/**
 * The Kolmogorov–Smirnov statistic: exact, as the reference's distribution function F is constant between its values and the live one G only rises, so
 * that the largest distance is at a reference value, or just before the next one.
 */
export function ksStatistic(cells: Cells, { cumulative, count }: ReferenceValues): number {
  let [seen, before, largest] = [0, 0, 0];
  const compare = (known: number) => {
    largest = Math.max(largest, Math.abs(known / count - seen / cells.count));
  };
  for (let index = 0; index <= cells.equal.length; index++) {
    seen += cells.inGap[index]!;
    compare(before);
    if (index === cells.equal.length) break;
    seen += cells.equal[index]!;
    before = cumulative[index]!;
    compare(before);
  }
  return largest;
}

/** Wasserstein-1 distance, with the most by which it can be wrong. */
export interface Distance {
  readonly distance: number;
  readonly error: number;
}

/**
 * Wasserstein-1 distance, the area between F and G. Exact but for gaps in which G crosses F: there the area is known to lie between two bounds, of which the
 * middle is taken. A gap of width w that holds the share s of the live values adds at most w · s / 4 to the error.
 */
export function wassersteinOfCells(cells: Cells, { values, cumulative, count }: ReferenceValues): Distance {
  const size = values.length;
  let seen = cells.inGap[0]!;
  let distance = cells.distances[0]! / cells.count;
  let error = 0;
  for (let index = 1; index < size; index++) {
    seen += cells.equal[index - 1]!;
    const width = values[index]! - values[index - 1]!;
    const known = cumulative[index - 1]! / count;
    const [low, high] = [seen / cells.count, (seen + cells.inGap[index]!) / cells.count];
    // The integral of G − F over the gap.
    const signed = (high - known) * width - cells.distances[index]! / cells.count;
    const most = low < known && known < high ? widest(known - low, high - known, signed, width) : Math.abs(signed);
    distance += (Math.abs(signed) + most) / 2;
    error += (most - Math.abs(signed)) / 2;
    seen += cells.inGap[index]!;
  }
  return { distance: distance + cells.distances[size]! / cells.count, error };
}

/** The largest area with that integral: all values of the gap at one place, `below` F before it and `above` F behind it. */
function widest(below: number, above: number, signed: number, width: number): number {
  const start = (above * width - signed) / (above + below);
  return above * (width - start) + below * start;
}

function firstNotBelow(values: Float64Array, value: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
