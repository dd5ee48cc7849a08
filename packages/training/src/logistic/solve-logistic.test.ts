import { describe, expect, it } from 'vitest';
import type { DesignMatrix } from '../design-matrix.ts';
import { type LogisticRequest, solveLogistic } from './solve-logistic.ts';

function request(change: Partial<LogisticRequest> & Pick<LogisticRequest, 'design' | 'labels' | 'classCount'>): LogisticRequest {
  const classWeights = new Float64Array(change.classCount).fill(1);
  return { c: 1, maxIter: 1000, tol: 1e-8, classWeights, ...change };
}

function numbers(...columns: readonly (readonly number[])[]): DesignMatrix {
  const dense = columns.map((values, column) => ({ column, values: Float64Array.from(values) }));
  return { rowCount: columns[0]!.length, columnCount: columns.length, dense, oneHot: [] };
}

const LEVELS = [0, 1, 2, 0, 1, 2, 2, 1];
const CATEGORY: DesignMatrix = {
  rowCount: 8,
  columnCount: 3,
  dense: [],
  oneHot: [{ column: 0, codes: Uint16Array.from(LEVELS), levelCount: 3, fill: undefined }],
};

describe('solveLogistic', () => {
  it('penalizes coefficients, not intercepts', async () => {
    const { coefficients, intercepts } = await solveLogistic(
      request({ design: numbers([-1, 1, -1, 1, 1, 1]), labels: Int32Array.of(0, 0, 0, 0, 0, 1), classCount: 2, c: 1e-6 }),
    );
    for (const coefficient of coefficients) expect(Math.abs(coefficient)).toBeLessThan(1e-4);
    expect(intercepts[0]! - intercepts[1]!).toBeCloseTo(Math.log(5), 5);
  });

  it('learns of codes what it learns of columns of 0 and 1', async () => {
    const columns = [0, 1, 2].map((level) => LEVELS.map((other) => Number(other === level)));
    for (const [classCount, labels] of [
      [2, Int32Array.of(0, 0, 1, 1, 0, 1, 1, 1)],
      [3, Int32Array.of(0, 0, 1, 2, 0, 1, 2, 1)],
    ] as const) {
      const codes = await solveLogistic(request({ design: CATEGORY, labels, classCount }));
      const dense = await solveLogistic(request({ design: numbers(...columns), labels, classCount }));
      codes.coefficients.forEach((value, index) => {
        expect(value).toBeCloseTo(dense.coefficients[index]!, 6);
      });
    }
  });

  it('gives coefficients and intercepts that sum to 0 over the classes', async () => {
    for (const [classCount, labels] of [
      [2, Int32Array.of(0, 0, 1, 1, 0, 1, 1, 1)],
      [3, Int32Array.of(0, 0, 1, 2, 0, 1, 2, 1)],
    ] as const) {
      const { coefficients, intercepts } = await solveLogistic(request({ design: CATEGORY, labels, classCount }));
      expect(intercepts.reduce((sum, value) => sum + value)).toBeCloseTo(0, 12);
      for (let column = 0; column < 3; column++) {
        expect(coefficients.filter((_, index) => index % 3 === column).reduce((sum, value) => sum + value)).toBeCloseTo(0, 6);
      }
    }
  });

  it('weighs a class as if its rows were there so many times', async () => {
    const rows = [-2, -1, 0.5, 1, 2];
    const labels = [0, 0, 1, 0, 1];
    const repeated = rows.flatMap((row, index) => (labels[index] === 1 ? [row, row, row] : [row]));
    const repeatedLabels = labels.flatMap((label) => (label === 1 ? [1, 1, 1] : [0]));
    const classWeights = Float64Array.of(1, 3);
    const weighted = await solveLogistic(
      request({ design: numbers(rows), labels: Int32Array.from(labels), classCount: 2, classWeights, c: 1 }),
    );
    const many = await solveLogistic(
      request({ design: numbers(repeated), labels: Int32Array.from(repeatedLabels), classCount: 2, c: 1 }),
    );
    expect(weighted.coefficients[1]).toBeCloseTo(many.coefficients[1]!, 6);
    expect(weighted.intercepts[1]).toBeCloseTo(many.intercepts[1]!, 6);
  });

  it('does not diverge on columns that say the same, or on rows that a line separates', async () => {
    const column = Array.from({ length: 40 }, (_, row) => row / 10 - 2);
    const labels = Int32Array.from(column, (value) => Number(value > 0));
    const { coefficients, gradient } = await solveLogistic(
      request({ design: numbers(...new Array<number[]>(60).fill(column)), labels, classCount: 2, c: 1e6 }),
    );
    expect(gradient).toBeLessThan(1e-8);
    for (const value of coefficients.slice(60)) expect(value).toBeCloseTo(coefficients[60]!, 1);
    expect(coefficients[60]).toBeGreaterThan(0);
  });

  it('says how far it came when stopped early', async () => {
    const labels = Int32Array.of(0, 0, 1, 2, 0, 1, 2, 1);
    const { iterations, gradient } = await solveLogistic(request({ design: CATEGORY, labels, classCount: 3, maxIter: 1 }));
    expect(iterations).toBe(1);
    expect(gradient).toBeGreaterThan(1e-8);
  });
});
