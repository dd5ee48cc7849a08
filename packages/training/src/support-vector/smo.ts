/**
 * Sequential minimal optimization of C-SVC, as libsvm does it: pairs chosen by second-order information (Fan, Chen and Lin, 2005),
 * libsvm's stopping rule and tolerance (Chang and Lin, 2011). Its shrinking is left out: with all kernel rows at hand a step over all
 * rows costs less than keeping account of which may be skipped.
 *
 * libsvm's α and y are one number here, β = y α: it lies between 0 and C for the first class, between -C and 0 for the second, and
 * a step adds to one β what it takes from another. `gradient` is y times libsvm's gradient.
 */

/** Least curvature of a step (libsvm's `TAU`). */
const MIN_CURVATURE = 1e-12;
const MIN_ITERATION_LIMIT = 10_000_000;
/** Steps between two calls of `onStep`. */
const STEP_INTERVAL = 1000;

/** Rows of the kernel matrix. */
export interface KernelRows {
  /** Row `index`, one number for each row of the problem; usable until the next two calls. */
  row(index: number): Float32Array;
}

/** Which rows are learned from, and how much each may count. */
export interface MarginProblem {
  readonly kernel: KernelRows;
  /** Indexes into the kernel. */
  readonly rows: Int32Array;
  /** Of each of these: 1 or -1. */
  readonly signs: Int8Array;
  /** Of each of these: the bound of its coefficient. */
  readonly costs: Float64Array;
  /** By how much the optimality conditions may be violated (libsvm's `eps`). */
  readonly tol: number;
  /** Called every thousand steps and awaited; may throw to stop. */
  readonly onStep?: (() => void | Promise<void>) | undefined;
}

/** The decision value of a row is Σ coefficient × kernel - `rho`. */
export interface Margin {
  /** One for each row of the problem, in its order; 0 where it is no support vector. */
  readonly coefficients: Float64Array;
  readonly rho: number;
  readonly iterations: number;
}

/** Solves a problem of two classes. */
export async function solveMargin(problem: MarginProblem): Promise<Margin> {
  const state = createState(problem);
  const limit = Math.max(MIN_ITERATION_LIMIT, 100 * state.size);
  let iterations = 0;
  let first = argmaxUp(state);
  for (; iterations < limit; iterations++) {
    if (iterations % STEP_INTERVAL === STEP_INTERVAL - 1) await problem.onStep?.();
    if (first < 0) break;
    const firstRow = problem.kernel.row(state.rows[first]!);
    const second = chooseSecond(state, first, firstRow, problem.tol);
    if (second < 0) break;
    const secondRow = problem.kernel.row(state.rows[second]!);
    first = step(state, first, second, firstRow, secondRow);
  }
  return { coefficients: state.beta, rho: rhoOf(state), iterations };
}

interface State {
  readonly size: number;
  readonly rows: Int32Array;
  readonly beta: Float64Array;
  readonly gradient: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** 0 where β may grow, else -∞. */
  readonly growable: Float64Array;
  /** 0 where β may fall, else -∞. */
  readonly fallable: Float64Array;
}

function createState({ rows, signs, costs }: MarginProblem): State {
  const size = rows.length;
  const lower = new Float64Array(size);
  const upper = new Float64Array(size);
  const gradient = new Float64Array(size);
  const [beta, growable, fallable] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const state = { size, rows, beta, gradient, lower, upper, growable, fallable };
  for (let index = 0; index < size; index++) {
    if (signs[index] === 1) upper[index] = costs[index]!;
    else lower[index] = -costs[index]!;
    gradient[index] = -signs[index]!;
    markBounds(state, index);
  }
  return state;
}

function markBounds({ beta, lower, upper, growable, fallable }: State, index: number): void {
  growable[index] = beta[index]! < upper[index]! ? 0 : Number.NEGATIVE_INFINITY;
  fallable[index] = beta[index]! > lower[index]! ? 0 : Number.NEGATIVE_INFINITY;
}

/** The β that gains most by growing; the last among equals, as libsvm takes it. */
function argmaxUp({ gradient, growable, size }: State): number {
  let best = Number.NEGATIVE_INFINITY;
  let found = -1;
  for (let index = 0; index < size; index++) {
    const gain = growable[index]! - gradient[index]!;
    if (gain >= best && gain > Number.NEGATIVE_INFINITY) {
      best = gain;
      found = index;
    }
  }
  return found;
}

/** The β that together with the first gains most by falling; -1 when nothing is gained beyond the tolerance. */
function chooseSecond({ gradient, fallable, rows, size }: State, first: number, kernel: Float32Array, tol: number): number {
  const gain = -gradient[first]!;
  let widest = Number.NEGATIVE_INFINITY;
  let bestSquare = 0;
  let bestCurvature = 1;
  let found = -1;
  for (let index = 0; index < size; index++) {
    const difference = gain + gradient[index]! + fallable[index]!;
    if (difference > 0) {
      widest = Math.max(widest, difference);
      const curvature = Math.max(2 - 2 * kernel[rows[index]!]!, MIN_CURVATURE);
      const square = difference * difference;
      // square / curvature without dividing.
      if (square * bestCurvature >= bestSquare * curvature) {
        bestSquare = square;
        bestCurvature = curvature;
        found = index;
      }
    }
  }
  return widest < tol ? -1 : found;
}

/** Moves both β as far as the curvature or their bounds let them, updates the gradient, and gives the next first. */
function step(state: State, first: number, second: number, firstRow: Float32Array, secondRow: Float32Array): number {
  const { beta, gradient, lower, upper, rows, growable, size } = state;
  const curvature = Math.max(2 - 2 * firstRow[rows[second]!]!, MIN_CURVATURE);
  const rise = upper[first]! - beta[first]!;
  const fall = beta[second]! - lower[second]!;
  const amount = Math.min((gradient[second]! - gradient[first]!) / curvature, rise, fall);
  beta[first] = amount === rise ? upper[first]! : beta[first]! + amount;
  beta[second] = amount === fall ? lower[second]! : beta[second]! - amount;
  markBounds(state, first);
  markBounds(state, second);
  let best = Number.NEGATIVE_INFINITY;
  let found = -1;
  for (let index = 0; index < size; index++) {
    const row = rows[index]!;
    const value = gradient[index]! + amount * (firstRow[row]! - secondRow[row]!);
    gradient[index] = value;
    const gain = growable[index]! - value;
    if (gain >= best) {
      best = gain;
      found = index;
    }
  }
  return best > Number.NEGATIVE_INFINITY ? found : -1;
}

/** Mean gradient of the free β, else the middle of what the bounds allow. */
function rhoOf({ gradient, growable, fallable, size }: State): number {
  let sum = 0;
  let free = 0;
  let least = Number.NEGATIVE_INFINITY;
  let most = Number.POSITIVE_INFINITY;
  for (let index = 0; index < size; index++) {
    const value = gradient[index]!;
    if (growable[index]! < 0) least = Math.max(least, value);
    else if (fallable[index]! < 0) most = Math.min(most, value);
    else {
      sum += value;
      free++;
    }
  }
  return free > 0 ? sum / free : (least + most) / 2;
}
