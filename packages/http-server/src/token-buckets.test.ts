import { describe, expect, it } from 'vitest';
import { createTokenBuckets } from './token-buckets.ts';

describe('createTokenBuckets', () => {
  it('takes a burst, then so many a second, from each name', () => {
    let now = 0;
    const { take } = createTokenBuckets(10, 10, () => now);
    const taken = (name: string) => Array.from({ length: 20 }, () => take(name)).filter((wait) => wait === 0).length;
    expect(taken('a')).toBe(10);
    expect(taken('b')).toBe(10);
    now = 500;
    expect(taken('a')).toBe(5);
    now = 10_000;
    expect(taken('a')).toBe(10);
  });

  it('remembers a bounded number of names, and forgets the oldest', () => {
    const { take } = createTokenBuckets(1, 1, () => 0);
    expect(take('first')).toBe(0);
    expect(take('first')).toBe(1);
    for (let index = 0; index < 10_000; index++) take(`name ${index}`);
    expect(take('first')).toBe(0);
    expect(take('name 9999')).toBe(1);
  });

  it('gives a name that is forgotten a full bucket', () => {
    const { take, forget } = createTokenBuckets(1, 1, () => 0);
    take('a');
    take('b');
    forget('a');
    expect([take('a'), take('b')]).toEqual([0, 1]);
  });
});
