import { describe, expect, it } from 'vitest';
import { binsOf, mostDifferent } from './bins.ts';

const numeric = (current: readonly number[]) => binsOf({ edges: [0, 5, 10], reference: [0, 0.25, 0.75, 0], current });

describe('binsOf', () => {
  it('names the bins of numbers by their edges, and has those outside only where there are values', () => {
    expect(numeric([0, 0.5, 0.5, 0])).toEqual([
      { kind: 'between', from: 0, to: 5, training: 0.25, live: 0.5 },
      { kind: 'between', from: 5, to: 10, training: 0.75, live: 0.5 },
    ]);
    expect(numeric([0.1, 0.2, 0.3, 0.4]).map(({ kind, live }) => [kind, live])).toEqual([
      ['below', 0.1],
      ['between', 0.2],
      ['between', 0.3],
      ['above', 0.4],
    ]);
  });

  it('has each category, empty ones too, and others only where there are any', () => {
    const of = (others: number) =>
      binsOf({ categories: ['basic', 'premium'], reference: [1, 0, 0], current: [1 - others, 0, others] });
    expect(of(0).map(({ kind }) => kind)).toEqual(['category', 'category']);
    expect(of(0.2).at(-1)).toEqual({ kind: 'others', training: 0, live: 0.2 });
  });
});

describe('mostDifferent', () => {
  it('is the first of those furthest apart; none where there is no bin', () => {
    expect(mostDifferent(numeric([0, 0.5, 0.5, 0]))).toMatchObject({ from: 0, to: 5 });
    expect(mostDifferent(numeric([0, 0.25, 0.15, 0.6]))).toMatchObject({ kind: 'between', from: 5 });
    expect(mostDifferent([])).toBeUndefined();
  });
});
