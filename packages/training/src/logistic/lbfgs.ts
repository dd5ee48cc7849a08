/** Limited-memory BFGS (Liu and Nocedal, 1989) with a preconditioner, for smooth convex functions. */
import { searchLine } from './line-search.ts';
import { addScaled, dot, largest, scale } from './vectors.ts';

/** Pairs of steps and gradient changes that the curvature is estimated from. */
const MEMORY = 10;

/** A smooth convex function of a vector. */
export interface Objective {
  /** Gives the value at `point` and writes the gradient there. */
  evaluate(point: Float64Array, gradient: Float64Array): number;
}

/** Multiplies a vector, in place, by an estimate of the inverse Hessian: symmetric, positive definite. */
export type Preconditioner = (vector: Float64Array) => void;

/** How to minimize. */
export interface MinimizeOptions {
  readonly maxIter: number;
  /** Ends when no component of the gradient is larger. */
  readonly tol: number;
  /** Asked before each iteration, from 0 on; undefined keeps the one before. */
  readonly precondition: (point: Float64Array, iteration: number) => Preconditioner | undefined;
  /** Called after each iteration and awaited; may throw to stop. */
  readonly onIteration?: ((iteration: number) => void | Promise<void>) | undefined;
}

/** Where the search ended. */
export interface Minimum {
  readonly point: Float64Array;
  readonly iterations: number;
  /** Largest component of the gradient at `point`. */
  readonly gradientNorm: number;
}

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** One over their product. */
  readonly inverse: number;
}

/** Minimizes from `start`, which is left alone. */
export async function minimize(objective: Objective, start: Float64Array, options: MinimizeOptions): Promise<Minimum> {
  let point = start.slice();
  let gradient = new Float64Array(start.length);
  let value = objective.evaluate(point, gradient);
  let precondition: Preconditioner = () => {};
  const pairs: Pair[] = [];
  let iterations = 0;
  while (iterations < options.maxIter && largest(gradient) > options.tol) {
    precondition = options.precondition(point, iterations) ?? precondition;
    const direction = descentDirection(gradient, pairs, precondition, sizeOf(pairs.at(-1), precondition));
    const next = searchLine(objective, { point, gradient, value }, direction);
    // No longer downhill by as much as rounding shows: this is the minimum.
    if (!next) break;
    remember(pairs, point, gradient, next.point, next.gradient);
    ({ point, gradient, value } = next);
    iterations++;
    await options.onIteration?.(iterations);
  }
  return { point, iterations, gradientNorm: largest(gradient) };
}

/** Minus the estimated inverse Hessian times the gradient: the two-loop recursion. */
function descentDirection(
  gradient: Float64Array,
  pairs: readonly Pair[],
  precondition: Preconditioner,
  size: number,
): Float64Array {
  const direction = gradient.map((value) => -value);
  const factors = new Float64Array(pairs.length);
  for (let index = pairs.length - 1; index >= 0; index--) {
    const { step, change, inverse } = pairs[index]!;
    factors[index] = inverse * dot(step, direction);
    addScaled(direction, change, -factors[index]!);
  }
  precondition(direction);
  scale(direction, size);
  for (let index = 0; index < pairs.length; index++) {
    const { step, change, inverse } = pairs[index]!;
    addScaled(direction, step, factors[index]! - inverse * dot(change, direction));
  }
  return direction;
}

/** What makes the preconditioner's size that of the latest curvature. */
function sizeOf(latest: Pair | undefined, precondition: Preconditioner): number {
  if (!latest) return 1;
  const { change, inverse } = latest;
  const conditioned = change.slice();
  precondition(conditioned);
  return 1 / (inverse * dot(change, conditioned));
}

function remember(pairs: Pair[], from: Float64Array, before: Float64Array, to: Float64Array, after: Float64Array): void {
  const step = to.map((value, index) => value - from[index]!);
  const change = after.map((value, index) => value - before[index]!);
  const product = dot(step, change);
  // Convexity promises a positive product; rounding may not keep the promise.
  if (!(product > 0)) return;
  pairs.push({ step, change, inverse: 1 / product });
  if (pairs.length > MEMORY) pairs.shift();
}
