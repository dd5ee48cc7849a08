import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expNegative } from './exponential.ts';

describe('expNegative', () => {
  it('is within 2e-15 of exp(-x), relatively, as far as normal numbers reach', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 707.999, noNaN: true }), (x) => {
        expect(Math.abs(expNegative(x) / Math.exp(-x) - 1)).toBeLessThan(2e-15);
      }),
      { numRuns: 5000 },
    );
  });

  it('is 1 at 0 and falls monotonically over the steps of its table', () => {
    expect(expNegative(0)).toBe(1);
    for (let step = 1; step < 4096; step++) expect(expNegative(step / 2048)).toBeLessThan(expNegative((step - 1) / 2048));
  });

  it.each([708, 1e9, 1e300, Number.POSITIVE_INFINITY])('is 0 at %d', (x) => {
    expect(expNegative(x)).toBe(0);
  });
});
