import { describe, expect, it } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

describe('createRateLimit', () => {
  it('takes a burst, then so many a second, from each address', () => {
    let now = 0;
    const take = createRateLimit(10, () => now);
    const taken = (address: string) => Array.from({ length: 20 }, () => take(address)).filter(Boolean).length;
    expect(taken('a')).toBe(10);
    expect(taken('b')).toBe(10);
    now = 500;
    expect(taken('a')).toBe(5);
    now = 10_000;
    expect(taken('a')).toBe(10);
  });

  it('remembers a bounded number of addresses, and forgets the oldest', () => {
    const take = createRateLimit(1, () => 0);
    expect(take('first')).toBe(true);
    expect(take('first')).toBe(false);
    for (let index = 0; index < 10_000; index++) take(`address ${index}`);
    expect(take('first')).toBe(true);
    expect(take('address 9999')).toBe(false);
  });
});
