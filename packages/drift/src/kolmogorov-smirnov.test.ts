import { describe, expect, it } from 'vitest';
import { kolmogorovSurvival } from './kolmogorov-distribution.ts';
import { ksPValue } from './kolmogorov-smirnov.ts';

describe('ksPValue', () => {
  it('is 1 for equal samples and 0 or nearly so for separate ones', () => {
    expect(ksPValue(0, 100, 150)).toBe(1);
    expect(ksPValue(1, 100, 150)).toBeLessThan(1e-60);
    expect(ksPValue(1, 1, 1)).toBe(1);
    expect(ksPValue(1, 1000, 50_000)).toBe(0);
  });

  it.each([
    [150, 150],
    [150, 200],
    [1000, 10_000],
    [1000, 10_001],
    [1000, 1_000_000],
  ])('falls as the distance grows, for %d against %d values, within [0, 1]', (m, n) => {
    let before = 1;
    for (let step = 1; step <= 40; step++) {
      const p = ksPValue((step / 40) * 0.3, m, n);
      expect(p).toBeGreaterThanOrEqual(0);
      expect(p).toBeLessThanOrEqual(before * (1 + 1e-9));
      before = p;
    }
  });

  it('changes little where the exact distribution gives way to the asymptotic one', () => {
    const [exact, asymptotic] = [ksPValue(0.05, 1000, 10_000), ksPValue(0.05, 1000, 10_001)];
    expect(Math.abs(exact / asymptotic - 1)).toBeLessThan(0.05);
  });

  it('has no step where one method of the asymptotic distribution gives way to another', () => {
    for (const n of [30, 140, 141, 909, 1000]) {
      for (let x = 0.02; x < 0.5; x += 0.001) {
        const [here, there] = [kolmogorovSurvival(x, n), kolmogorovSurvival(x + 1e-9, n)];
        expect(Math.abs(here - there)).toBeLessThan(1e-5);
      }
    }
  });
});
