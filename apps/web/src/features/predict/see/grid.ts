/** The grid of samples behind the plot: what the model is asked for its decision regions. */
import type { DatasetSchema, FeatureValue, Instance, NumericFeature, Sample } from '../../../lib/api/types.ts';
import type { Axes } from './axes.ts';

/** Cells across and up at most, and values that a request holds at most: with many features the grid is coarser. */
const COLUMNS = 48;
const ROWS = 36;
const MAX_VALUES = 40_000;
/** Share of the observed range that the plot shows beyond it. */
const MARGIN = 0.06;
/** What an axis shows: `from < to`, in the unit of its feature. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Samples over the two axes, row by row from the bottom left; all other features have the same value everywhere. */
export interface Grid {
  readonly axes: Axes;
  readonly x: Span;
  readonly y: Span;
  readonly columns: number;
  readonly rows: number;
  /** `rows * columns` samples in the order of the schema's features. */
  readonly samples: readonly Sample[];
}

/** The span of an axis: what was observed and some margin, and the sample's own value wherever that is. */
export function spanOf({ observed, plausible }: NumericFeature, value: FeatureValue | undefined): Span {
  const margin = (observed.max - observed.min || 1) * MARGIN;
  const own =
    typeof value === 'number' && value >= plausible.min && value <= plausible.max ? [value - margin, value + margin] : [];
  return { from: Math.min(observed.min - margin, ...own), to: Math.max(observed.max + margin, ...own) };
}

/** The grid over two spans, where the model is asked at the middle of each cell; what is not plausible is not asked, but its nearest plausible value. */
export function makeGrid(
  schema: DatasetSchema,
  instance: Instance,
  axes: Axes,
  { x, y }: { readonly x: Span; readonly y: Span },
): Grid {
  const { columns, rows } = gridSize(schema.features.length);
  const samples = Array.from({ length: rows * columns }, (_, cell) => {
    const across = plausible(axes.x, at(x, (cell % columns) + 0.5, columns));
    const up = plausible(axes.y, at(y, Math.floor(cell / columns) + 0.5, rows));
    return schema.features.map(({ name }) => (name === axes.x.name ? across : name === axes.y.name ? up : instance[name]!));
  });
  return { axes, x, y, columns, rows, samples };
}

/** Cells across and up for a dataset of this many features. */
export function gridSize(featureCount: number): { readonly columns: number; readonly rows: number } {
  const share = Math.min(1, Math.sqrt(MAX_VALUES / featureCount / (COLUMNS * ROWS)));
  return { columns: Math.max(1, Math.floor(COLUMNS * share)), rows: Math.max(1, Math.floor(ROWS * share)) };
}

/** The value after so many of equal steps along an axis. */
export function at({ from, to }: Span, step: number, steps: number): number {
  return from + ((to - from) * step) / steps;
}

function plausible({ plausible: { min, max } }: NumericFeature, value: number): number {
  return Math.min(max, Math.max(min, value));
}
