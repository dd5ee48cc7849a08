import { describe, expect, it, vi } from 'vitest';
import { solveMargin } from './smo.ts';

/** The kernel matrix of points on a line. */
function kernelOf(points: readonly number[]) {
  const rows = points.map((point) => Float32Array.from(points, (other) => Math.exp(-((point - other) ** 2))));
  return { row: (index: number) => rows[index]! };
}

/** Every row of a problem whose first rows are of the first class. */
function problemOf(points: readonly number[], firstCount: number, cost: number) {
  return {
    kernel: kernelOf(points),
    rows: Int32Array.from(points.keys()),
    signs: Int8Array.from(points, (_, row) => (row < firstCount ? 1 : -1)),
    costs: new Float64Array(points.length).fill(cost),
    tol: 1e-3,
  };
}

const POINTS = Array.from({ length: 60 }, (_, row) => Math.sin(row * row) * 2 + (row < 30 ? 0.7 : -0.7));

describe('solveMargin', () => {
  it('of two points puts the margin in the middle', async () => {
    const { coefficients, rho } = await solveMargin(problemOf([0, 4], 1, 100));
    // 1 / (1 - k): each decision is 1 or -1.
    expect(coefficients[0]).toBeCloseTo(1 / (1 - Math.exp(-16)), 6);
    expect(coefficients[1]).toBeCloseTo(-coefficients[0]!, 12);
    expect(rho).toBeCloseTo(0, 12);
  });

  it.each([0.1, 1, 100])('fulfils the conditions of an optimum within the tolerance at cost %d', async (cost) => {
    const problem = problemOf(POINTS, 30, cost);
    const { coefficients, rho } = await solveMargin(problem);
    expect(coefficients.reduce((sum, value) => sum + value)).toBeCloseTo(0, 9);
    coefficients.forEach((coefficient, row) => {
      const sign = problem.signs[row]!;
      const alpha = sign * coefficient;
      const decision = coefficients.reduce((sum, other, at) => sum + other * problem.kernel.row(row)[at]!, -rho);
      expect(alpha).toBeGreaterThanOrEqual(0);
      expect(alpha).toBeLessThanOrEqual(cost);
      // Beyond the margin: no coefficient; inside: the whole cost; on it: anything.
      if (alpha < cost) expect(sign * decision).toBeGreaterThan(1 - 2e-3);
      if (alpha > 0) expect(sign * decision).toBeLessThan(1 + 2e-3);
    });
  });

  it('learns from the rows that it is given, in their order, and leaves the others out', async () => {
    const all = problemOf(POINTS, 30, 1);
    const kept = POINTS.flatMap((_, row) => (row % 3 === 0 ? [] : [row]));
    const some = { ...all, rows: Int32Array.from(kept), signs: Int8Array.from(kept, (row) => all.signs[row]!) };
    const alone = problemOf(
      kept.map((row) => POINTS[row]!),
      kept.filter((row) => row < 30).length,
      1,
    );
    expect(await solveMargin({ ...some, costs: alone.costs })).toEqual(await solveMargin(alone));
  });

  it('bounds each class by its own cost', async () => {
    const problem = problemOf(POINTS, 30, 1);
    const costs = Float64Array.from(problem.signs, (sign) => (sign === 1 ? 0.25 : 4));
    const { coefficients } = await solveMargin({ ...problem, costs });
    expect(coefficients.reduce((most, value) => Math.max(most, value), 0)).toBe(0.25);
    expect(coefficients.reduce((least, value) => Math.min(least, value), 0)).toBeLessThan(-1);
  });

  it('can be stopped from outside', async () => {
    const points = Array.from({ length: 400 }, (_, row) => Math.sin(row * row));
    const onStep = vi.fn(() => {
      throw new Error('stop');
    });
    await expect(solveMargin({ ...problemOf(points, 200, 1e5), onStep })).rejects.toThrow('stop');
  });

  it('ends on rows without any difference', async () => {
    const { coefficients, rho } = await solveMargin(problemOf([3, 3, 3], 2, 1));
    for (const value of coefficients) expect(Number.isFinite(value)).toBe(true);
    expect(Number.isFinite(rho)).toBe(true);
  });
});
