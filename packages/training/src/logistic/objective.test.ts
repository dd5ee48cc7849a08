import { describe, expect, it } from 'vitest';
import type { DesignMatrix } from '../design-matrix.ts';
import { hessianPreconditioner } from './curvature.ts';
import { createErrorWalk, createObjective, type LogisticProblem } from './objective.ts';

const ROWS = 300;

/** Two numbers and a category whose second level stands in for a missing one. */
function createProblem(classCount: number): LogisticProblem {
  const dense = [0, 1].map((column) => ({
    column,
    values: Float64Array.from({ length: ROWS }, (_, row) => Math.sin(row * (column + 1)) * 2),
  }));
  const oneHot = [{ column: 2, codes: Uint16Array.from({ length: ROWS }, (_, row) => row % 4), levelCount: 3, fill: 1 }];
  const design: DesignMatrix = { rowCount: ROWS, columnCount: 6, dense, oneHot };
  const labels = Int32Array.from({ length: ROWS }, (_, row) => (row * row) % classCount);
  const classWeights = Float64Array.from({ length: classCount }, (_, index) => 1 + index / 4);
  return { design, labels, classCount, classWeights, penalty: 0.01 };
}

function evaluatorOf(problem: LogisticProblem) {
  const objective = createObjective(problem, createErrorWalk(problem));
  return function evaluate(point: Float64Array) {
    const gradient = new Float64Array(point.length);
    return { value: objective.evaluate(point, gradient), gradient };
  };
}

function examplePoint(classCount: number): Float64Array<ArrayBuffer> {
  return Float64Array.from({ length: 7 * (classCount === 2 ? 1 : classCount) }, (_, index) => Math.cos(index * 3));
}

describe.each([2, 3, 5])('the objective of %d classes', (classCount) => {
  const problem = createProblem(classCount);
  const evaluate = evaluatorOf(problem);
  const point = examplePoint(classCount);

  it('has the gradient that differences of its value give', () => {
    const { gradient } = evaluate(point);
    gradient.forEach((slope, index) => {
      const step = 1e-5;
      const [before, after] = [point.slice(), point.slice()];
      before[index]! -= step;
      after[index]! += step;
      expect(slope).toBeCloseTo((evaluate(after).value - evaluate(before).value) / (2 * step), 7);
    });
  });

  it('has the curvature that differences of its gradient give', () => {
    const invert = hessianPreconditioner(problem, createErrorWalk(problem), point);
    const direction = point.map((_, index) => Math.sin(index + 1));
    // All intercepts together change nothing: nothing can be recovered of such a direction.
    if (classCount > 2) for (let last = 6; last < direction.length; last += 7) direction[last] = 0;
    const step = 1e-5;
    const moved = (sign: number) => evaluate(point.map((value, index) => value + sign * step * direction[index]!)).gradient;
    const [before, after] = [moved(-1), moved(1)];
    const product = after.map((value, index) => (value - before[index]!) / (2 * step));
    invert(product);
    const shift = classCount > 2 ? product[6]! : 0;
    direction.forEach((value, index) => {
      expect(product[index]! - (index % 7 === 6 ? shift : 0)).toBeCloseTo(value, 3);
    });
  });

  it('is the cross-entropy of even odds where all coefficients are 0', () => {
    const { value } = evaluate(new Float64Array(point.length));
    const weight = problem.labels.reduce((sum, label) => sum + problem.classWeights[label]!, 0);
    expect(value).toBeCloseTo((weight * Math.log(classCount)) / ROWS, 12);
  });

  it('stays finite at scores that no exponential holds', () => {
    const { value, gradient } = evaluate(point.map((coefficient) => coefficient * 1e6));
    expect(value).toBeGreaterThan(1e4);
    for (const slope of gradient) expect(slope).toBeLessThan(Number.POSITIVE_INFINITY);
  });
});
