/** Platt scaling: turns decision values into probabilities by a sigmoid, fitted as in Lin, Lin and Weng (2007). */

const MAX_ITERATIONS = 100;
const MIN_STEP = 1e-10;
/** Keeps the Hessian invertible. */
const RIDGE = 1e-12;
const GRADIENT_TOLERANCE = 1e-5;

/** `P(positive) = 1 / (1 + exp(slope × decision + offset))`. */
export interface Sigmoid {
  readonly slope: number;
  readonly offset: number;
}

/**
 * Fits the sigmoid by Newton's method with backtracking.
 *
 * @param decisions values on rows that the deciding machine was not trained on.
 * @param positive whether each row is of the class that positive decisions speak for.
 */
export function fitSigmoid(decisions: readonly number[], positive: readonly boolean[]): Sigmoid {
  const positives = positive.filter(Boolean).length;
  const negatives = positive.length - positives;
  // Platt's targets: not 0 and 1 but what the counts allow to be sure of, so that separable data keep a finite slope.
  const targets = positive.map((isPositive) => (isPositive ? (positives + 1) / (positives + 2) : 1 / (negatives + 2)));
  let current: Sigmoid = { slope: 0, offset: Math.log((negatives + 1) / (positives + 1)) };
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const step = newtonStep(current, decisions, targets);
    if (!step) break;
    const next = lineSearch(current, step, decisions, targets);
    if (!next) break;
    current = next;
  }
  return current;
}

interface Step {
  readonly slope: number;
  readonly offset: number;
  /** Directional derivative of the loss along the step: negative. */
  readonly descent: number;
}

function newtonStep(at: Sigmoid, decisions: readonly number[], targets: readonly number[]): Step | undefined {
  let h11 = RIDGE;
  let h22 = RIDGE;
  let h21 = 0;
  let g1 = 0;
  let g2 = 0;
  decisions.forEach((decision, index) => {
    const p = probabilityOf(at, decision);
    const weight = p * (1 - p);
    const error = targets[index]! - p;
    h11 += decision * decision * weight;
    h22 += weight;
    h21 += decision * weight;
    g1 += decision * error;
    g2 += error;
  });
  if (Math.abs(g1) < GRADIENT_TOLERANCE && Math.abs(g2) < GRADIENT_TOLERANCE) return undefined;
  const determinant = h11 * h22 - h21 * h21;
  const slope = -(h22 * g1 - h21 * g2) / determinant;
  const offset = -(h11 * g2 - h21 * g1) / determinant;
  return { slope, offset, descent: g1 * slope + g2 * offset };
}

function lineSearch(from: Sigmoid, step: Step, decisions: readonly number[], targets: readonly number[]): Sigmoid | undefined {
  const before = loss(from, decisions, targets);
  for (let size = 1; size >= MIN_STEP; size /= 2) {
    const next = { slope: from.slope + size * step.slope, offset: from.offset + size * step.offset };
    if (loss(next, decisions, targets) < before + 1e-4 * size * step.descent) return next;
  }
  return undefined;
}

/** Cross-entropy, in the form that no exponential overflows. */
function loss(sigmoid: Sigmoid, decisions: readonly number[], targets: readonly number[]): number {
  return decisions.reduce((sum, decision, index) => {
    const margin = marginOf(sigmoid, decision);
    const target = targets[index]!;
    const linear = margin >= 0 ? target * margin : (target - 1) * margin;
    return sum + linear + Math.log1p(Math.exp(-Math.abs(margin)));
  }, 0);
}

/** Probability of the positive class at a decision value. */
export function probabilityOf(sigmoid: Sigmoid, decision: number): number {
  const margin = marginOf(sigmoid, decision);
  return margin >= 0 ? Math.exp(-margin) / (1 + Math.exp(-margin)) : 1 / (1 + Math.exp(margin));
}

function marginOf({ slope, offset }: Sigmoid, decision: number): number {
  return slope * decision + offset;
}
