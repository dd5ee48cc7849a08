import { describe, expect, it } from 'vitest';
import type { DesignMatrix } from '../design-matrix.ts';
import { minimize } from './lbfgs.ts';
import { createErrorWalk, createObjective, type LogisticProblem } from './objective.ts';
import { createPreconditioning, preconditioningCosts } from './preconditioning.ts';

function createProblem(columns: number, classCount: number, rowCount = 400): LogisticProblem {
  const dense = Array.from({ length: columns }, (_, column) => ({
    column,
    // All columns say nearly the same, which a search without curvature is slow on.
    values: Float64Array.from({ length: rowCount }, (__, row) => Math.sin(row) + Math.sin(row * (column + 2)) / 20),
  }));
  const design: DesignMatrix = { rowCount, columnCount: columns, dense, oneHot: [] };
  const labels = Int32Array.from(
    { length: rowCount },
    (_, row) => Math.floor((Math.sin(row) + 1) * 0.499 * classCount + row / 7) % classCount,
  );
  return { design, labels, classCount, classWeights: new Float64Array(classCount).fill(1), penalty: 1 / rowCount };
}

describe('preconditioning', () => {
  it.each([2, 4])('finds the same minimum of %d classes in fewer iterations', async (classCount) => {
    const problem = createProblem(12, classCount);
    const walk = createErrorWalk(problem);
    const objective = createObjective(problem, walk);
    const scores = classCount === 2 ? 1 : classCount;
    const start = new Float64Array(scores * 13);
    const options = { maxIter: 5000, tol: 1e-8 };
    const plain = await minimize(objective, start, { ...options, precondition: () => undefined });
    const shares = new Float64Array(scores).fill(1 / classCount);
    const helped = await minimize(objective, start, { ...options, precondition: createPreconditioning(problem, walk, shares) });
    expect(helped.iterations).toBeLessThan(0.5 * plain.iterations);
    expect(helped.gradientNorm).toBeLessThanOrEqual(1e-8);
    const gradient = new Float64Array(start.length);
    expect(objective.evaluate(helped.point, gradient)).toBeCloseTo(objective.evaluate(plain.point, gradient), 10);
  });

  it('takes what few evaluations of the objective pay for', async () => {
    expect(preconditioningCosts(createProblem(10, 2)).hessian).toBeLessThan(10);
    const manyClasses = preconditioningCosts(createProblem(10, 40));
    expect(manyClasses.hessian).toBeGreaterThan(60);
    expect(manyClasses.blocks).toBeLessThan(60);
  });

  it('takes no matrices that memory does not hold, however many rows pay for them', () => {
    const of = (columnCount: number, classCount: number) => {
      const problem = createProblem(1, classCount, 4);
      return preconditioningCosts({ ...problem, design: { ...problem.design, rowCount: 1e12, columnCount } });
    };
    expect(of(2500, 2).shared).toBe(Number.POSITIVE_INFINITY);
    expect(of(1500, 4).blocks).toBeLessThan(60);
    expect(of(1500, 40)).toMatchObject({ blocks: Number.POSITIVE_INFINITY, hessian: Number.POSITIVE_INFINITY });
  });
});
