import { describe, expect, it } from 'vitest';
import { wilsonInterval } from './wilson-interval.ts';

describe('wilsonInterval', () => {
  // scipy 1.17: binomtest(x, n).proportion_ci(method='wilson'), which uses z = 1.959964.
  it.each([
    [95, 100, 0.8882, 0.9785],
    [1, 10, 0.0179, 0.4042],
    [0, 20, 0, 0.1611],
    [20, 20, 0.8389, 1],
  ])('gives the known interval of %i in %i', (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('knows nothing without trials', () => {
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });

  it('holds the rate, stays within [0, 1] and narrows with more trials', () => {
    for (const trials of [1, 7, 50, 1000]) {
      for (let successes = 0; successes <= trials; successes += Math.ceil(trials / 7)) {
        const { low, high } = wilsonInterval(successes, trials);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low - 1e-12).toBeLessThanOrEqual(successes / trials);
        expect(high + 1e-12).toBeGreaterThanOrEqual(successes / trials);
        const tenfold = wilsonInterval(10 * successes, 10 * trials);
        expect(tenfold.high - tenfold.low).toBeLessThan(high - low);
      }
    }
  });
});
