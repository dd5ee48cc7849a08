import { describe, expect, it } from 'vitest';
import { fitSigmoid, probabilityOf } from './platt.ts';
import { createRandom } from './random.ts';

describe('fitSigmoid', () => {
  it('recovers the sigmoid that labels were drawn from', () => {
    const random = createRandom(1);
    const decisions = Array.from({ length: 20_000 }, () => random.below(6001) / 1000 - 3);
    const positive = decisions.map((decision) => random.below(1_000_000) / 1e6 < 1 / (1 + Math.exp(-2 * decision + 0.5)));
    const { slope, offset } = fitSigmoid(decisions, positive);
    expect(Math.abs(slope + 2)).toBeLessThan(0.1);
    expect(Math.abs(offset - 0.5)).toBeLessThan(0.1);
  });

  it('keeps a finite slope on separable decisions', () => {
    const sigmoid = fitSigmoid([-2, -1, 1, 2], [false, false, true, true]);
    expect(sigmoid.slope).toBeLessThan(0);
    expect(probabilityOf(sigmoid, 2)).toBeGreaterThan(0.6);
    expect(probabilityOf(sigmoid, 2)).toBeLessThan(0.9);
  });

  it('answers the class shares where decisions tell nothing', () => {
    const sigmoid = fitSigmoid([0, 0, 0, 0, 0, 0], [true, false, false, false, false, false]);
    expect(probabilityOf(sigmoid, 0)).toBeCloseTo((2 / 3 + 5 / 7) / 6, 6);
  });
});

describe('probabilityOf', () => {
  it('stays between 0 and 1 for decisions of any size', () => {
    expect(probabilityOf({ slope: -1, offset: 0 }, 1e300)).toBe(1);
    expect(probabilityOf({ slope: -1, offset: 0 }, -1e300)).toBe(0);
  });
});
