/** Fits the coefficients of a logistic regression. */
import type { DesignMatrix } from '../design-matrix.ts';
import { minimize } from './lbfgs.ts';
import { scoreCount } from './links.ts';
import { createErrorWalk, createObjective, type LogisticProblem, scoreWidth } from './objective.ts';
import { createPreconditioning } from './preconditioning.ts';
import { scale, sumAt } from './vectors.ts';

/** What to minimize, and how far. */
export interface LogisticRequest {
  readonly design: DesignMatrix;
  /** Class index of each row; every class has one. */
  readonly labels: Int32Array;
  readonly classCount: number;
  /** How much the rows of each class count. */
  readonly classWeights: Float64Array;
  /** Inverse strength of the penalty. */
  readonly c: number;
  readonly maxIter: number;
  /** Greatest component of the gradient to end at. */
  readonly tol: number;
  /** Called after each iteration and awaited; may throw to stop. */
  readonly onIteration?: ((iteration: number) => void | Promise<void>) | undefined;
}

/** Where the search ended. */
export interface LogisticSolution {
  /** `classCount` × columns, row-major; they sum to 0 over the classes. */
  readonly coefficients: number[];
  /** One for each class; they sum to 0. */
  readonly intercepts: number[];
  readonly iterations: number;
  /** Greatest component of the gradient. */
  readonly gradient: number;
}

/**
 * Minimizes the mean of the weighted cross-entropies + ‖W‖² / (2·C·n).
 *
 * Two classes have one score, the second's less the first's: the same minimum as of two coefficient vectors, whose sum a penalty
 * brings to 0, at half the cost.
 */
export async function solveLogistic({ c, maxIter, tol, onIteration, ...targets }: LogisticRequest): Promise<LogisticSolution> {
  const { classCount, design } = targets;
  // The two coefficient vectors of two classes are opposites: half of one vector each, whose squares sum to half of its square.
  const penalty = (classCount === 2 ? 0.5 : 1) / (c * design.rowCount);
  const problem: LogisticProblem = { ...targets, penalty };
  const walk = createErrorWalk(problem);
  const shares = classShares(problem);
  const probabilities = classCount === 2 ? shares.subarray(1) : shares;
  const { point, iterations, gradientNorm } = await minimize(createObjective(problem, walk), startAt(problem, shares), {
    maxIter,
    tol,
    precondition: createPreconditioning(problem, walk, probabilities),
    onIteration,
  });
  return { ...splitPoint(point, problem), iterations, gradient: gradientNorm };
}

function classShares({ labels, classWeights, classCount }: LogisticProblem): Float64Array {
  const shares = new Float64Array(classCount);
  for (let row = 0; row < labels.length; row++) shares[labels[row]!]! += classWeights[labels[row]!]!;
  scale(shares, 1 / sumAt(shares, 0, classCount));
  return shares;
}

/** No coefficients yet, and the intercepts that give each row the shares of the classes. */
function startAt(problem: LogisticProblem, shares: Float64Array): Float64Array {
  const width = scoreWidth(problem);
  const scores = scoreCount(problem.classCount);
  const start = new Float64Array(scores * width);
  if (scores === 1) start[width - 1] = Math.log(shares[1]! / shares[0]!);
  else for (let score = 0; score < scores; score++) start[(score + 1) * width - 1] = Math.log(shares[score]!);
  return start;
}

function splitPoint(point: Float64Array, problem: LogisticProblem): Pick<LogisticSolution, 'coefficients' | 'intercepts'> {
  const width = scoreWidth(problem);
  const rows = Array.from({ length: point.length / width }, (_, score) => [
    ...point.subarray(score * width, (score + 1) * width),
  ]);
  const scores = rows.length === 1 ? [rows[0]!.map((value) => -value / 2), rows[0]!.map((value) => value / 2)] : rows;
  const intercepts = scores.map((row) => row[width - 1]!);
  // Probabilities know only how they differ.
  const mean = intercepts.reduce((sum, value) => sum + value) / intercepts.length;
  return { coefficients: scores.flatMap((row) => row.slice(0, -1)), intercepts: intercepts.map((value) => value - mean) };
}
