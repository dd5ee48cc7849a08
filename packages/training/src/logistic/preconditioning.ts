/** When to take the curvature anew, and how much of it: as much as costs less than the iterations that it saves. */
import { blockPreconditioner, gramStride, hessianPreconditioner, sharedPreconditioner } from './curvature.ts';
import { gramCost } from './gram.ts';
import type { MinimizeOptions } from './lbfgs.ts';
import { BLOCK_ROWS, scoreCount } from './links.ts';
import { type ErrorWalk, type LogisticProblem, scoreWidth } from './objective.ts';

/** Iterations before the curvature is taken where the search has come to; blocks of it say less, and are worth more nearer the end. */
const HESSIAN_INTERVAL = 6;
const BLOCK_INTERVAL = 12;
/** Evaluations of the objective that taking the curvature may cost. */
const MAX_COST = 60;
/** Widest matrix to factorize. */
const MAX_SIZE = 2000;
/** Numbers of all matrices together: 256 MB. */
const MAX_NUMBERS = 32e6;

/**
 * Builds the choice of preconditioners. Of few columns and classes it is the Hessian, and the search ends within some twenty
 * iterations; of more, the Hessian's blocks of one class each, or the Gram matrix alone; of very many columns, none.
 *
 * @param probabilities the shares of the classes, one for each score.
 */
export function createPreconditioning(
  problem: LogisticProblem,
  walk: ErrorWalk,
  probabilities: Float64Array,
): MinimizeOptions['precondition'] {
  const costs = preconditioningCosts(problem);
  const isHessian = costs.hessian <= MAX_COST;
  const cost = isHessian ? costs.hessian : costs.blocks;
  const interval = isHessian ? HESSIAN_INTERVAL : BLOCK_INTERVAL;
  let next = interval;
  return function precondition(point, iteration) {
    if (iteration === 0 && costs.shared <= MAX_COST) return sharedPreconditioner(problem, probabilities);
    if (iteration < next || cost > MAX_COST) return undefined;
    // A second time it pays only when the search takes longer than that.
    next = iteration + Math.max(interval, 2 * cost);
    return (isHessian ? hessianPreconditioner : blockPreconditioner)(problem, walk, point);
  };
}

/** Costs of the preconditioners in evaluations of the objective, counted in multiplications, so that every machine decides alike. */
export function preconditioningCosts(problem: LogisticProblem): Readonly<Record<'shared' | 'blocks' | 'hessian', number>> {
  const { design, classCount } = problem;
  const scores = scoreCount(classCount);
  const width = scoreWidth(problem);
  const evaluation = 2 * design.rowCount * scores * (design.dense.length + design.oneHot.length + 1);
  const cost = (grams: number, matrices: number, size: number) => {
    if (size > MAX_SIZE || matrices * size ** 2 > MAX_NUMBERS) return Number.POSITIVE_INFINITY;
    return (grams * design.rowCount * gramCost(design) + (matrices * size ** 3) / 6) / evaluation;
  };
  return {
    shared: cost(BLOCK_ROWS / gramStride(problem), 1, width),
    blocks: cost(scores, scores, width),
    hessian: cost((scores * (scores + 1)) / 2, 1, scores * width),
  };
}
