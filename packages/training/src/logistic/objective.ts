/** The objective of logistic regression: mean cross-entropy and an L2 penalty on the coefficients, not on the intercepts. */
import { type DesignMatrix, joinFills, shareFills } from '../design-matrix.ts';
import type { Objective } from './lbfgs.ts';
import { BLOCK_ROWS, createSigmoidLink, createSoftmaxLink, scoreCount, type Targets } from './links.ts';
import { addProducts, addTransposedProducts, type RowRange, SUM_COPIES, sumCopies, type Vectors } from './products.ts';
import { scale, sumAt } from './vectors.ts';

/** What is learned from. */
export interface LogisticProblem extends Targets {
  readonly design: DesignMatrix;
  /** Factor of half the squared length of each score's coefficients. */
  readonly penalty: number;
}

/** Takes the errors of a block of rows: see `Link`. */
type BlockVisitor = (errors: Float64Array, range: RowRange) => void;

/** Computes the errors at a point, block by block, and gives the sum of the weighted cross-entropies. */
export type ErrorWalk = (point: Float64Array, visit: BlockVisitor) => number;

/** Numbers of one score in a point: its coefficients and behind them its intercept. */
export function scoreWidth({ design }: LogisticProblem): number {
  return design.columnCount + 1;
}

/** Builds the walk over the errors of a problem. */
export function createErrorWalk(problem: LogisticProblem): ErrorWalk {
  const { design, classCount } = problem;
  const width = scoreWidth(problem);
  const link = classCount === 2 ? createSigmoidLink(problem) : createSoftmaxLink(problem);
  const scores = blockVectors(new Float64Array(scoreCount(classCount) * BLOCK_ROWS));
  const block = scores.values;

  return function walk(point, visit) {
    const joined = point.slice();
    for (let start = 0; start < point.length; start += width) joinFills(design, joined, start);
    const coefficients = { values: joined, offset: 0, stride: width, count: scores.count };
    let loss = 0;
    for (let first = 0; first < design.rowCount; first += BLOCK_ROWS) {
      const range = { first, end: Math.min(first + BLOCK_ROWS, design.rowCount) };
      for (let score = 0; score < scores.count; score++) {
        block.fill(joined[(score + 1) * width - 1]!, score * BLOCK_ROWS, (score + 1) * BLOCK_ROWS);
      }
      addProducts(design, range, coefficients, scores);
      loss += link(block, first, range.end - first);
      visit(block, range);
    }
    return loss;
  };
}

function blockVectors(values: Float64Array): Vectors {
  return { values, offset: 0, stride: BLOCK_ROWS, count: values.length / BLOCK_ROWS };
}

/** Builds the objective. Cost of an evaluation: rows × scores × (numbers + categories). */
export function createObjective(problem: LogisticProblem, walk: ErrorWalk): Objective {
  const { design, penalty } = problem;
  const width = scoreWidth(problem);
  return {
    evaluate(point, gradient) {
      const values = new Float64Array(SUM_COPIES * point.length);
      const sums = { values, offset: 0, stride: width, count: point.length / width };
      const loss = walk(point, function addGradient(errors, range) {
        addTransposedProducts(design, range, blockVectors(errors), sums, point.length);
        for (let score = 0; score < sums.count; score++) {
          values[(score + 1) * width - 1]! += sumAt(errors, score * BLOCK_ROWS, range.end - range.first);
        }
      });
      gradient.set(sumCopies(values));
      for (let start = 0; start < point.length; start += width) shareFills(design, gradient, start);
      scale(gradient, 1 / design.rowCount);
      return loss / design.rowCount + penalize(point, gradient, width, penalty);
    },
  };
}

function penalize(point: Float64Array, gradient: Float64Array, width: number, penalty: number): number {
  let squares = 0;
  for (let start = 0; start < point.length; start += width) {
    for (let index = start; index < start + width - 1; index++) {
      squares += point[index]! * point[index]!;
      gradient[index]! += penalty * point[index]!;
    }
  }
  return (penalty / 2) * squares;
}
