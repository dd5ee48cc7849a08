/** Line search for the strong Wolfe conditions (Nocedal and Wright, Numerical Optimization, 2006, algorithms 3.5 and 3.6). */
import type { Objective } from './lbfgs.ts';
import { addScaled, dot } from './vectors.ts';

/** Share of the promised decrease that a step must bring. */
const DECREASE = 1e-4;
/** Share of the slope that a step may leave. */
const CURVATURE = 0.9;
const MAX_TRIALS = 30;
/** A step this many times longer is tried while the function still falls. */
const EXPANSION = 2;

/** A point with the function's value and gradient there. */
export interface Evaluation {
  readonly point: Float64Array<ArrayBuffer>;
  readonly gradient: Float64Array<ArrayBuffer>;
  readonly value: number;
}

interface Trial extends Evaluation {
  readonly size: number;
  readonly slope: number;
}

/**
 * Finds a point along `direction`, first trying the whole of it.
 *
 * @returns undefined when the direction does not descend, or by less than rounding shows.
 */
export function searchLine(objective: Objective, from: Evaluation, direction: Float64Array): Evaluation | undefined {
  const start: Trial = { ...from, size: 0, slope: dot(from.gradient, direction) };
  if (!(start.slope < 0)) return undefined;
  let low = start;
  let high: Trial | undefined;
  let size = 1;
  for (let trials = 0; trials < MAX_TRIALS; trials++) {
    const trial = evaluateAt(objective, start, direction, size);
    if (isTooHigh(trial, start, low)) high = trial;
    else {
      if (Math.abs(trial.slope) <= -CURVATURE * start.slope) return trial;
      // The minimum lies on the side to which the slope falls.
      if (high ? trial.slope * (high.size - low.size) >= 0 : trial.slope >= 0) high = low;
      low = trial;
    }
    size = high ? between(low, high) : size * EXPANSION;
  }
  // Neither condition can be told apart from rounding any more: what was gained is kept.
  return low.value < start.value ? low : undefined;
}

function isTooHigh(trial: Trial, start: Trial, low: Trial): boolean {
  const promised = start.value + DECREASE * trial.size * start.slope;
  // Written so that NaN and infinity are too high.
  return !(trial.value <= promised && (low === start || trial.value < low.value));
}

/** Minimum of the cubic through both ends (equation 3.59), kept away from the ends. */
function between(low: Trial, high: Trial): number {
  const span = high.size - low.size;
  const middle = low.size + span / 2;
  if (!Number.isFinite(high.value + high.slope)) return low.size + span / 10;
  const d1 = low.slope + high.slope - (3 * (high.value - low.value)) / span;
  const root = Math.sqrt(d1 * d1 - low.slope * high.slope) * Math.sign(span);
  const size = high.size - (span * (high.slope + root - d1)) / (high.slope - low.slope + 2 * root);
  const share = (size - low.size) / span;
  return share >= 0.1 && share <= 0.9 ? size : middle;
}

function evaluateAt(objective: Objective, start: Evaluation, direction: Float64Array, size: number): Trial {
  const point = start.point.slice();
  addScaled(point, direction, size);
  const gradient = new Float64Array(point.length);
  const value = objective.evaluate(point, gradient);
  return { point, gradient, value, size, slope: dot(gradient, direction) };
}
