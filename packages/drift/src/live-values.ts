/** Live values of a numeric column: by value while they are few, in cells beyond. */
import { addToCells, type Cells, type Distance, emptyCells, ksStatistic, timesOfCells, wassersteinOfCells } from './cells.ts';
import type { Times } from './distribution.ts';
import type { ReferenceValues } from './reference-values.ts';

/** Values as they stream in; memory does not grow with their number. */
export class LiveValues {
  readonly #reference: ReferenceValues;
  readonly #maxDistinct: number;
  #times: Map<number, number> | undefined = new Map();
  /** Until there are too many distinct values, those that are not in `#times` yet: none. */
  readonly #cells: Cells;

  constructor(reference: ReferenceValues, maxDistinct: number) {
    this.#reference = reference;
    this.#maxDistinct = maxDistinct;
    this.#cells = emptyCells(reference);
  }

  /** Counts one finite value. */
  add(value: number): void {
    const times = this.#times;
    if (!times) {
      addToCells(this.#cells, this.#reference, value, 1);
      return;
    }
    times.set(value, (times.get(value) ?? 0) + 1);
    if (times.size <= this.#maxDistinct) return;
    this.#fill(this.#cells, times);
    this.#times = undefined;
  }

  /** The Kolmogorov–Smirnov statistic, exact however many values there were; and how many. At least one. */
  ks(): { readonly statistic: number; readonly count: number } {
    const cells = this.#allCells();
    return { statistic: ksStatistic(cells, this.#reference), count: cells.count };
  }

  /** Wasserstein-1 distance to the reference: exact up to `maxDistinct` distinct values, beyond with the error that `wassersteinOfCells` states. */
  wasserstein(): Distance {
    return this.#times
      ? { distance: wassersteinOfValues(this.#times, this.#reference), error: 0 }
      : wassersteinOfCells(this.#cells, this.#reference);
  }

  /** Values and how often each came; beyond `maxDistinct` those between two reference values stand at their mean. In no order. */
  times(): readonly Times[] {
    return this.#times ? [...this.#times] : timesOfCells(this.#cells, this.#reference);
  }

  #allCells(): Cells {
    return this.#times ? this.#fill(emptyCells(this.#reference), this.#times) : this.#cells;
  }

  #fill(cells: Cells, times: ReadonlyMap<number, number>): Cells {
    for (const [value, count] of times) addToCells(cells, this.#reference, value, count);
    return cells;
  }
}

/** The area between both distribution functions, step by step through all values. */
function wassersteinOfValues(times: ReadonlyMap<number, number>, { values, cumulative, count }: ReferenceValues): number {
  const live = [...times].sort(([a], [b]) => a - b);
  const total = live.reduce((sum, [, own]) => sum + own, 0);
  let [distance, at, seen, place, known] = [0, 0, 0, 0, 0];
  for (let index = 0; index < live.length || place < values.length; ) {
    const next = Math.min(live[index]?.[0] ?? Number.POSITIVE_INFINITY, values[place] ?? Number.POSITIVE_INFINITY);
    distance += index + place === 0 ? 0 : (next - at) * Math.abs(known / count - seen / total);
    at = next;
    if (live[index]?.[0] === next) seen += live[index++]![1];
    if (values[place] === next) known = cumulative[place++]!;
  }
  return distance;
}
