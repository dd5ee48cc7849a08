/** Class probabilities from pairwise ones: the second method of Wu, Lin and Weng (JMLR 5, 2004), with libsvm's stopping rule. */

const MAX_ITERATIONS = 100;
const TOLERANCE = 0.005;

/** Couples the pairwise probabilities of one row: writes `classCount` values that sum to 1 to `out[outOffset…]`. */
export type PairwiseCoupling = (pairwise: Float64Array, out: Float64Array, outOffset: number) => void;

/**
 * Builds the coupling for a number of classes.
 *
 * `pairwise` is `classCount` × `classCount`, row-major: the probability of class i against class j, strictly between 0
 * and 1, `pairwise[j, i] = 1 - pairwise[i, j]`; the diagonal is not read. Cost: at most 100 × `classCount`².
 */
export function createPairwiseCoupling(classCount: number): PairwiseCoupling {
  const q = new Float64Array(classCount * classCount);
  const p = new Float64Array(classCount);
  const qp = new Float64Array(classCount);
  const iterations = Math.max(MAX_ITERATIONS, classCount);
  const tolerance = TOLERANCE / classCount;

  function couple(pairwise: Float64Array, out: Float64Array, outOffset: number): void {
    fillQuadraticForm(pairwise, q, classCount);
    p.fill(1 / classCount);
    for (let iteration = 0; iteration < iterations; iteration++) {
      const pqp = multiply(q, p, qp);
      if (greatestDistance(qp, pqp) < tolerance) break;
      descend(q, p, qp, pqp);
    }
    writeNormalized(p, out, outOffset);
  }

  function coupleTwo(pairwise: Float64Array, out: Float64Array, outOffset: number): void {
    const first = pairwise[1]!;
    out[outOffset] = first;
    out[outOffset + 1] = 1 - first;
  }

  return classCount === 2 ? coupleTwo : couple;
}

function fillQuadraticForm(pairwise: Float64Array, q: Float64Array, size: number): void {
  for (let t = 0; t < size; t++) {
    let diagonal = 0;
    for (let j = 0; j < size; j++) {
      if (j === t) continue;
      const against = pairwise[j * size + t]!;
      diagonal += against * against;
      q[t * size + j] = -against * pairwise[t * size + j]!;
    }
    q[t * size + t] = diagonal;
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
  for (let t = 0; t < qp.length; t++) {
    const distance = Math.abs(qp[t]! - pqp);
    if (distance > greatest) greatest = distance;
  }
  return greatest;
}

/** One sweep: solves for each coordinate in turn and renormalizes, keeping Q p and pᵀ Q p up to date. */
function descend(q: Float64Array, p: Float64Array, qp: Float64Array, start: number): void {
  const size = p.length;
  let pqp = start;
  for (let t = 0; t < size; t++) {
    const diagonal = q[t * size + t]!;
    const step = (pqp - qp[t]!) / diagonal;
    const norm = 1 / (1 + step);
    p[t] = p[t]! + step;
    pqp = (pqp + step * (step * diagonal + 2 * qp[t]!)) * norm * norm;
    for (let j = 0; j < size; j++) {
      qp[j] = (qp[j]! + step * q[t * size + j]!) * norm;
      p[j] = p[j]! * norm;
    }
  }
}

// Rounding can leave a probability just below zero and the sum just beside one.
function writeNormalized(p: Float64Array, out: Float64Array, outOffset: number): void {
  let sum = 0;
  for (let t = 0; t < p.length; t++) {
    const value = Math.max(p[t]!, 0);
    out[outOffset + t] = value;
    sum += value;
  }
  for (let t = 0; t < p.length; t++) out[outOffset + t] = out[outOffset + t]! / sum;
}
