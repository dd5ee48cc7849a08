import { describe, expect, it } from 'vitest';
import { createStream } from './stream.ts';

function draw(seed: number, index: number, count: number, bound: number): number[] {
  const stream = createStream(seed, index);
  return Array.from({ length: count }, () => stream.below(bound));
}

describe('the stream of a tree', () => {
  it('is the same for the same seed and tree, and another for another of either', () => {
    expect(draw(1, 2, 20, 1000)).toEqual(draw(1, 2, 20, 1000));
    const first = [0, 1, 2, 3].flatMap((seed) => [0, 1, 2, 3].map((index) => draw(seed, index, 20, 1000).join()));
    expect(new Set(first).size).toBe(16);
  });

  it('draws each number about as often, also over the first draws of many trees', () => {
    const counts = (numbers: readonly number[]) =>
      numbers.reduce((sums, number) => sums.with(number, sums[number]! + 1), Array<number>(10).fill(0));
    const chiSquare = (numbers: readonly number[]) =>
      counts(numbers).reduce((sum, count) => sum + (count - numbers.length / 10) ** 2 / (numbers.length / 10), 0);
    const first = Array.from({ length: 10_000 }, (_, index) => draw(42, index, 1, 10)[0]!);
    // The 99.9 % point of nine degrees of freedom.
    expect(chiSquare(first)).toBeLessThan(27.9);
    expect(chiSquare(draw(42, 0, 10_000, 10))).toBeLessThan(27.9);
  });

  it('stays below its bound', () => {
    expect(Math.max(...draw(7, 7, 10_000, 3))).toBe(2);
    expect(draw(7, 7, 5, 1)).toEqual([0, 0, 0, 0, 0]);
  });
});
