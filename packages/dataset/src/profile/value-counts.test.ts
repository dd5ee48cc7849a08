import { describe, expect, it } from 'vitest';
import { createValueCounter } from './value-counts.ts';

function count(values: Iterable<string>, keep = true) {
  const counter = createValueCounter();
  for (const value of values) counter.add(value, keep);
  return counter.summary();
}

const many = (amount: number, name: (index: number) => string) => Array.from({ length: amount }, (_, index) => name(index));

describe('counting values', () => {
  it('counts every value while they are few', () => {
    expect(count(['a', 'b', 'a'])).toEqual({
      distinct: 2,
      isComplete: true,
      counts: new Map([
        ['a', 2],
        ['b', 1],
      ]),
      hasRepeats: true,
    });
    expect(count(many(2000, String))).toMatchObject({ distinct: 2000, isComplete: true, hasRepeats: false });
  });

  it.each([5000, 100_000])('estimates %i different values to some per cent, however often each occurs', (amount) => {
    const once = count(many(amount, (index) => `user ${index}`));
    expect(Math.abs(once.distinct / amount - 1)).toBeLessThan(0.1);
    const thrice = count([1, 2, 3].flatMap(() => many(amount, (index) => `user ${index}`)));
    expect(thrice.distinct).toBe(once.distinct);
    expect([once.hasRepeats, thrice.hasRepeats]).toEqual([false, true]);
  });

  it('keeps the frequent values among many rare ones, wherever they stand', () => {
    const rare = many(60_000, (index) => `rare ${index}`);
    const values = rare.flatMap((value, index) => (index > 30_000 && index % 10 === 0 ? [value, 'late'] : [value]));
    const { counts } = count(values);
    expect(counts.get('late')).toBeGreaterThan(2500);
    expect(counts.size).toBeLessThanOrEqual(8001);
    expect([...counts].sort(([, first], [, second]) => second - first)[0]![0]).toBe('late');
  });

  it('keeps no frequent values of numbers', () => {
    expect(count(many(50_000, String), false).counts.size).toBe(0);
  });

  it('keeps the beginning of long values, and tells them apart all the same', () => {
    const { distinct, counts } = count(['x'.repeat(60_000), `${'x'.repeat(60_000)}y`]);
    expect(distinct).toBe(2);
    for (const value of counts.keys()) expect(value.length).toBeLessThan(300);
  });
});
