/** The decision regions that the model's answers make of a grid. */
import type { Prediction } from '../../../lib/api/types.ts';
import { at, type Grid } from './grid.ts';

/** Cells from one mark of a region to the next. */
const MARK_EVERY = 4;
/** Probabilities of the predicted class from which the model counts as rather sure, and as sure. */
const SURE = [0.6, 0.85] as const;

/** Neighbours in a row where the model gives the same class and is about as sure. */
export interface Area {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
  readonly classIndex: number;
  /** 0 unsure, 1 rather sure, 2 sure. */
  readonly certainty: number;
}

/** A place in a region, for a mark of its class. */
export interface RegionMark {
  readonly x: number;
  readonly y: number;
  readonly classIndex: number;
}

/** Where the model says which class. */
export interface Regions {
  /** They cover the grid. */
  readonly areas: readonly Area[];
  /** They tell the regions apart without colour. */
  readonly marks: readonly RegionMark[];
}

/** No regions yet. */
export const NO_REGIONS: Regions = { areas: [], marks: [] };

/** The regions of a grid. @param predictions one for each of its samples, in order. */
export function makeRegions(grid: Grid, predictions: readonly Prediction[]): Regions {
  return { areas: makeAreas(grid, predictions), marks: makeMarks(grid, predictions) };
}

/** Row by row, neighbours that are alike as one. */
function makeAreas({ x, y, columns, rows }: Grid, predictions: readonly Prediction[]): Area[] {
  const areas: Area[] = [];
  for (let row = 0; row < rows; row++) {
    for (let start = 0; start < columns; ) {
      const first = predictions[row * columns + start]!;
      let end = start + 1;
      while (end < columns && isAlike(first, predictions[row * columns + end]!)) end++;
      const [x1, x2] = [at(x, start, columns), at(x, end, columns)];
      const [y1, y2] = [at(y, row, rows), at(y, row + 1, rows)];
      areas.push({ x1, x2, y1, y2, classIndex: first.class_index, certainty: certaintyOf(first) });
      start = end;
    }
  }
  return areas;
}

function isAlike(a: Prediction, b: Prediction): boolean {
  return a.class_index === b.class_index && certaintyOf(a) === certaintyOf(b);
}

function certaintyOf({ prediction, probabilities }: Prediction): number {
  return SURE.filter((bound) => (probabilities[prediction] ?? 0) >= bound).length;
}

/** Sparse places all over the grid. */
function makeMarks({ x, y, columns, rows }: Grid, predictions: readonly Prediction[]): RegionMark[] {
  const marks: RegionMark[] = [];
  for (let row = MARK_EVERY >> 1; row < rows; row += MARK_EVERY) {
    for (let column = MARK_EVERY >> 1; column < columns; column += MARK_EVERY) {
      const classIndex = predictions[row * columns + column]!.class_index;
      marks.push({ x: at(x, column + 0.5, columns), y: at(y, row + 0.5, rows), classIndex });
    }
  }
  return marks;
}
