/** Preconditioners from the curvature of the objective. */
import { factorize, solve } from './cholesky.ts';
import { createGram, type Gram } from './gram.ts';
import type { Preconditioner } from './lbfgs.ts';
import { BLOCK_ROWS } from './links.ts';
import { type ErrorWalk, type LogisticProblem, scoreWidth } from './objective.ts';
import type { RowRange } from './products.ts';
import { scale } from './vectors.ts';

/** Intercepts of all classes may grow together and nothing changes: keeps that direction from being a flat one. */
const RIDGE = 1e-7;

/** Rows for each column that the first Gram matrix is summed over at most: more do not make the search shorter. */
const GRAM_ROWS_PER_COLUMN = 20;

/** Two scores, the first not before the second, whose block of the Hessian is asked for. */
type ScorePair = readonly [number, number];

/** The inverse Hessian at a point, so that the next step is Newton's. Cost: rows × pairs of scores × `gramCost`, and size³ / 6. */
export function hessianPreconditioner(problem: LogisticProblem, walk: ErrorWalk, point: Float64Array): Preconditioner {
  const width = scoreWidth(problem);
  const size = point.length;
  const hessian = new Float64Array(size * size);
  const pairs = Array.from({ length: size / width }, (_, first) =>
    Array.from({ length: first + 1 }, (__, second): ScorePair => [first, second]),
  ).flat();
  hessianBlocks(problem, walk, point, pairs).forEach((block, index) => {
    const [first, second] = pairs[index]!;
    for (let row = 0; row < width; row++) {
      hessian.set(block.subarray(row * width, (row + 1) * width), (first * width + row) * size + second * width);
    }
  });
  factorize(hessian, size);
  return function apply(vector) {
    solve(hessian, size, vector, 0);
  };
}

/** The inverse of each score's own block of the Hessian. Cost: rows × scores × `gramCost`, and scores × columns³ / 6. */
export function blockPreconditioner(problem: LogisticProblem, walk: ErrorWalk, point: Float64Array): Preconditioner {
  const width = scoreWidth(problem);
  const pairs = Array.from({ length: point.length / width }, (_, score): ScorePair => [score, score]);
  const blocks = hessianBlocks(problem, walk, point, pairs);
  for (const block of blocks) factorize(block, width);
  return function apply(vector) {
    blocks.forEach((block, score) => {
      solve(block, width, vector, score * width);
    });
  };
}

/** Distance of the blocks of rows that `sharedPreconditioner` looks at. */
export function gramStride(problem: LogisticProblem): number {
  const needed = GRAM_ROWS_PER_COLUMN * scoreWidth(problem);
  return BLOCK_ROWS * Math.max(1, Math.floor(problem.design.rowCount / needed));
}

/**
 * The blocks of where nothing is known but the shares of the classes: one factor for all, as they differ by a number only, of as many
 * rows as it takes. Cost: these rows × `gramCost`, and columns³ / 6.
 *
 * @param probabilities one for each score.
 */
export function sharedPreconditioner(problem: LogisticProblem, probabilities: Float64Array): Preconditioner {
  const { design, labels, classWeights, penalty } = problem;
  const width = scoreWidth(problem);
  const curvatures = probabilities.map((probability) => probability * (1 - probability));
  const gram = createGram(design);
  const weights = new Float64Array(BLOCK_ROWS);
  let seen = 0;
  for (let first = 0; first < design.rowCount; first += gramStride(problem)) {
    const range = { first, end: Math.min(first + BLOCK_ROWS, design.rowCount) };
    seen += range.end - first;
    for (let row = first; row < range.end; row++) weights[row - first] = classWeights[labels[row]!]!;
    gram.add(range, weights);
  }
  const mean = curvatures.reduce((sum, value) => sum + value) / curvatures.length;
  const factor = finishBlock(gram, seen, penalty / mean);
  factorize(factor, width);
  return function apply(vector) {
    curvatures.forEach((curvature, score) => {
      solve(factor, width, vector, score * width);
      for (let index = score * width; index < (score + 1) * width; index++) vector[index]! /= curvature;
    });
  };
}

function hessianBlocks(
  problem: LogisticProblem,
  walk: ErrorWalk,
  point: Float64Array,
  pairs: readonly ScorePair[],
): Float64Array[] {
  const { design, penalty } = problem;
  const grams = pairs.map(() => createGram(design));
  const weights = new Float64Array(BLOCK_ROWS);
  walk(point, function addBlocks(errors, range) {
    restoreProbabilities(problem, errors, range);
    pairs.forEach((pair, index) => {
      writeWeights(problem, errors, range, pair, weights);
      grams[index]!.add(range, weights);
    });
  });
  return grams.map((gram, index) => {
    const [first, second] = pairs[index]!;
    return first === second ? finishBlock(gram, design.rowCount, penalty) : finishBlock(gram, design.rowCount, 0, 0);
  });
}

/** Turns weighted errors back into probabilities, in place. */
function restoreProbabilities({ labels, classWeights }: LogisticProblem, errors: Float64Array, { first, end }: RowRange): void {
  const isSingle = errors.length === BLOCK_ROWS;
  for (let start = 0, score = 0; start < errors.length; start += BLOCK_ROWS, score++) {
    for (let row = first; row < end; row++) {
      const label = labels[row]!;
      const target = isSingle ? label : Number(label === score);
      errors[start + row - first] = errors[start + row - first]! / classWeights[label]! + target;
    }
  }
}

/** The second derivative of each row's cross-entropy by two scores: p (1 - p) of one and the same, else -p q. */
function writeWeights(
  { labels, classWeights }: LogisticProblem,
  probabilities: Float64Array,
  { first, end }: RowRange,
  [score, other]: ScorePair,
  out: Float64Array,
): void {
  const same = Number(score === other);
  for (let place = 0; place < end - first; place++) {
    const p = probabilities[score * BLOCK_ROWS + place]!;
    const q = probabilities[other * BLOCK_ROWS + place]!;
    out[place] = classWeights[labels[first + place]!]! * p * (same - q);
  }
}

function finishBlock(gram: Gram, rowCount: number, penalty: number, ridge = RIDGE): Float64Array {
  const block = gram.sum();
  scale(block, 1 / rowCount);
  const width = Math.sqrt(block.length);
  for (let index = 0; index < width; index++) block[index * (width + 1)]! += index < width - 1 ? penalty : ridge;
  return block;
}
