import { describe, expect, it } from 'vitest';
import { binEdges, categoricalDistribution, numericDistribution } from './distribution.ts';

const once = (...values: readonly number[]) => values.map((value) => [value, 1] as const);
const sum = (shares: readonly number[]) => shares.reduce((total, share) => total + share, 0);

describe('binEdges', () => {
  it.each([
    [0.1, 2.5, [0, 0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8, 2, 2.2, 2.4, 2.6]],
    [0, 10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
    [1, 72, [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75]],
    [-3, -1, [-3, -2.8, -2.6, -2.4, -2.2, -2, -1.8, -1.6, -1.4, -1.2, -1, -0.8]],
    [1_700_000_000_000, 1_700_000_000_900, [0, 50, 100, 150, 200, 250, 300].map((ms) => 1_700_000_000_000 + ms)],
  ])('from %d to %d are numbers that people read', (low, high, edges) => {
    expect(binEdges(low, high).slice(0, edges.length)).toEqual(edges);
    expect(binEdges(low, high).length).toBeLessThanOrEqual(21);
  });

  it.each([
    [7, 7],
    [0, 0],
    [-0.003, -0.003],
    [-Number.MAX_VALUE, Number.MAX_VALUE],
    [0, Number.MIN_VALUE],
    [1e15, 1e15 + 1],
    [3, 3 + 1e-12],
    [-Number.MAX_VALUE, -Number.MAX_VALUE],
  ])('ascend and hold the range from %d to %d', (low, high) => {
    const edges = binEdges(low, high);
    expect(edges[0]).toBeLessThanOrEqual(low);
    expect(edges.at(-1)).toBeGreaterThanOrEqual(high);
    expect(edges.every((edge, index) => index === 0 || edge > edges[index - 1]!)).toBe(true);
    expect(edges.every(Number.isFinite)).toBe(true);
  });
});

describe('numericDistribution', () => {
  it('has both sides over the same bins, and what lies outside of the reference beside them', () => {
    const { edges, reference, current } = numericDistribution(once(0, 1, 2, 3), once(-5, 0, 0.99, 1, 3.99, 4, 1000));
    expect(edges[0]).toBe(0);
    expect([reference.length, current.length]).toEqual([edges.length + 1, edges.length + 1]);
    expect([sum(reference), sum(current)]).toEqual([1, expect.closeTo(1, 12)]);
    expect([reference[0], reference.at(-1)]).toEqual([0, 0]);
    expect([current[0], current.at(-1)]).toEqual([1 / 7, 2 / 7]);
  });

  it('puts a value at an edge into the bin above it, tenths too', () => {
    const { edges, reference } = numericDistribution(once(0.1, 0.2, 0.3, 0.7, 1.9), []);
    const places = [0.1, 0.2, 0.3, 0.7, 1.9].map((value) => edges.indexOf(value));
    expect(places).not.toContain(-1);
    expect(reference.flatMap((share, place) => (share > 0 ? [place - 1] : []))).toEqual(places);
  });

  it('has bins of at least 1 for whole numbers', () => {
    expect(numericDistribution(once(0, 1, 8), []).edges).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(numericDistribution(once(7), once(7, 8)).edges).toEqual([7, 8]);
    expect(numericDistribution(once(0, 0.5, 8), []).edges).toHaveLength(18);
  });

  it('is all 0 on a side without a value', () => {
    expect(sum(numericDistribution(once(1, 2), []).current)).toBe(0);
  });
});

describe('categoricalDistribution', () => {
  it('keeps the order of the reference, and counts the unknown as others', () => {
    expect(categoricalDistribution(['a', 'b'], [3, 1, 0], [1, 1, 2])).toEqual({
      categories: ['a', 'b'],
      reference: [0.75, 0.25, 0],
      current: [0.25, 0.25, 0.5],
    });
  });

  it('shows the twenty most frequent of either side', () => {
    const names = Array.from({ length: 1000 }, (_, place) => `level ${place}`);
    const reference = [...names.map((_, place) => place), 0];
    const current = [...names.map((_, place) => Number(place === 3)), 0];
    const { categories, ...shares } = categoricalDistribution(names, reference, current);
    expect(categories).toHaveLength(20);
    expect([categories[0], categories.at(-1)]).toEqual(['level 3', 'level 999']);
    expect(shares.current).toEqual([1, ...new Array<number>(20).fill(0)]);
    expect(sum(shares.reference)).toBeCloseTo(1, 12);
  });
});
