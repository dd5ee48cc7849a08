import { describe, expect, it } from 'vitest';
import { median, medianRatio } from './statistics.ts';

describe('figures from rounds', () => {
  it('take the middle', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([7])).toBe(7);
    expect(median([])).toBeNaN();
  });

  it('compare within a round, so that a slow round of both changes nothing', () => {
    expect(medianRatio([20, 22, 4], [10, 11, 2])).toBe(2);
  });
});
