import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

describe('backoffMs', () => {
  it('doubles up to the longest', () => {
    const times = [1, 2, 3, 4, 5, 1000, 5000].map((failures) => backoffMs(failures, 100, 1000, 1));
    expect(times).toEqual([100, 200, 400, 800, 1000, 1000, 1000]);
  });

  it('varies between half of the time and all of it', () => {
    expect(backoffMs(3, 100, 1000, 0)).toBe(200);
    expect(backoffMs(3, 100, 1000, 0.5)).toBe(300);
  });
});
