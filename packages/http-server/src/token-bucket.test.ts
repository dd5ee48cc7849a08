import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenBucket } from './token-bucket.ts';

describe('createTokenBucket', () => {
  it('gives a burst, then so many a second, and says how long to wait', () => {
    let now = 0;
    const take = createTokenBucket(2, 4, () => now);
    expect([take(), take(), take()]).toEqual([0, 0, 0.25]);
    now = 200;
    expect(take()).toBeCloseTo(0.05);
    now = 250;
    expect(take()).toBe(0);
    now = 60_000;
    expect([take(), take(), take()]).toEqual([0, 0, 0.25]);
  });

  it('never gives more than it held and what has come since, however it is asked', () => {
    const waits = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 50 }), waits, (capacity, perSecond, pauses) => {
        let now = 0;
        const take = createTokenBucket(capacity, perSecond, () => now);
        let taken = 0;
        for (const pause of pauses) {
          now += pause;
          if (take() === 0) taken++;
        }
        expect(taken).toBeLessThanOrEqual(capacity + (now * perSecond) / 1000 + 1e-9);
      }),
    );
  });
});
