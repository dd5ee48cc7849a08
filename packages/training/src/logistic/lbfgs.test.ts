import { describe, expect, it } from 'vitest';
import { minimize, type Objective } from './lbfgs.ts';

/** Half of Σ curvature × (x - 1)², with curvatures from 1 to 100. */
const BOWL: Objective = {
  evaluate(point, gradient) {
    let value = 0;
    point.forEach((x, index) => {
      const curvature = 10 ** ((2 * index) / (point.length - 1));
      gradient[index] = curvature * (x - 1);
      value += (curvature * (x - 1) ** 2) / 2;
    });
    return value;
  },
};

/** Convex, flat far away and steep at its minimum 3: whole steps overshoot. */
const VALLEY: Objective = {
  evaluate(point, gradient) {
    const distance = point[0]! - 3;
    gradient[0] = distance / Math.sqrt(1e-4 + distance ** 2);
    return Math.sqrt(1e-4 + distance ** 2);
  },
};

const OPTIONS = { maxIter: 200, tol: 1e-9, precondition: () => undefined };

describe('minimize', () => {
  it('finds the minimum of a bowl that is steeper one way than the other', async () => {
    const { point, gradientNorm, iterations } = await minimize(BOWL, new Float64Array(20), OPTIONS);
    for (const value of point) expect(value).toBeCloseTo(1, 8);
    expect(gradientNorm).toBeLessThanOrEqual(1e-9);
    expect(iterations).toBeLessThan(120);
  });

  it('needs one step when the preconditioner knows the curvature', async () => {
    const precondition = () => (vector: Float64Array) => {
      vector.forEach((value, index) => {
        vector[index] = value / 10 ** ((2 * index) / 19);
      });
    };
    expect((await minimize(BOWL, new Float64Array(20), { ...OPTIONS, precondition })).iterations).toBe(1);
  });

  it('shortens and lengthens steps as the slope asks for', async () => {
    for (const start of [-1000, 2.9, 50]) {
      expect((await minimize(VALLEY, Float64Array.of(start), OPTIONS)).point[0]).toBeCloseTo(3, 8);
    }
  });

  it('ends at once where the gradient is small, and after maxIter', async () => {
    const start = Float64Array.from({ length: 20 }, () => 1);
    expect((await minimize(BOWL, start, OPTIONS)).iterations).toBe(0);
    expect((await minimize(BOWL, new Float64Array(20), { ...OPTIONS, maxIter: 3 })).iterations).toBe(3);
    expect([...start]).toEqual(new Array(20).fill(1));
  });

  it('goes no further when rounding hides the descent', async () => {
    const { gradientNorm } = await minimize(BOWL, new Float64Array(20), { ...OPTIONS, tol: 0 });
    expect(gradientNorm).toBeLessThan(1e-7);
  });

  it('can be stopped from outside', async () => {
    const onIteration = (iteration: number) => {
      if (iteration === 2) throw new Error('stop');
    };
    await expect(minimize(BOWL, new Float64Array(20), { ...OPTIONS, onIteration })).rejects.toThrow('stop');
  });
});
