/** Class probabilities from pairwise ones: the second method of Wu, Lin and Weng (JMLR 5, 2004), with libsvm's stopping rule. */

/** Sweeps after which the values at hand are the answer, unless there are more classes than that. */
export const MAX_ITERATIONS = 100;
/** Distance of the gradient's entries from each other that ends the iteration, times the number of classes. */
export const TOLERANCE = 0.005;

/**
 * Couples the pairwise probabilities of one row: writes `classCount` values that sum to 1 to `out[outOffset…]`.
 *
 * `pairs` holds the probability of the first class against the second for each pair (0,1), (0,2), …, (1,2), …, strictly
 * between 0 and 1.
 */
export type PairwiseCoupling = (pairs: Float64Array, out: Float64Array, outOffset: number) => void;

/**
 * Builds the coupling for a number of classes. Cost: at most 100 × `classCount`².
 */
export function createPairwiseCoupling(classCount: number): PairwiseCoupling {
  const q = new Float64Array(classCount * classCount);
  const p = new Float64Array(classCount);
  const qp = new Float64Array(classCount);
  const inverses = new Float64Array(classCount);
  const iterations = Math.max(MAX_ITERATIONS, classCount);
  const tolerance = TOLERANCE / classCount;

  function couple(pairs: Float64Array, out: Float64Array, outOffset: number): void {
    fillQuadraticForm(pairs, q, classCount);
    for (let t = 0; t < classCount; t++) {
      inverses[t] = 1 / q[t * classCount + t]!;
      p[t] = 1 / classCount;
    }
    for (let iteration = 0; iteration < iterations; iteration++) {
      const pqp = multiply(q, p, qp);
      if (greatestDistance(qp, pqp) < tolerance) break;
      normalize(p, descend(q, inverses, p, qp, pqp));
    }
    for (let t = 0; t < classCount; t++) out[outOffset + t] = p[t]!;
  }

  function coupleTwo(pairs: Float64Array, out: Float64Array, outOffset: number): void {
    const first = pairs[0]!;
    out[outOffset] = first;
    out[outOffset + 1] = 1 - first;
  }

  return classCount === 2 ? coupleTwo : couple;
}

function fillQuadraticForm(pairs: Float64Array, q: Float64Array, size: number): void {
  q.fill(0);
  let pair = 0;
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++, pair++) {
      const won = pairs[pair]!;
      const lost = 1 - won;
      q[i * size + i]! += lost * lost;
      q[j * size + j]! += won * won;
      q[i * size + j] = -lost * won;
      q[j * size + i] = -lost * won;
    }
  }
}

/** Writes Q p to `qp` and returns pᵀ Q p. */
function multiply(q: Float64Array, p: Float64Array, qp: Float64Array): number {
  const size = p.length;
  let pqp = 0;
  for (let t = 0; t < size; t++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += q[t * size + j]! * p[j]!;
    qp[t] = sum;
    pqp += p[t]! * sum;
  }
  return pqp;
}

function greatestDistance(qp: Float64Array, pqp: number): number {
  let greatest = 0;
  for (let t = 0; t < qp.length; t++) greatest = Math.max(greatest, Math.abs(qp[t]! - pqp));
  return greatest;
}

/**
 * One sweep: solves for each coordinate in turn, keeping Q p and pᵀ Q p up to date.
 *
 * libsvm renormalizes p, Q p and pᵀ Q p after each coordinate; carrying their common factor along instead gives the same
 * iterates with one division in place of three per coordinate.
 *
 * @returns the sum of the new p.
 */
function descend(q: Float64Array, inverses: Float64Array, p: Float64Array, qp: Float64Array, start: number): number {
  const size = p.length;
  let pqp = start;
  let sum = 1;
  for (let t = 0; t < size; t++) {
    const diagonal = q[t * size + t]!;
    const step = (pqp / sum - qp[t]!) * inverses[t]!;
    p[t]! += step;
    sum += step;
    pqp += step * (step * diagonal + 2 * qp[t]!);
    for (let j = 0; j < size; j++) qp[j]! += step * q[t * size + j]!;
  }
  return sum;
}

// Rounding can leave a probability just below zero: then the sum is not the one that was carried along.
function normalize(p: Float64Array, sum: number): void {
  let total = sum;
  for (let t = 0; t < p.length; t++) {
    if (p[t]! >= 0) continue;
    total -= p[t]!;
    p[t] = 0;
  }
  const factor = 1 / total;
  for (let t = 0; t < p.length; t++) p[t]! *= factor;
}
